"""Who answers, and who sees: pure.

The deeper class wins, then the deeper ground; two remits of the same depth say the same three words, a tie.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import NamedTuple

from gantang.kit.actor import Triple, apart, covers_class, is_apart, lies_apart
from gantang.posts.types import DUTIES as DUTIES
from gantang.posts.types import HELD as HELD
from gantang.posts.types import WIDE as WIDE
from gantang.posts.types import Answering, RemitChange, RemitView, Serving

#: What a unit is. ``office`` is any other body (a company, an agency); level and kind together tell a police
#: station (派出所), a justice office (司法所) or a people's tribunal (人民法庭) from what stands above it.
UNIT_KINDS = (
    "centre",
    "department",
    "committee",
    "office",
    "village",
    "police",
    "justice",
    "court",
    "procuracy",
    "mediation",
    "patrol",
    "foundation",
    "service",
)
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
        if is_apart(ground):
            return self._own(klass, ground, duty, on)
        for each in class_chain(klass):
            for place in ground_chain(ground):
                found = [r for r in self._by_words.get((duty, each, place), ()) if in_force(r, on)]
                if found:
                    return Tie(found[0], found[1]) if len(found) > 1 else found[0]
        return None

    def _own(self, klass: str, ground: str, duty: str, on: date) -> RemitView | None:
        """A unit's own remit for what lies with it: no other unit's, and none that says every class."""
        unit = int(ground[1:] or 0)
        found = [
            remit
            for remit in self.of_unit(unit, on)
            if (remit.unit, remit.duty) == (unit, duty)
            and lies_apart(remit.klass)
            and covers_class(remit.klass, klass)
        ]
        return min(found, key=lambda one: (-len(one.klass), -len(one.ground), one.id), default=None)

    def behind(self, *, klass: str, ground: str, duty: str, on: date) -> list[RemitView]:
        """All remits that reach a class on a ground on a day, the winning one first, in the order they
        win."""
        return [
            remit
            for each in class_chain(klass)
            for place in ground_chain(ground)
            for remit in self._by_words.get((duty, each, place), ())
            if in_force(remit, on)
        ]

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
            if lies_apart(remit.klass) and remit.unit == seat.unit:
                rights.add(Triple(remit.klass, apart(seat.unit), duty, seat.unit))
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
    What lies with the unit fits each of them.
    """
    seats = list(seats)
    fitting = [s for s in seats if duty in s.duties and (is_apart(ground) or ground.startswith(s.ground))]
    held = [seat for seat in fitting if seat.held] or [s for s in seats if "leader" in s.duties and s.held]
    deepest = max((len(seat.ground) for seat in held), default=0)
    chosen = [seat.id for seat in held if len(seat.ground) == deepest]
    return chosen[0] if len(chosen) == 1 else None


def is_covered(post: int, seats: Sequence[Seat]) -> bool:
    """Whether somebody can take a post's work when it is left: its holder, a colleague who holds all
    its duties on its ground, the unit's leader. A post without duties has no work."""
    mine = next((seat for seat in seats if seat.id == post), None)
    if mine is None or not mine.duties or mine.held:
        return True
    others = [seat for seat in seats if seat.held and mine.ground.startswith(seat.ground)]
    held: set[str] = set().union(*(seat.duties for seat in others))
    return mine.duties <= held or any("leader" in seat.duties for seat in seats if seat.held)


def seat_word(found: Answering, serving: Sequence[Serving], *, own: bool) -> str:
    """By which rule the work finds a post: own, shared, leader (nobody holds it), nobody. ``own``:
    whether the post that was found bears the duty itself."""
    if not serving:
        return "nobody"
    if found.post is not None:
        return "own" if own else "leader"
    return "leader" if any(one.stands_in for one in serving) else "shared"


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


def common_ground(grounds: Iterable[str]) -> str:
    """The longest ground that holds all of these; "" where none does."""
    kept = sorted(set(grounds))
    if not kept:
        return ""
    first, last = kept[0], kept[-1]
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[: max((n for n in _GROUND_LENGTHS if n <= same), default=0)]


def changes(remits: Iterable[RemitView], before: date, after: date) -> list[RemitChange]:
    """Where class × ground × duty say something else on one day than on another, in the order of the
    ground."""
    held: dict[tuple[str, str, str], list[RemitView | None]] = {}
    for remit in remits:
        for place, on in enumerate((before, after)):
            if in_force(remit, on):
                held.setdefault((remit.ground, remit.klass, remit.duty), [None, None])[place] = remit
    return [
        RemitChange(klass, ground, duty, first, second)
        for (ground, klass, duty), (first, second) in sorted(held.items())
        if said(first) != said(second)
    ]


def said(remit: RemitView | None) -> tuple[object, ...] | None:
    """What a remit says, without number and dates."""
    if remit is None:
        return None
    return (remit.unit, remit.cooperating, remit.leader, remit.basis)
