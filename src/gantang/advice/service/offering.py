"""What was suggested is kept when a person decides with it before their eyes; what they decided comes by the
outbox."""

from datetime import datetime
from uuid import UUID

from gantang.advice.models import Suggestion
from gantang.advice.queries import suggest
from gantang.kit import crypto, keys
from gantang.kit.actor import Actor
from gantang.kit.work import work
from gantang.matters.types import MatterView


def keep(*, actor: Actor, matter: MatterView, model: int, now: datetime) -> UUID | None:
    """The id of what ``model`` suggests for a matter as it stands, kept; None where that model is no longer
    the one in use, or says nothing. Asked again for the same version it gives the same id."""
    found = suggest(matter)
    if found is None or found.model != model:
        return None
    offered = [[one.code, round(1000 * one.confidence)] for one in found.likely]
    with work(actor, ids=[matter.id]):
        kept, _new = Suggestion.objects.get_or_create(
            city=matter.city,
            matter_id=matter.id,
            version=matter.version,
            defaults={
                "id": keys.mint(matter.city, now),
                "model": found.model,
                "offered": offered,
                "because": [list(span) for span in found.spans],
                "gist": crypto.mac("gist", matter.gist.encode()),
                "made_at": now,
            },
        )
    return kept.id


def learn(*, matter: UUID, suggestion: UUID, decided: str, now: datetime) -> None:
    """Write down which class was decided with a suggestion at hand."""
    with work(_NEWS, ids=[matter]):
        rows = Suggestion.objects.filter(city=keys.city_of(matter), id=suggestion, matter_id=matter)
        rows.update(decided=decided, decided_at=now)


_NEWS = Actor(client="advice")
