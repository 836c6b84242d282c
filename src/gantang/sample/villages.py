"""Volunteers called, a certificate asked for, vacancies filled, an election (示例), in a village."""

from datetime import datetime, timedelta
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.sample.disputes import TOWNSHIP, VILLAGE
from gantang.sample.plan import MARK
from gantang.sample.services import Services

CALL, PROOF, VACANCY, ELECTION = "volunteer.call", "volunteer.proof", "vacancy", "election.village"
WATERS = f"暑期水边没有人看守，想请志愿者轮流巡查{MARK}。"


class Villages(Services):
    """Those who hold each duty, as for residents' other matters."""

    def key(self) -> str:
        return f"villages-{super().key()}"


def make(*, now: datetime) -> bool:
    """Make them unless they are there already; say whether anything was made."""
    story = Villages(now)
    if story.has("志愿者轮流巡查"):
        return False
    _served(story)
    _called(story)
    _certified(story)
    _filled(story)
    _being_filled(story)
    _list_posted(story)
    return True


def _call(story: Villages, words: str, service: str, risk: str) -> tuple[UUID, Actor]:
    """Accepted, and called for; insured where somebody may be hurt."""
    matter, reporter = story.told(words, CALL)
    story.act(story.desk, matter, "accept", unit=story.handler.unit)
    about = {"service": service, "span": "week", "served_on": story.now.date().isoformat(), "wanted": 10}
    insured = {"insurance": "bought"} if risk == "bodily" else {}
    move = "call_insured" if insured else "call"
    story.act(story.handler, matter, move, risk=risk, work="两人一组，早晚各一次。", **about, **insured)
    return matter, reporter


def _served(story: Villages) -> None:
    """Signed up, served, confirmed by whoever asked: numbers alone."""
    matter, reporter = _call(story, WATERS, "waters", "bodily")
    story.act(story.handler, matter, "start", signed_up=12)
    told = {"came": 11, "hours": 44, "work": "巡查六天，劝离下水三次。", "reply": "已经巡查完，记录在村里。"}
    story.act(story.handler, matter, "finish", **told)
    story.act(reporter, matter, "confirm", rating=5)


def _called(story: Villages) -> None:
    matter, _ = _call(story, f"集市日路口想请人劝导交通{MARK}。", "traffic", "none")
    story.act(story.handler, matter, "count_sign_ups", signed_up=6)


def _certified(story: Villages) -> None:
    """Somebody asks for their own certificate."""
    matter, _ = story.told(f"想要一份参加邻里守望的证明{MARK}。", PROOF)
    story.act(story.desk, matter, "accept", unit=story.handler.unit)
    days = {"first_day": "2026-03-01", "last_day": "2026-10-31", "own_hours": 36}
    story.act(story.handler, matter, "certify", service="patrol", reply="证明已经出具。", **days)


def _vacant(story: Villages, words: str, way: str) -> UUID:
    """Announced, and covered at once by the village's own post: posts only."""
    matter = story.entered(story.desk, words, VACANCY, VILLAGE)
    acting = story.actor(VILLAGE, "综治专干岗").post
    found = {"vacancy_kind": "grid_worker", "arisen_by": "moved", "unit": story.handler.unit}
    story.act(story.desk, matter, "announce", **found)
    cover = {"acting_by": "neighbour_post", "acting_post": acting, "way": way, "plan": "一个月内补上。"}
    story.act(story.actor(TOWNSHIP, "负责岗"), matter, "cover", **cover)
    return matter


def _filled(story: Villages) -> None:
    """Proposed, approved by somebody else, seen at work by a third."""
    matter = _vacant(story, f"第二网格的网格员岗位空缺{MARK}。", "recommended")
    story.act(story.handler, matter, "propose", plan="按推荐选聘办法走完程序，材料报送。")
    story.act(story.actor(TOWNSHIP, "负责岗"), matter, "approve", reasons="程序齐全。")
    story.act(story.check, matter, "at_work", reasons="已经到岗，任职已经登记。")


def _being_filled(story: Villages) -> None:
    _vacant(story, f"第三网格的网格员岗位空缺{MARK}。", "open_call")


def _list_posted(story: Villages) -> None:
    """The election committee chosen, the list posted on paper, one objection to it: numbers alone."""
    matter = story.entered(story.desk, f"村民委员会届满换届{MARK}。", ELECTION, VILLAGE)
    story.act(story.desk, matter, "begin", election_kind="term_over")
    clerk = story.actor(VILLAGE, "综治专干岗")
    story.act(clerk, matter, "form_committee", formed_by="representatives", committee_size=7)
    day = (story.now.date() + timedelta(days=25)).isoformat()
    story.act(clerk, matter, "publish_list", registered=1001, election_day=day, seats=3)
    story.act(clerk, matter, "object", objection_ground="left_out")
