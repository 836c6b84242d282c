"""A centre in the directory (示例), what it offers with some times to book, and one notice."""

from datetime import datetime

from gantang.catalogue import service as catalogue
from gantang.engine import Words
from gantang.kit.actor import Actor
from gantang.posts import queries as posts
from gantang.reception import queries, service
from gantang.reception.types import NewListing, NewNotice, NewOffer, ServiceView
from gantang.sample.plan import MARK
from gantang.sample.story import Story

COUNTY = "360428"
WORK = (("09:00", "12:00"), ("13:30", "17:30"))
SERVICES = (
    ServiceView(
        "advice",
        Words("法律咨询", "Legal advice"),
        Words("身份证\n合同、借条等材料", "ID card\nContracts, notes"),
    ),
    ServiceView(
        "wages",
        Words("欠薪投诉", "Unpaid wages"),
        Words("身份证\n考勤、工资记录", "ID card\nAttendance and wage records"),
        1,
    ),
    ServiceView("ask", Words("问事指路", "Questions"), Words("", ""), 2),
)
#: Minutes, places at a time; none takes no booking.
OFFERS = (NewOffer("advice", 30, 2), NewOffer("wages", 45, 1), NewOffer("ask", 15, 0))
NOTICE = NewNotice(
    f"老街路灯改造方案征求意见{MARK}",
    "示例：拟把老街二十盏路灯换成节能灯，晚上十一点以后减半亮。您觉得哪里该亮一些，哪里可以暗一些？",
    "30 days",
)


def make(*, builder: Actor, now: datetime) -> bool:
    """Enter them unless a centre of the county is in the directory; say whether anything was made."""
    if queries.listings(COUNTY, hidden=True):
        return False
    centre = next(one for one in posts.units(COUNTY, on=now.date(), kind="centre") if one.ground == COUNTY)
    for one in SERVICES:
        service.set_service(actor=builder, service=one, now=now)
    entry = NewListing(f"示例路1号一楼大厅{MARK}", "", dict.fromkeys(range(5), WORK))
    service.set_listing(actor=builder, centre=centre.id, listing=entry, now=now)
    for offer in OFFERS:
        service.set_offer(actor=builder, centre=centre.id, offer=offer, now=now)
    licence = f"注明出处，可以免费使用{MARK}"
    catalogue.set_slot(
        actor=builder, code="figures.licence", value=licence, source=MARK, valid_from=now.date(), now=now
    )
    service.publish_notice(actor=Story(now).actor(COUNTY, "系统管理岗"), notice=NOTICE, now=now)
    return True
