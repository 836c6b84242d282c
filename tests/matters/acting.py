"""What the tests of this room have in common: reporting a matter and making moves, each under a key of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from PIL import Image

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters import queries, service
from gantang.matters.models import Matter
from gantang.matters.service.wake import CLOCK
from gantang.matters.types import Acted, MatterView, Receipt, Report

_keys = count()
#: Of this process: programs that plant beside one site use its keys after each other.
_RUN = uuid4().hex[:8]
CLASS = "facility.lighting"


def fresh() -> str:
    """A key nobody used."""
    return f"test-{_RUN}-{next(_keys)}"


def report(ground: str, words: str = "村口路灯不亮有一个星期了。", **given: Any) -> Report:
    """A report by the reporter, without a name unless one is given."""
    given.setdefault("anonymous", given.get("reporter") is None)
    return Report(words=words, channel=given.pop("channel", "portal"), ground=ground, **given)


def told(
    ground: str, words: str = "村口路灯不亮有一个星期了。", *, now: datetime | None = None, **given: Any
) -> Receipt:
    """A matter reported at the portal."""
    key = fresh()
    made = report(ground, words, **given)
    return service.intake(actor=Actor(client=f"form:{key}"), report=made, key=key, now=now or clock.now())


@dataclass
class Course:
    """One matter on its way, and the time that passes on it: a minute with each move."""

    receipt: Receipt
    now: datetime = field(default_factory=clock.now)

    @property
    def id(self) -> UUID:
        return self.receipt.matter

    def by(self, actor: Actor, move: str, **answers: Any) -> Acted:
        """Make a move."""
        self.now += timedelta(minutes=1)
        return service.act(actor=actor, matter=self.id, move=move, answers=answers, key=fresh(), now=self.now)

    def by_reporter(self, move: str, **answers: Any) -> Acted:
        """Make a move with the access code."""
        actor, _matter = service.open_by_code(self.receipt.access_code or "")
        return self.by(actor, move, **answers)

    def seen_by(self, actor: Actor) -> MatterView:
        return queries.get(actor, self.id, now=self.now)


def codes_of(details: Mapping[str, Any]) -> list[str]:
    """The codes of the reasons of a refusal."""
    return [one["code"] for one in details["reasons"]]


def row_of(matter: UUID) -> Matter:
    """The row as it stands."""
    with reading(CLOCK, ids=[matter]):
        return Matter.objects.get(id=matter)


def image(shade: int = 200) -> bytes:
    """A small picture."""
    buffer = BytesIO()
    Image.new("RGB", (8, 8), (shade, 30, 30)).save(buffer, "JPEG")
    return buffer.getvalue()
