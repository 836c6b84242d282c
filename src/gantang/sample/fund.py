"""The county's good samaritans' fund (示例): a closed and published year, and one that runs."""

from datetime import date, datetime
from uuid import UUID

from gantang.engine import Words
from gantang.fund import queries, service
from gantang.fund.types import INDIVIDUAL, NONE, OPENING, ORGANISATION, NewEntry, PaidFor
from gantang.matters import queries as matters
from gantang.matters.types import Filters
from gantang.sample.plan import MARK
from gantang.sample.services import AWARD
from gantang.sample.story import COUNTY, Story

TITLE = Words(f"都昌县见义勇为基金{MARK}", "Duchang good samaritans' fund (sample)")
GIVER = f"示例捐赠单位{MARK}"
#: Kind, month, yuan, times, the other side. Two kinds of use have few payments: they are published together.
FORMER = (
    (OPENING, 1, 200_000, 1, NONE),
    ("income.allocation", 2, 150_000, 1, NONE),
    ("income.donation", 3, 80_000, 1, ORGANISATION),
    ("income.donation", 9, 1_500, 2, INDIVIDUAL),
    ("income.interest", 12, 2_310, 1, NONE),
    ("use.comfort", 6, 1_200, 12, NONE),
    ("use.award", 7, 10_000, 7, NONE),
    ("use.aid", 10, 6_000, 4, NONE),
)


class Keeping(Story):
    """Whoever keeps the county's books: one enters, the head approves."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.keeper, self.head = self.actor(COUNTY, "综合办理岗"), self.actor(COUNTY, "负责岗")
        self.fund = 0

    def key(self) -> str:
        return f"fund-{super().key()}"

    def waits(self, kind: str, yuan: int, on: date, party: str, paid: PaidFor | None = None) -> UUID:
        """A line that waits."""
        basis = f"示例凭证{on:%Y%m}"
        giver = GIVER if party == ORGANISATION else ""
        entry = NewEntry(kind, yuan * 100, on, basis, party, giver, paid)
        return service.enter(actor=self.keeper, fund=self.fund, entry=entry, key=self.key(), now=self.now)

    def booked(self, kind: str, yuan: int, on: date, party: str, paid: PaidFor | None = None) -> None:
        """A line that counts."""
        entry = self.waits(kind, yuan, on, party, paid)
        service.decide(actor=self.head, entry=entry, upheld=True, now=self.now)


def make(*, now: datetime) -> bool:
    """Keep the books unless the county has a fund; say whether anything was made."""
    story = Keeping(now)
    if queries.funds(story.head):
        return False
    year = now.year - 1
    story.fund = service.make_fund(
        actor=story.actor(COUNTY, "系统管理岗"),
        unit=story.head.unit or 0,
        title=TITLE,
        opened_on=date(year, 1, 1),
        key=story.key(),
        now=now,
    )
    for kind, month, yuan, times, party in FORMER:
        for _ in range(times):
            story.booked(kind, yuan, date(year, month, 1), party)
    _close(story, year)
    _run(story)
    return True


def _close(story: Keeping, year: int) -> None:
    given = {"fund": story.fund, "year": year}
    service.ask_close(actor=story.keeper, **given, now=story.now)
    service.decide_close(actor=story.head, **given, upheld=True, now=story.now)
    service.publish(actor=story.head, **given, now=story.now)


def _run(story: Keeping) -> None:
    """What came and went since: the award of the sample's own good deed, a gift that waits."""
    today = story.now.date()
    since = date(today.year, 1, 1)
    story.booked("income.allocation", 150_000, since, NONE)
    story.booked("use.award", AWARD, today, INDIVIDUAL, _deed(story))
    story.waits("income.donation", 30_000, today, ORGANISATION)


def _deed(story: Keeping) -> PaidFor | None:
    """The sample's good deed that an award was paid for, where it was told."""
    found = matters.search(story.head, words="背出老人", filters=Filters(view="all"), now=story.now).items
    return PaidFor(found[0].city, found[0].id, found[0].number) if found else None
