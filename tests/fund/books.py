"""The county's fund (示例): a handler enters, the leader approves, the verifier is a third person."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gantang.engine import Words
from gantang.fund import queries, service
from gantang.fund.types import EntryView, FundView, NewEntry, Which, YearView
from gantang.kit.actor import Actor
from gantang.kit.clock import ZONE

if TYPE_CHECKING:
    from tests.world import World

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=ZONE)
FIRST, TODAY = date(2025, 1, 1), NOW.date()
TITLE = Words("都昌县见义勇为基金（示例）", "Duchang fund (sample)")


@dataclass
class Books:
    """A fund, and acts in it, each under a key of its own."""

    fund: int
    enters: Actor
    approves: Actor
    third: Actor
    _keys: "count[int]" = field(default_factory=count)

    def enter(self, kind: str, fen: int, on: date = FIRST, *, by: Actor | None = None, **more: Any) -> UUID:
        """A line that waits."""
        entry = NewEntry(kind, fen, on, "示例凭证", **more)
        key = f"entry-{next(self._keys)}"
        return service.enter(actor=by or self.enters, fund=self.fund, entry=entry, key=key, now=NOW)

    def decide(self, entry: UUID, upheld: bool = True, *, by: Actor | None = None) -> None:
        service.decide(actor=by or self.approves, entry=entry, upheld=upheld, now=NOW)

    def book(self, kind: str, fen: int, on: date = FIRST, **more: Any) -> UUID:
        """A line that counts."""
        entry = self.enter(kind, fen, on, **more)
        self.decide(entry)
        return entry

    def reverse(self, entry: UUID, on: date = TODAY, *, by: Actor | None = None) -> UUID:
        """The line that takes one back; it waits."""
        key = f"reversal-{next(self._keys)}"
        return service.reverse(
            actor=by or self.enters, entry=entry, on=on, basis="示例更正", key=key, now=NOW
        )

    def close(self, year: int) -> None:
        service.ask_close(actor=self.enters, fund=self.fund, year=year, now=NOW)
        service.decide_close(actor=self.approves, fund=self.fund, year=year, upheld=True, now=NOW)

    def publish(self, year: int) -> None:
        service.publish(actor=self.approves, fund=self.fund, year=year, now=NOW)

    @property
    def view(self) -> FundView:
        return queries.fund(self.enters, self.fund)

    def lines(self, **which: Any) -> list[EntryView]:
        return list(queries.every(self.enters, self.fund, Which(**which)))

    def year(self, year: int) -> YearView:
        return next(one for one in queries.years(self.enters, self.fund, now=NOW) if one.year == year)


def open_books(world: "World", unit: str = "360428") -> Books:
    """The county's fund from 2025 on, with nothing in it."""
    fund = service.make_fund(
        actor=world.cast.admin,
        unit=world.unit(unit),
        title=TITLE,
        opened_on=FIRST,
        key=f"fund-{unit}",
        now=NOW,
    )
    return Books(fund, world.cast.county_handler, world.cast.county_leader, world.cast.verifier)
