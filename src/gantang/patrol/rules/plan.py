"""What a roster is made for: who serves, what is needed when and where, which rules hold and what is wished.

Days are counted from the first day of the period, 0; what came before has numbers below 0. An officer is the
number of a post: no name stands in a plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

DAY = 24 * 60
SATURDAY = 5

#: What a roster can break, a need's own first. In this order it is told.
NEED_RULES = ("number", "skill", "agency", "mixed")
OFFICER_RULES = (
    "one_a_day", "rest", "run", "week", "most", "leave",
    "minutes", "least", "run_least", "off_least", "weekends",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Kind:
    """A kind of shift: minutes from midnight when it begins, and how many it lasts."""

    code: str
    begins: int
    minutes: int
    night: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """Hard rules for one officer. None: no such rule. ``rest``: minutes between two shifts; ``run``: days in
    a row; ``week``: days of any seven; ``most``: shifts in all, ``least_minutes``, ``most_minutes`` too;
    ``run_least``, ``off_least``: days on duty, or off, in a row at least (not at the period's ends);
    ``weekends``: at most so many with duty."""

    rest: int = 0
    run: int | None = None
    week: int | None = None
    most: int | None = None
    least_minutes: int | None = None
    most_minutes: int | None = None
    run_least: int = 1
    off_least: int = 1
    weekends: int | None = None


@dataclass(frozen=True, slots=True)
class Officer:
    """A post with its agency, its qualifications and the days on which it does not serve."""

    post: int
    agency: str = ""
    skills: frozenset[str] = frozenset()
    leave: frozenset[int] = frozenset()
    rules: Rules | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """How many serve on a day at a place in a kind of shift; of them at least so many of an agency, with a
    qualification, and of so many different agencies. ``under`` and ``over`` weigh each one too few or too
    many; None: the number holds."""

    day: int
    place: str
    kind: str
    number: int
    agencies: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[str, int] = field(default_factory=dict)
    mixed: int = 0
    under: int | None = None
    over: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """To serve on a day, or not to; in a kind of shift, or in any (""). Unmet it costs ``weight``."""

    post: int
    day: int
    wanted: bool
    kind: str = ""
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Weights:
    """What a weekend costs of which one day alone is served; one shift, one night of difference between who
    serves most and who serves least."""

    weekend: int = 0
    share: int = 0
    nights: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """Somebody serves on a day at a place in a kind of shift."""

    day: int
    place: str
    kind: str
    post: int


@dataclass(frozen=True)
class Plan:
    """Everything that a roster follows from."""

    first: date
    days: int
    kinds: tuple[Kind, ...]
    officers: tuple[Officer, ...]
    needs: tuple[Need, ...]
    rules: Rules = Rules()
    weights: Weights = Weights()
    wishes: tuple[Wish, ...] = ()
    before: tuple[Duty, ...] = ()

    @cached_property
    def kind(self) -> dict[str, Kind]:
        """Kinds by their code."""
        return {one.code: one for one in self.kinds}

    @cached_property
    def weekends(self) -> tuple[tuple[int, ...], ...]:
        """The days of each weekend that lie in the period: two, or one at its end."""
        saturdays = (day for day in range(-1, self.days) if (self.first.weekday() + day) % 7 == SATURDAY)
        return tuple(tuple(d for d in (day, day + 1) if 0 <= d < self.days) for day in saturdays)

    def rules_of(self, officer: Officer) -> Rules:
        """The officer's own rules, or everybody's."""
        return officer.rules or self.rules

    def date_of(self, day: int) -> date:
        """The date of a day."""
        return self.first + timedelta(days=day)

    def gap(self, one: tuple[int, str], other: tuple[int, str]) -> int:
        """Minutes from the end of a shift, a day and a kind, to the beginning of a later one."""
        (first, before), (second, after) = one, other
        ends = first * DAY + self.kind[before].begins + self.kind[before].minutes
        return second * DAY + self.kind[after].begins - ends

    def too_soon(self, one: tuple[int, str], rest: int) -> list[tuple[int, list[str]]]:
        """Later days of the period on which shifts of some kinds begin before the rest after it is over."""
        found = []
        ahead = 1
        while self.gap(one, (one[0] + ahead, self._earliest)) < rest:
            day = one[0] + ahead
            kinds = [each.code for each in self.kinds if self.gap(one, (day, each.code)) < rest]
            if 0 <= day < self.days:
                found.append((day, kinds))
            ahead += 1
        return found

    @cached_property
    def _earliest(self) -> str:
        return min(self.kinds, key=lambda one: one.begins).code


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """A rule that can be named: of a need by its day, place and kind, ``what`` being agency or qualification;
    leave by its day; every other by its name alone (``day`` -1)."""

    rule: str
    day: int = -1
    place: str = ""
    kind: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """That a rule is broken: on which day, for whom (0: a need's), and how many there are of how many."""

    rule: Rule
    day: int
    post: int = 0
    have: int = 0
    need: int = 0
