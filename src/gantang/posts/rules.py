"""Who answers, and who sees: pure.

The deeper class wins, then the deeper ground; two remits of the same depth say the same three words, a tie.
"""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from datetime import date
from typing import NamedTuple

from gantang.kit.actor import Triple
from gantang.posts.types import DUTIES as DUTIES
from gantang.posts.types import HELD as HELD
from gantang.posts.types import WIDE as WIDE
from gantang.posts.types import RemitView

UNIT_KINDS = ("centre", "department", "committee", "office", "village")
WAYS = ("resident", "rotating", "on_call")
_GROUND_LENGTHS = (15, 12, 9, 6, 4, 2)


class Tie(NamedTuple):
    """Two remits that say the same of the same, so that neither wins."""

    first: RemitView
    second: RemitView


@dataclass(frozen=True, slots=True)
class Seat:
    """A post as the rules see it; ``held`` says whether anybody holds it on the day asked about."""

    id: int
    unit: int
    duties: frozenset[str]
    ground: str
    held: bool


class Remits:
    """All remits, past and to come, found by what they say."""

    def __init__(self, remits: Iterable[RemitView]) -> None:
        self._by_words: dict[tuple[str, str, str], list[RemitView]] = {}
        self._by_unit: dict[int, list[RemitView]] = {}
        self._by_leader: dict[int, list[RemitView]] = {}
        for remit in sorted(remits, key=lambda remit: remit.id):
            self._by_words.setdefault((remit.duty, remit.klass, remit.ground), []).append(remit)
            for unit in {remit.unit, *remit.cooperating}:
                self._by_unit.setdefault(unit, []).append(remit)
            if remit.leader is not None:
                self._by_leader.setdefault(remit.leader, []).append(remit)

    def __iter__(self) -> Iterator[RemitView]:
        return (remit for remits in self._by_words.values() for remit in remits)

    def resolve(self, *, klass: str, ground: str, duty: str, on: date) -> RemitView | Tie | None:
        """The remit that holds for a class, a ground and a duty on a day; a ``Tie`` of two; or None."""
        for each in class_chain(klass):
            for place in ground_chain(ground):
                found = [r for r in self._by_words.get((duty, each, place), ()) if in_force(r, on)]
                if found:
                    return Tie(found[0], found[1]) if len(found) > 1 else found[0]
        return None

    def of_unit(self, unit: int, on: date) -> list[RemitView]:
        return [remit for remit in self._by_unit.get(unit, ()) if in_force(remit, on)]

    def led_by(self, post: int, on: date) -> list[RemitView]:
        return [remit for remit in self._by_leader.get(post, ()) if in_force(remit, on)]


def resolve(
    remits: Iterable[RemitView], *, klass: str, ground: str, duty: str, on: date
) -> RemitView | Tie | None:
    """As ``Remits.resolve``, for a handful of remits."""
    return Remits(remits).resolve(klass=klass, ground=ground, duty=duty, on=on)


def sight(seat: Seat, remits: Remits, *, duties: frozenset[str], on: date) -> tuple[Triple, ...]:
    """What a post sees: the union of its unit's remits for ``duties``, never a product of their parts.

    A lead unit holds the remit's own duty, a cooperating unit only ``cooperator``; a leader also sees what
    names the post as responsible.
    """
    rights: set[Triple] = set()
    for remit in remits.of_unit(seat.unit, on):
        duty = remit.duty if remit.unit == seat.unit else "cooperator"
        ground = narrowed(remit.ground, seat.ground)
        if duty in duties and ground is not None:
            rights.add(Triple(remit.klass, ground, duty, seat.unit))
    if "leader" in duties:
        rights |= {Triple(r.klass, r.ground, "leader", seat.unit) for r in remits.led_by(seat.id, on)}
    return tuple(
        sorted((r for r in rights if not any(o != r and contains(o, r) for o in rights)), key=astuple)
    )


def contains(wide: Triple, narrow: Triple) -> bool:
    """Whether one line of sight makes the other superfluous."""
    same = (wide.duty, wide.unit) == (narrow.duty, narrow.unit)
    return same and wide.covers(narrow.klass, narrow.ground)


def duties_in_effect(seat: Seat, unit_seats: Iterable[Seat]) -> frozenset[str]:
    """A post's duties; a leader's also those of the unit's posts that nobody holds, acting or not."""
    if "leader" not in seat.duties:
        return seat.duties
    vacant = [other for other in unit_seats if not other.held and other.unit == seat.unit]
    return seat.duties.union(*(other.duties for other in vacant))


def seat_for(seats: Iterable[Seat], *, duty: str, ground: str) -> int | None:
    """The one post of a unit that takes work of a duty on a ground, or None when several share it.

    Posts with the deepest fitting ground come first; when nobody holds any of them, the unit's leader does.
    """
    seats = list(seats)
    fitting = [seat for seat in seats if duty in seat.duties and ground.startswith(seat.ground)]
    held = [seat for seat in fitting if seat.held] or [s for s in seats if "leader" in s.duties and s.held]
    deepest = max((len(seat.ground) for seat in held), default=0)
    chosen = [seat.id for seat in held if len(seat.ground) == deepest]
    return chosen[0] if len(chosen) == 1 else None


def narrowed(remit_ground: str, post_ground: str) -> str | None:
    """The common part of both grounds, the deeper of two nested ones; None when they do not meet."""
    if post_ground.startswith(remit_ground):
        return post_ground
    return remit_ground if remit_ground.startswith(post_ground) else None


def class_chain(klass: str) -> Iterator[str]:
    """``facility.lighting`` → ``facility.lighting``, ``facility``, ``*``."""
    while klass and klass != "*":
        yield klass
        klass = klass.rpartition(".")[0]
    yield "*"


def ground_chain(ground: str) -> Iterator[str]:
    """The ground and everything above it, deepest first."""
    return (ground[:length] for length in _GROUND_LENGTHS if length <= len(ground))


def in_force(remit: RemitView, on: date) -> bool:
    return remit.valid_from <= on and (remit.valid_to is None or on < remit.valid_to)


def overlap(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """Whether two spans of days, each with its end excluded and None for open, have a day in common."""
    return (second[1] is None or first[0] < second[1]) and (first[1] is None or second[0] < first[1])
