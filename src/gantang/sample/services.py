"""Repairs, legal advice, a good deed, a village's talk (示例), told by residents, acted on by posts."""

from datetime import datetime
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.matters import service as matters
from gantang.matters.types import Report
from gantang.sample.disputes import TOWNSHIP, VILLAGE
from gantang.sample.plan import MARK
from gantang.sample.story import COUNTY, Story

REPAIR, ADVICE, DEED, TALK = "facility.bridge", "question.legal", "samaritan", "deliberation"
RAILING = f"村口小桥的护栏断了一截{MARK}。"
CARRIED = f"有人从着火的屋里背出老人{MARK}。"
#: Yuan of the award, in the matter and in the fund's book.
AWARD = 10_000
WAGES = f"工地没有签合同，工资怎么要{MARK}？"


class Services(Story):
    """Those who hold each duty in the township and the county."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.desk, self.panel = self.actor(TOWNSHIP, "受理岗"), self.actor(TOWNSHIP, "分拨岗")
        self.handler, self.check = self.actor(TOWNSHIP, "办理岗"), self.actor(COUNTY, "回访核验岗")

    def key(self) -> str:
        return f"services-{super().key()}"

    def told(self, words: str, klass: str) -> tuple[UUID, Actor]:
        """Told at the portal; the matter, and its reporter with the code."""
        report = Report(words, "portal", klass, VILLAGE, anonymous=True)
        got = matters.intake(
            actor=Actor(client="form:sample-services"), report=report, key=self.key(), now=self.now
        )
        return got.matter, matters.open_by_code(got.access_code or "")[0]


def make(*, now: datetime) -> bool:
    """Make them unless they are there already; say whether anything was made."""
    story = Services(now)
    if story.has("护栏断了一截"):
        return False
    _mended(story)
    _under_repair(story)
    _advised(story)
    _offered(story)
    _rescued(story)
    _awarded(story)
    _talked_over(story)
    return True


def _ordered(story: Services, words: str, klass: str, fault: str) -> tuple[UUID, Actor]:
    """Looked at, made safe, the repair ordered."""
    matter, reporter = story.told(words, klass)
    story.act(story.desk, matter, "accept", unit=story.handler.unit, **{"class": klass})
    story.act(story.handler, matter, "make_safe", safeguard=["fenced", "signed"])
    plan = "按原样补焊并刷防锈漆。" if fault == "broken" else "换一块主板，重新调试。"
    story.act(story.handler, matter, "order", fault=fault, urgency="ordinary", plan=plan)
    return matter, reporter


def _mended(story: Services) -> None:
    """Mended, accepted by somebody else, confirmed by whoever reported it."""
    matter, reporter = _ordered(story, RAILING, REPAIR, "broken")
    story.act(story.handler, matter, "finish", result="mended", work="补焊护栏两米，刷漆两遍。", cost=68_000)
    story.act(story.check, matter, "pass", reply="护栏已经修好，到现场看过，结实。")
    story.act(reporter, matter, "confirm", rating=5)


def _under_repair(story: Services) -> None:
    _ordered(story, f"小学门前的探头不转了{MARK}。", "facility.camera", "signal")


def _assigned(story: Services, words: str, field: str) -> tuple[UUID, Actor]:
    """Accepted, and offered to the adviser whose turn it is."""
    matter, reporter = story.told(words, ADVICE)
    story.act(story.desk, matter, "accept")
    story.act(story.panel, matter, "assign", field=field, assigned_by="in_turn", unit=story.handler.unit)
    return matter, reporter


def _advised(story: Services) -> None:
    """No conflict declared, advised, understood."""
    matter, reporter = _assigned(story, WAGES, "labour")
    story.act(story.handler, matter, "take_on", no_conflict="none_known", depth="ordinary")
    reply = "没有签合同也算劳动关系。先收好考勤、转账记录和证人，可以申请劳动仲裁。"
    ways = ["mediation", "arbitration", "legal_aid_office"]
    story.act(story.handler, matter, "answer", result="advised", reply=reply, ways_told=ways)
    story.act(reporter, matter, "confirm", rating=4)


def _offered(story: Services) -> None:
    """One adviser is on the other side: the next is asked."""
    matter, _ = _assigned(story, f"邻居借钱三年没有还，过了时效吗{MARK}？", "contract")
    story.act(story.handler, matter, "declare_conflict", conflict_ground="other_side_client")
    second = story.actor(COUNTY, "综合办理岗").unit
    story.act(story.panel, matter, "assign", field="contract", assigned_by="only_one_free", unit=second)


def _rescued(story: Services) -> None:
    """Recommended, verified, judged by somebody else, posted without a name."""
    matter, _ = story.told(f"上月有人跳进河里救起落水的孩子{MARK}。", DEED)
    story.act(story.desk, matter, "accept", unit=story.handler.unit, **{"class": DEED})
    found = {"deed_kind": "rescue_water", "proof": ["witnesses", "beneficiary"], "consent": "unnamed"}
    story.act(story.handler, matter, "verify", deed="两名证人到场说明，经过属实。", **found)
    story.act(story.actor(TOWNSHIP, "负责岗"), matter, "publicise")


def _awarded(story: Services) -> None:
    """Kept secret as the one who did it wished, confirmed by the head, an award paid."""
    matter, _ = story.told(CARRIED, DEED)
    head = story.actor(TOWNSHIP, "负责岗")
    story.act(story.desk, matter, "accept", unit=story.handler.unit, **{"class": DEED})
    found = {"deed_kind": "rescue_fire", "proof": ["witnesses", "organ"], "consent": "secret"}
    story.act(story.handler, matter, "verify", deed="消防队和两名邻居说明，经过属实。", **found)
    story.act(head, matter, "keep_secret", reasons="本人不愿意公开。")
    story.act(head, matter, "confirm_deed", tier="county_notice", reasons="事迹属实，给予通报和奖金。")
    story.act(story.handler, matter, "pay", aid=["award"], paid=AWARD * 100)


def _talked_over(story: Services) -> None:
    """Raised by a villager, passed by the representatives, posted in the village."""
    matter, _ = story.told(f"村口池塘边想装一排护栏{MARK}。", TALK)
    story.act(story.desk, matter, "accept", subject="public_works", asked_by="one_voice")
    clerk = story.actor(VILLAGE, "综治专干岗")
    numbers = {"expected": 30, "present": 26, "in_favour": 22}
    minutes = "同意装护栏，费用从集体收益里出。"
    story.act(clerk, matter, "hold_representatives", meeting="representatives", minutes=minutes, **numbers)
    story.act(clerk, matter, "publicise")
