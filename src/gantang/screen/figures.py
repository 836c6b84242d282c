"""What the tallies say of a ground: as many statements at any level, however much is counted."""

from dataclasses import dataclass
from datetime import date, timedelta

from gantang.screen.measures import OPEN, Asked, Measure
from gantang.screen.sight import Seen
from gantang.tallies import queries as tallies
from gantang.tallies.types import CAMPAIGN_MEASURES, STOCK
from gantang.tallies.types import stock as stock_of

#: What flows, in the order of the wall.
FLOWS = ("in", "closed", "late", "refused", "reopened")
#: What the five functions show beside them.
ALSO = ("on_time", "accepted", "supervised", "found", "rated", "rating", "disputed")
#: Days that the lines reach back, today included.
DAYS = 28
#: What is counted by unit.
BY_UNIT = ("closed", "on_time", "late", "refused", "reopened")


@dataclass(frozen=True, slots=True)
class Days:
    """Counts by day and measure of the last 28 days, today last."""

    today: date
    by_day: dict[date, dict[str, int]]

    def line(self, measure: str, days: int = DAYS) -> list[int]:
        """A measure day by day; 0 where nothing happened."""
        return [self.on(measure, days - 1 - back) for back in range(days)]

    def on(self, measure: str, back: int = 0) -> int:
        """A measure so many days ago."""
        return self.by_day.get(self.today - timedelta(days=back), {}).get(measure, 0)

    def sum(self, measure: str, days: int, *, before: int = 0) -> int:
        """A measure over so many days, that many days ago."""
        return sum(self.on(measure, before + back) for back in range(days))


def days(seen: Seen, asked: Asked) -> Days:
    """All flows of 28 days: one statement."""
    counted = tallies.table(
        "day",
        [*FLOWS, *ALSO],
        ground=seen.ground,
        filters=seen.filters,
        since=asked.today - timedelta(days=DAYS - 1),
        until=asked.today,
        basis=asked.basis,
    )
    return Days(asked.today, counted)


def stock(seen: Seen, asked: Asked) -> int:
    """The matters open at the end of the day: one statement."""
    counted = tallies.totals(
        STOCK, ground=seen.ground, filters=seen.filters, until=asked.today, basis=asked.basis
    )
    return stock_of(counted)


def stocks(seen: Seen, asked: Asked, back: int) -> list[int]:
    """The open matters at the end of each of the last days, today last: two statements."""
    since = asked.today - timedelta(days=back - 1)
    moves = tallies.table(
        "day",
        STOCK,
        ground=seen.ground,
        filters=seen.filters,
        since=since,
        until=asked.today,
        basis=asked.basis,
    )
    line = [stock(seen, asked)]
    for step in range(back - 1):
        line.append(line[-1] - stock_of(moves.get(asked.today - timedelta(days=step), {})))
    return line[::-1]


def below(seen: Seen, asked: Asked, measure: Measure | None = None) -> dict[str, int]:
    """A measure by the grounds one level down: one statement."""
    one = measure or asked.measure
    if seen.below is None:
        return {}
    given = {"ground": seen.ground, "level": seen.below, "filters": seen.filters, "basis": asked.basis}
    if one.code == OPEN:
        counted = tallies.table("ground", STOCK, **given)  # type: ignore[arg-type]
        return {code: stock_of(each) for code, each in counted.items()}
    return tallies.by("ground", one.code, since=asked.since, until=asked.today, **given)  # type: ignore[arg-type]


def units(seen: Seen, asked: Asked) -> dict[int, dict[str, int]]:
    """Who closed, was late, refused, had reopened, in 28 days: one statement. Units, never persons."""
    counted = tallies.table(
        "unit",
        BY_UNIT,
        ground=seen.ground,
        filters=seen.filters,
        since=asked.today - timedelta(days=DAYS - 1),
        until=asked.today,
        basis=asked.basis,
    )
    return {int(unit): each for unit, each in counted.items() if unit}


def channels(seen: Seen, asked: Asked) -> int:
    """By how many ways matters came in today: one statement."""
    given = {"since": asked.today, "until": asked.today, "basis": asked.basis, "filters": seen.filters}
    return len(tallies.by("channel", "in", ground=seen.ground, **given))  # type: ignore[arg-type]


def classes(seen: Seen, asked: Asked, *, since: date, until: date, measure: str = "in") -> dict[str, int]:
    """A measure by class: one statement."""
    given = {"since": since, "until": until, "basis": asked.basis, "filters": seen.filters}
    return tallies.by("klass", measure, ground=seen.ground, **given)  # type: ignore[arg-type]


def of_class(seen: Seen, asked: Asked, klass: str, *, since: date) -> dict[date, int]:
    """What came in of a class, day by day: one statement."""
    counted = tallies.series(
        "in",
        ground=seen.ground,
        filters={"klass": klass},
        since=since,
        until=asked.today,
        basis=asked.basis,
    )
    return dict(counted)


def campaigns(seen: Seen, numbers: list[int]) -> dict[int, dict[str, int]]:
    """Each campaign's coverage on the ground: one statement."""
    if not numbers:
        return {}
    filters = seen.filters | {"campaign": tuple(numbers)}
    return tallies.table("campaign", CAMPAIGN_MEASURES, ground=seen.ground, filters=filters)
