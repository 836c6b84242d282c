"""The table of an edition: counted from the tallies, covered; nothing is written or locked meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gantang.catalogue import queries as catalogue
from gantang.reception import errors
from gantang.reception.models import Edition
from gantang.reception.rules import figures as rules
from gantang.reception.rules.suppress import Cell, Cube, covered
from gantang.tallies import queries as tallies
from gantang.territory import queries as territory

_MEASURES = ("in", "closed", "on_time")
#: Hears how many of the parts (``steps``) are counted and covered.
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Draft:
    """A table as it would be published after the editions ``before``, the newest last."""

    ground: str
    since: date
    until: date
    before: tuple[int, ...]
    table: Mapping[str, Any]


def steps(since: date, until: date) -> int:
    """How many parts there are to tell of: the months that are counted, then the tables that are covered."""
    return len(rules.months(since, until)) + len(rules.CUBES)


def draft(ground: str, since: date, until: date, tell: Tell = lambda _done: None) -> Draft:
    """The table, counted and covered; nothing is written. Errors: PeriodError, LinkedError."""
    before = editions_before(ground, since, until)
    names = dict(before[-1].names) if before else _names(ground, since, until)
    months = len(rules.months(since, until))
    cubes = _counted(ground, since, until, names, tell)
    left: dict[str, list[str]] = {}
    for name, cube in cubes.items():
        earlier = [_earlier(one, name) for one in before]
        left[name] = rules.spelt(covered(cube, rules.K, earlier).hidden)
        tell(months + len(left))
    kept = {name: rules.kept(cube) for name, cube in cubes.items()}
    table = {"names": names, "kept": kept, "left_out": left}
    return Draft(ground, since, until, tuple(one.pk for one in before), table)


def editions_before(ground: str, since: date, until: date) -> list[Edition]:
    """The earlier editions of just this table. Errors: PeriodError, LinkedError."""
    overlapping = list(Edition.objects.filter(since__lte=until, until__gte=since).order_by("pk"))
    linked = [one for one in overlapping if one.ground.startswith(ground) or ground.startswith(one.ground)]
    if any(one.ground != ground for one in linked):
        raise errors.LinkedError
    if any((one.since, one.until) != (since, until) for one in linked):
        raise errors.PeriodError
    return linked


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
    ground: str,
    since: date,
    until: date,
    names: Mapping[str, Mapping[str, object]],
    tell: Tell,
) -> dict[str, Cube]:
    below = [code for code in names["grounds"] if code != ground]
    classes = list(names["classes"])
    numbers: dict[Cell, tuple[int, int, int]] = {}
    for done, month in enumerate(rules.months(since, until), start=1):
        rest = _month(ground, month, classes)
        for code in below:
            for klass, found in _month(code, month, classes).items():
                numbers[code, klass, rules.code_of(month)] = found
                was = rest.get(klass, (0, 0, 0))
                rest[klass] = tuple(a - b for a, b in zip(was, found, strict=True))  # type: ignore[assignment]
        for klass, found in rest.items():
            left = tuple(max(0, n) for n in found)
            numbers[rules.REST, klass, rules.code_of(month)] = left  # type: ignore[assignment]
        tell(done)
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
