"""A centre that takes appointments, beside the journeys' site; prints the centre's number."""

import json

import django

django.setup()

from datetime import timedelta  # noqa: E402

from gantang.engine import Words  # noqa: E402
from gantang.kit import clock  # noqa: E402
from gantang.reception import service  # noqa: E402
from gantang.reception.types import NewListing, NewOffer, ServiceView  # noqa: E402
from tests.world import World  # noqa: E402

HOURS = (("09:00", "12:00"), ("13:30", "17:30"))
OFFERED = (
    (
        "advice",
        "法律咨询",
        "Legal advice",
        "身份证\n合同、借条等材料",
        "ID card\nContracts, notes and the like",
        2,
    ),
    (
        "wages",
        "欠薪投诉",
        "Unpaid wages",
        "身份证\n考勤、工资记录",
        "ID card\nAttendance and wage records",
        1,
    ),
    ("ask", "问事指路", "Questions", "", "", 0),
)


def main() -> None:
    """Enter the county's centre: open every day, so that no day of the tests is a rest day."""
    now = clock.now()
    world = World(now.date())
    admin, centre = world.cast.admin, world.unit("360428")
    for position, (code, zh, en, bring_zh, bring_en, _places) in enumerate(OFFERED):
        line = ServiceView(code, Words(zh, en), Words(bring_zh, bring_en), position)
        service.set_service(actor=admin, service=line, now=now - timedelta(seconds=1))
    entry = NewListing("示例县建设路1号一楼大厅", "0792-0000000", dict.fromkeys(range(7), HOURS))
    service.set_listing(actor=admin, centre=centre, listing=entry, now=now)
    for code, *_words, places in OFFERED:
        offer = NewOffer(code, 30, places)
        service.set_offer(actor=admin, centre=centre, offer=offer, now=now)
    print(json.dumps({"centre": centre}))


if __name__ == "__main__":
    main()
