"""What the tests of protected tips have in common: two units that can receive, their four holders, a tip."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gantang.kit import clock
from gantang.matters.service import sealed
from gantang.matters.types import Tip, TipPage
from gantang.sample.service import BUILDER

if TYPE_CHECKING:
    from gantang.kit.actor import Actor
    from tests.world import World

FIRST, SECOND = "受理岗", "回访核验岗"
WORDS = "示例：某乡镇干部收受好处，替砂场通风报信。"
_tokens = count()


def passphrase(unit: str, side: str) -> str:
    """Each holder's own."""
    return f"示例口令 {unit} {side} 梧桐更兼细雨"


@dataclass
class Holders:
    """The two posts of a unit, their browsers' passing keys, and the box they hold."""

    world: "World"
    unit: str
    box: int = 0
    passing: dict[str, str] = field(default_factory=dict)

    def actor(self, side: str) -> "Actor":
        return self.world.actor(self.unit, FIRST if side == "first" else SECOND)

    def open(self, tip: UUID, now: datetime, reason: str = "first_reading") -> TipPage:
        """Both enter their passphrases; the first one's next look opens it."""
        first, second = self.actor("first"), self.actor("second")
        self.passing["first"] = sealed.ask(
            actor=first, tip=tip, passphrase=passphrase(self.unit, "first"), reason=reason, now=now
        )
        self.passing["second"] = sealed.join(
            actor=second, tip=tip, passphrase=passphrase(self.unit, "second"), reason=reason, now=now
        )
        return self.page("first", tip, now)

    def page(self, side: str, tip: UUID, now: datetime) -> TipPage:
        return sealed.page(actor=self.actor(side), tip=tip, passing=self.passing.get(side, ""), now=now)

    def act(self, side: str, tip: UUID, move: str, now: datetime, **answers: Any) -> None:
        version = self.page(side, tip, now).version
        sealed.act(
            actor=self.actor(side),
            tip=tip,
            move=move,
            answers=answers,
            passing=self.passing.get(side, ""),
            version=version,
            now=now,
        )

    def listed(self, side: str = "first", now: datetime | None = None) -> list[UUID]:
        return [one.tip for one in sealed.listed(actor=self.actor(side), now=now or clock.now())]


def holders(world: "World", unit: str) -> Holders:
    """Make a unit ready to receive."""
    box = sealed.designate(
        actor=BUILDER,
        unit=world.unit(unit),
        first=world.post(unit, FIRST),
        second=world.post(unit, SECOND),
        now=clock.now(),
    )
    made = Holders(world, unit, box)
    for side in ("first", "second"):
        sealed.set_passphrase(actor=made.actor(side), passphrase=passphrase(unit, side), now=clock.now())
    return made


@dataclass
class Told:
    """A tip that came in: the receipt its reporter has, and its id, which only the tests know."""

    receipt: str
    id: UUID
    now: datetime

    def later(self, **time: int) -> datetime:
        self.now += timedelta(**time)
        return self.now

    def read(self) -> Any:
        return sealed.told(receipt=self.receipt, now=self.now)


def tell(world: "World", *, now: datetime | None = None, token: str = "", **given: Any) -> Told:
    """A tip about a unit of the township, unless something else is said."""
    from gantang.matters.service.sealed import receipts

    at = now or clock.now()
    given.setdefault("accused_unit", world.unit(world.township))
    given.setdefault("place", world.township)
    receipt = sealed.receive(
        token=token or f"token-{next(_tokens)}", tip=Tip(words=given.pop("words", WORDS), **given), now=at
    )
    found = receipts.find(receipt)
    assert found is not None
    return Told(receipt, found, at)
