"""What is missing in the staffing of a ground. Pure: everything is given.

Patterns: 1+N is a worker and volunteers for each grid, 1+N+N a grid head, workers and volunteers; how
many stands in the slots (``Needs``). One village one officer (一村一警); judicial offices without or with one
person (无人所、一人所).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gantang.posts.types import FUNCTIONS, TASKS, Needs, Staffed, StaffFinding

KINDS = (
    "vacant",
    "no_function",
    "grid_short",
    "grid_tasks",
    "training",
    "no_police",
    "no_justice",
    "justice_none",
    "justice_one",
)
#: The role in a grid, and what of ``Needs`` says how many.
_PATTERN = (("grid_head", "heads"), ("grid_worker", "workers"), ("volunteer", "volunteers"))
#: Hours are owed by whoever works in a grid.
_TRAINED = ("grid_head", "grid_worker")


@dataclass(frozen=True)
class Picture:
    """A ground on a day: its grids, villages and townships; centres with the functions that are filled;
    posts, and the hours of training of those who hold them."""

    on: date
    grids: Sequence[str]
    villages: Sequence[str]
    townships: Sequence[str]
    centres: Mapping[int, str]
    filled: Mapping[int, Collection[str]]
    posts: Sequence[Staffed]
    hours: Mapping[int, int] = field(default_factory=dict)
    needs: Needs = field(default_factory=Needs)


def check(picture: Picture) -> list[StaffFinding]:
    """Everything that is missing, kind by kind, in the order of the ground."""
    found = [
        *_vacant(picture),
        *_functions(picture),
        *_grids(picture),
        *_training(picture),
        *_police(picture),
        *_justice(picture),
    ]
    order = {kind: place for place, kind in enumerate(KINDS)}
    return sorted(found, key=lambda one: (order[one.kind], one.ground, one.post or 0, one.detail))


def _vacant(picture: Picture) -> Iterator[StaffFinding]:
    """``have`` is for how many days."""
    for one in picture.posts:
        if not one.held:
            days = (picture.on - one.since).days
            yield StaffFinding(
                "vacant", one.area, one.unit, one.post, have=days, detail="acting" if one.acting else ""
            )


def _functions(picture: Picture) -> Iterator[StaffFinding]:
    for unit, ground in picture.centres.items():
        for function in FUNCTIONS:
            if function not in picture.filled.get(unit, ()):
                yield StaffFinding("no_function", ground, unit, need=1, detail=function)


def _grids(picture: Picture) -> Iterator[StaffFinding]:
    """Who works in a grid: posts that lie on just that grid, held by somebody, acting or not."""
    working: dict[str, list[Staffed]] = defaultdict(list)
    for one in picture.posts:
        if one.role and len(one.area) == 15 and (one.held or one.acting):
            working[one.area].append(one)
    for grid in picture.grids:
        yield from _pattern(grid, working[grid], picture.needs)
        missing = [task for task in TASKS if not any(task in one.tasks for one in working[grid])]
        if missing and working[grid]:
            have = len(TASKS) - len(missing)
            yield StaffFinding("grid_tasks", grid, have=have, need=len(TASKS), detail=",".join(missing))


def _pattern(grid: str, working: Iterable[Staffed], needs: Needs) -> Iterator[StaffFinding]:
    for role, name in _PATTERN:
        have = sum(one.role == role for one in working)
        need: int = getattr(needs, name)
        if have < need:
            yield StaffFinding("grid_short", grid, have=have, need=need, detail=role)


def counted_from(posts: Iterable[Staffed], on: date) -> dict[int, date]:
    """From which day on the hours of whoever has training to do count: this year's; of the year before the
    post, too, for those whose first year it is."""
    since: dict[int, date] = {}
    for one in posts:
        if one.role in _TRAINED and one.account is not None:
            first = date(on.year - _is_new(one, on), 1, 1)
            since[one.account] = min(first, since.get(one.account, first))
    return since


def _training(picture: Picture) -> Iterator[StaffFinding]:
    """The hours before a post in its first year, the yearly ones after it."""
    for one in picture.posts:
        if one.role in _TRAINED and one.account is not None:
            need = picture.needs.hours_before if _is_new(one, picture.on) else picture.needs.hours_year
            done = picture.hours.get(one.account, 0)
            if done < need:
                yield StaffFinding("training", one.area, one.unit, one.post, done, need)


def _is_new(one: Staffed, on: date) -> bool:
    return one.since.year == on.year


def _police(picture: Picture) -> Iterator[StaffFinding]:
    served = {one.area[:12] for one in picture.posts if one.role == "village_police" and one.held}
    for village in picture.villages:
        if village not in served:
            yield StaffFinding("no_police", village, need=1)


def _justice(picture: Picture) -> Iterator[StaffFinding]:
    """Offices of townships, each by how many of its posts are held."""
    offices: dict[str, dict[int, int]] = defaultdict(dict)
    for one in picture.posts:
        if one.kind == "justice" and one.level == 4:
            township = offices[one.area[:9]]
            township[one.unit] = township.get(one.unit, 0) + one.held
    for ground in picture.townships:
        if not offices[ground]:
            yield StaffFinding("no_justice", ground, need=1)
        for unit, people in offices[ground].items():
            if people < 2:
                yield StaffFinding(
                    "justice_one" if people else "justice_none", ground, unit, have=people, need=2
                )
