"""Residents' requests (示例): worked on together and confirmed, ruled on after two refusals, objected to."""

from datetime import datetime
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.sample.plan import MARK
from gantang.sample.services import Services
from gantang.sample.story import COUNTY

ROAD, BUREAU = "facility.road", "住房和城乡建设局"
HOLES = f"老街路面坑洼，下雨积水没过脚面{MARK}。"
KERB = f"路沿石松了，两家单位都说不归自己管{MARK}。"
BRICKS = f"人行道地砖翘起来，补过又松了{MARK}。"


class Requests(Services):
    """Those of the township and the county, and the bureau that answers for roads."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.bureau = self.department(BUREAU, "办理岗")

    def key(self) -> str:
        return f"requests-{super().key()}"

    def taken_on(self, words: str) -> tuple[UUID, Actor]:
        """Told at the portal, accepted, taken on by the bureau; with its reporter."""
        matter, reporter = self.told(words, ROAD)
        self.act(self.desk, matter, "accept", track="ordinary", **{"class": ROAD})
        self.act(self.bureau, matter, "take_on")
        return matter, reporter


def make(*, now: datetime) -> bool:
    """Make them unless they are there already; say whether anything was made."""
    story = Requests(now)
    if story.has("老街路面坑洼"):
        return False
    _together(story)
    _ruled(story)
    _objected(story)
    return True


def _together(story: Requests) -> None:
    """The township helps the bureau; the reporter looks at it and confirms, with stars."""
    matter, reporter = story.taken_on(HOLES)
    task = f"请镇里先围挡，安排绕行{MARK}。"
    (helping,) = story.act(story.bureau, matter, "cooperate", units=[story.handler.unit], task=task).opened
    story.act(story.handler, helping, "answer", reply="已经围挡，绕行牌摆好了。")
    story.act(story.bureau, matter, "answer", result="resolved", reply="路面已经重新铺好，可以走了。")
    story.caused(story.bureau, matter, "asset.wear")
    story.act(reporter, matter, "confirm", rating=5)


def _ruled(story: Requests) -> None:
    """Refused by one, contested by the next: whoever rules names the unit, and nobody refuses again."""
    matter, _ = story.told(KERB, ROAD)
    given = {"class": ROAD, "track": "ordinary"}
    story.act(story.desk, matter, "pass_on")
    story.act(story.panel, matter, "route", unit=story.bureau.unit, **given)
    story.act(story.bureau, matter, "refuse", refusal_ground="not_our_remit")
    story.act(story.panel, matter, "route", unit=story.handler.unit, **given)
    story.act(story.handler, matter, "contest", refusal_ground="not_our_remit")
    story.act(story.actor(COUNTY, "裁定岗"), matter, "rule", unit=story.bureau.unit)


def _objected(story: Requests) -> None:
    """Answered, and not solved: whoever supervises decides what now."""
    matter, reporter = story.taken_on(BRICKS)
    story.act(story.bureau, matter, "answer", result="resolved", reply="地砖已经补好。")
    story.act(reporter, matter, "object", objection="踩上去还是晃，没有补牢。")
