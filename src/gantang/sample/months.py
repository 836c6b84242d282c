"""Two months that are over (示例): requests told, answered, confirmed, and the figures published of them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from gantang.reception import service
from gantang.sample.plan import MARK
from gantang.sample.requests import ROAD, Requests
from gantang.sample.services import ADVICE
from gantang.sample.story import COUNTY

CRACK, LEASE = f"村道路面裂开一道缝{MARK}。", f"租房押金不退，该找谁{MARK}？"
#: How many of each were told in the month before the last one, and in the last one: nothing is below ten, so
#: nothing has to be left out.
ROADS, QUESTIONS = (16, 12), (11, 13)
HOUR = 10


class Months(Requests):
    """The same posts, at moments of their own."""

    def key(self) -> str:
        return f"months-{super().key()}"

    def mended(self) -> None:
        """Told, taken on, mended, confirmed."""
        matter, reporter = self.told(CRACK, ROAD)
        self.act(self.desk, matter, "accept", track="ordinary", **{"class": ROAD})
        self.act(self.bureau, matter, "take_on")
        self.act(self.bureau, matter, "answer", result="resolved", reply="裂缝已经灌好，可以走了。")
        self.act(reporter, matter, "confirm", rating=5)

    def advised(self) -> None:
        """Asked, assigned, advised, understood."""
        matter, reporter = self.told(LEASE, ADVICE)
        self._advise(matter)
        self.act(reporter, matter, "confirm", rating=4)

    def _advise(self, matter: UUID) -> None:
        given = {"field": "contract", "assigned_by": "in_turn", "unit": self.handler.unit}
        self.act(self.desk, matter, "accept")
        self.act(self.panel, matter, "assign", **given)
        self.act(self.handler, matter, "take_on", no_conflict="none_known", depth="ordinary")
        reply = "先看合同上押金怎么写，带上收据找房东谈；谈不成，可以到镇里调解。"
        ways = ["mediation", "arbitration", "legal_aid_office"]
        self.act(self.handler, matter, "answer", result="advised", reply=reply, ways_told=ways)


def make(*, now: datetime) -> bool:
    """Make them unless they are there already; say whether anything was made."""
    story = Months(now)
    if story.has("路面裂开一道缝"):
        return False
    since, until = _over(now.date())
    for nth, month in enumerate((since, until)):
        for story.now in _moments(month, ROADS[nth], now):
            story.mended()
        for story.now in _moments(month, QUESTIONS[nth], now):
            story.advised()
    head = story.actor(COUNTY, "系统管理岗")
    service.publish(actor=head, since=since, until=until, now=now)
    return True


def _over(today: date) -> tuple[date, date]:
    """The first days of the last two months that are over."""
    last = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    return (last - timedelta(days=1)).replace(day=1), last


def _moments(month: date, most: int, now: datetime) -> Iterator[datetime]:
    """Mornings of the month, one a day."""
    for day in range(1, most + 1):
        yield now.replace(year=month.year, month=month.month, day=day, hour=HOUR)
