"""Open matters of a neighbourhood that a new report may be about: gists of public classes, for anybody."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from gantang.kit import keys, scope
from gantang.kit.actor import Actor, Triple
from gantang.kit.work import reading
from gantang.matters.models import Matter, Party
from gantang.matters.rules import near as rules
from gantang.matters.rules.sight import FOLLOWER
from gantang.matters.types import Near

#: A village, a community: as far as one sees.
NEIGHBOURHOOD = 12
NEWEST, MOST = 60, 3
AGE = timedelta(days=120)


def near(*, ground: str, words: str, now: datetime) -> list[Near]:
    """At most three, the likest first; none where the ground is wider than a village."""
    village = ground[:NEIGHBOURHOOD]
    if len(village) < NEIGHBOURHOOD or not words.strip():
        return []
    with reading(_passer_by(village)):
        rows = {str(one.id): one for one in _rows(village, now)}
        likest = rules.best(words, ((id_, row.gist) for id_, row in rows.items()), most=MOST)
        followers = _followers([rows[one].id for one in likest])
    return [_view(rows[one], followers) for one in likest]


def offered(matter: UUID) -> Q:
    """What makes a matter one that may be offered, but for its class."""
    return Q(id=matter, city=keys.city_of(matter), status__in=rules.STATUSES, ended_at=None)


def _passer_by(village: str) -> Actor:
    """Whoever walks through: sight of one village for the length of this query."""
    return Actor(client="near", sight=(Triple("*", village, "reporter", 0),))


def _rows(village: str, now: datetime) -> list[Matter]:
    low, high = scope.bounds(village)
    rows = Matter.objects.filter(scope__gte=low, scope__lt=high, status__in=rules.STATUSES, ended_at=None)
    rows = rows.filter(opened_at__gt=now - AGE, erased_at=None, facility=None, campaign=None)
    classes = Q()
    for one in rules.OPEN:
        classes |= Q(class_code=one) | Q(class_code__gte=f"{one}.", class_code__lt=f"{one}/")
    wanted = ("city", "id", "gist", "status", "opened_at")
    return list(rows.filter(classes).only(*wanted).order_by("-id")[:NEWEST])


def _followers(ids: list[UUID]) -> dict[UUID, int]:
    scope.name(ids)
    rows = Party.objects.filter(matter_id__in=ids, role=FOLLOWER).values("matter_id")
    return {row["matter_id"]: row["n"] for row in rows.annotate(n=Count("no"))} if ids else {}


def _view(row: Matter, followers: dict[UUID, int]) -> Near:
    return Near(row.id, rules.shortened(row.gist), row.status, row.opened_at, followers.get(row.id, 0))
