"""What every change needs: who may make it, and the ledger's step."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.work import Work
from gantang.learning import errors
from gantang.learning.models import Course
from gantang.ledger import service as ledger
from gantang.posts import queries as posts
from gantang.territory import queries as territory

VILLAGE = 12


def home_of(actor: Actor) -> str:
    """The ground that an administering actor administers. Errors: NotRunnerError."""
    if not actor.admin:
        raise errors.NotRunnerError
    return posts.unit(actor.unit).ground if actor.unit is not None else ""


def must_run(actor: Actor, ground: str) -> None:
    """Errors: NotRunnerError for ground that is not the actor's own or below it."""
    if not ground.startswith(home_of(actor)):
        raise errors.NotRunnerError


def own_course(actor: Actor, course: int) -> Course:
    """A course of the actor's own ground, locked. Errors: NoCourseError, NotRunnerError."""
    row = Course.objects.select_for_update().filter(pk=course).first()
    if row is None:
        raise errors.NoCourseError
    must_run(actor, row.ground)
    return row


def own_village(actor: Actor, village: str, on: date) -> None:
    """Errors: EntryError for what is no village of the actor's ground, NotRunnerError."""
    home = home_of(actor)
    if len(village) != VILLAGE or not village.startswith(home) or not territory.exists(village, on):
        raise errors.wrong("village", village)


def learner(actor: Actor) -> tuple[int, int, str]:
    """The account, its post and the post's ground. Errors: NoPostError."""
    if actor.account is None or actor.post is None or actor.unit is None:
        raise errors.NoPostError
    return actor.account, actor.post, posts.post(actor.post).ground or posts.unit(actor.unit).ground


def record_course(w: Work, course: Course, what: str, data: Mapping[str, object], now: datetime) -> None:
    """A course has one stream, with its lessons and questions."""
    place = keys.city_on(course.ground), ledger.stream_of("course", course.code)
    _record(w, place, "course", (what, data), course.code, now)


def record_exam(w: Work, exam: UUID, what: str, data: Mapping[str, object], now: datetime) -> None:
    """An exam has a stream of its own."""
    if what == "begun":  # the id was minted in this act: no look for a head
        ledger.open_stream(w, city=keys.city_of(exam), stream=exam, kind="exam", now=now)
    _record(w, (keys.city_of(exam), exam), "exam", (what, data), "", now)


def record_certificate(w: Work, one: UUID, what: str, data: Mapping[str, object], now: datetime) -> None:
    """A certificate has a stream of its own."""
    if what == "issued":
        ledger.open_stream(w, city=keys.city_of(one), stream=one, kind="certificate", now=now)
    _record(w, (keys.city_of(one), one), "certificate", (what, data), "", now)


def record_village(w: Work, village: str, what: str, data: Mapping[str, object], now: datetime) -> None:
    """What a village declares has one stream."""
    place = keys.city_on(village), ledger.stream_of("literacy", village)
    _record(w, place, "literacy", (what, data), village, now)


def record_event(w: Work, event: UUID, what: str, data: Mapping[str, object], now: datetime) -> None:
    """An event has a stream of its own."""
    _record(w, (keys.city_of(event), event), "lecture", (what, data), "", now)


def record_training(w: Work, one: UUID, what: str, data: Mapping[str, object], now: datetime) -> None:
    """An entry of training has a stream of its own."""
    _record(w, (keys.city_of(one), one), "training", (what, data), "", now)


def _record(
    w: Work,
    place: tuple[int, UUID],
    kind: str,
    item: tuple[str, Mapping[str, object]],
    key: str,
    now: datetime,
) -> None:
    city, stream = place
    name, data = item
    items = [(f"{kind}.{name}", dict(data))]
    ledger.append(
        w,
        actor=w.actor,
        city=city,
        stream=stream,
        kind=kind,
        key=key,
        items=items,
        happened_at=now,
        now=now,
    )
