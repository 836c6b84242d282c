"""Publishing an edition of figures: counted from the tallies, covered, frozen."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import connection

from gantang.catalogue import queries as catalogue
from gantang.kit.actor import Actor
from gantang.kit.work import Work, work
from gantang.ledger import service as ledger
from gantang.posts import queries as posts
from gantang.reception import errors
from gantang.reception.models import Edition
from gantang.reception.rules import figures as rules
from gantang.reception.rules.suppress import Cell, Cube, covered
from gantang.reception.service.common import city_of, must_administer, record_figures
from gantang.tallies import queries as tallies
from gantang.territory import queries as territory

_MEASURES = ("in", "closed", "on_time")
#: One edition after another, whoever publishes: two at once could not be checked against each other.
_ONE = "SELECT pg_advisory_xact_lock(hashtext('reception.figures'))"


def publish(*, actor: Actor, since: date, until: date, now: datetime) -> int:
    """Publish the figures of the actor's own ground for whole months that are over; the edition's id. The
    same months again are a correction, checked together with every edition before it.

    Errors: NotAdminError; PeriodError for months that are not whole, not over, too many, or cut an earlier
    edition; LinkedError where a wider or deeper ground has published some of them.
    """
    must_administer(actor)
    ground = _ground(actor)
    if not _fits(since, until, now):
        raise errors.PeriodError
    with work(actor) as w:
        with connection.cursor() as cursor:
            cursor.execute(_ONE)
        before = _before(ground, since, until)
        row = _made(ground, since, until, before, now)
        w.add(row)
        w.flush()
        _record(w, row, now)
    return int(row.pk)


def _ground(actor: Actor) -> str:
    if actor.unit is None:
        raise errors.NotAdminError
    return posts.unit(actor.unit).ground


def _fits(since: date, until: date, now: datetime) -> bool:
    """Whole months, one to twelve, all of them over."""
    whole = since.day == 1 and until.day == 1 and since <= until
    return (
        whole and len(rules.months(since, until)) <= rules.MOST_MONTHS and rules.last_of(until) < now.date()
    )


def _before(ground: str, since: date, until: date) -> list[Edition]:
    """The earlier editions of just this table. Errors: PeriodError, LinkedError."""
    overlapping = list(Edition.objects.filter(since__lte=until, until__gte=since).order_by("pk"))
    linked = [one for one in overlapping if one.ground.startswith(ground) or ground.startswith(one.ground)]
    if any(one.ground != ground for one in linked):
        raise errors.LinkedError
    if any((one.since, one.until) != (since, until) for one in linked):
        raise errors.PeriodError
    return linked


def _made(ground: str, since: date, until: date, before: list[Edition], now: datetime) -> Edition:
    names = dict(before[-1].names) if before else _names(ground, since, until)
    cubes = _counted(ground, since, until, names)
    left = {
        name: covered(cube, rules.K, [_earlier(one, name) for one in before]).hidden
        for name, cube in cubes.items()
    }
    return Edition(
        ground=ground,
        since=since,
        until=until,
        number=len(before) + 1,
        names=names,
        kept={name: rules.kept(cube) for name, cube in cubes.items()},
        left_out={name: rules.spelt(cells) for name, cells in left.items()},
        made_at=now,
    )


def _earlier(one: Edition, name: str) -> tuple[Cube, frozenset[Cell]]:
    return rules.read(one.kept[name]), rules.unspelt(one.left_out[name])


def _names(ground: str, since: date, until: date) -> dict[str, dict[str, list[str]]]:
    """What the grounds and classes of the table are called, frozen with it: a correction has the same."""
    below = {one.prefix: one.name for one in territory.children(ground, on=since)}
    classes = {one.code: [one.title.zh, one.title.en] for one in catalogue.classes() if not one.parent}
    own = " ".join(territory.path(ground)[-1:]) or ground
    return {
        "grounds": {ground: [own, own], **{code: [name, name] for code, name in below.items()}},
        "classes": classes,
    }


def _counted(
    ground: str, since: date, until: date, names: Mapping[str, Mapping[str, object]]
) -> dict[str, Cube]:
    below = [code for code in names["grounds"] if code != ground]
    classes = list(names["classes"])
    numbers: dict[Cell, tuple[int, int, int]] = {}
    for month in rules.months(since, until):
        rest = _month(ground, month, classes)
        for code in below:
            for klass, found in _month(code, month, classes).items():
                numbers[code, klass, rules.code_of(month)] = found
                was = rest.get(klass, (0, 0, 0))
                rest[klass] = tuple(a - b for a, b in zip(was, found, strict=True))  # type: ignore[assignment]
        for klass, found in rest.items():
            left = tuple(max(0, n) for n in found)
            numbers[rules.REST, klass, rules.code_of(month)] = left  # type: ignore[assignment]
    return rules.cubes(rules.trees(ground, below, classes, since, until), numbers)


def _month(ground: str, month: date, classes: list[str]) -> dict[str, tuple[int, int, int]]:
    """Received, closed and on time of a ground in a month, by the class at the top."""
    read = tallies.table(
        "klass", _MEASURES, ground=ground, since=month, until=rules.last_of(month), basis="then"
    )
    found: dict[str, tuple[int, int, int]] = {}
    for klass, counts in read.items():
        head = rules.top(klass, classes)
        a, b, c = found.get(head, (0, 0, 0))
        found[head] = (a + counts["in"], b + counts["closed"], c + counts["on_time"])
    return found


def _record(w: Work, row: Edition, now: datetime) -> None:
    data = {
        "since": rules.code_of(row.since),
        "until": rules.code_of(row.until),
        "edition": row.number,
        "left_out": sum(len(cells) for cells in row.left_out.values()),
    }
    record_figures(
        w, (city_of(row.ground), ledger.stream_of("figures", row.ground), row.ground), "published", data, now
    )
