"""What a centre does together with others (示例): on the lake, with the court, in a special campaign."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.posts import queries as posts
from gantang.sample.plan import MARK
from gantang.sample.services import Services
from gantang.sample.story import COUNTY

LAKE, COURT, CAMPAIGN, PERFORMANCE = "patrol", "court", "campaign", "court.performance"
BOAT = f"小木船进水，船上两个人{MARK}。"
NETS = f"禁渔区夜里有人下地笼{MARK}。"


class Joint(Services):
    """Those of the township and the county who work with others."""

    def key(self) -> str:
        return f"joint-{super().key()}"


def make(*, now: datetime) -> bool:
    """Make them unless they are there already; say whether anything was made."""
    story = Joint(now)
    if story.has("小木船进水"):
        return False
    _rescued(story)
    _handed_over(story)
    _from_court(story)
    _to_court(story)
    _campaign(story)
    _by_instalments(story)
    _noticed(story)
    return True


def _on_the_lake(story: Joint, words: str, kind: str, level: str) -> tuple[UUID, Actor]:
    """Told by somebody on the shore, a crew sent out and there."""
    matter, reporter = story.told(words, LAKE)
    story.act(story.desk, matter, "send", kind=kind, water_level=level, unit=story.handler.unit)
    story.act(story.handler, matter, "arrive", water_level=level)
    return matter, reporter


def _rescued(story: Joint) -> None:
    """Nobody waited; both are safe, and whoever told it confirms."""
    matter, reporter = _on_the_lake(story, BOAT, "rescue", "normal")
    done = {"result": "rescued", "saved": 2, "work": "两人已接上巡逻艇，送到码头。"}
    story.act(story.handler, matter, "settle", in_danger="nobody", reply="两人都已平安上岸。", **done)
    story.act(reporter, matter, "confirm", rating=5)


def _handed_over(story: Joint) -> None:
    """The agency in charge has signed for it; its answer is awaited."""
    matter, _ = _on_the_lake(story, NETS, "fishing", "low")
    found = {"agency": "fishery", "proof": ["photos", "gear"], "work": "现场收起地笼六条，下网人已离开。"}
    story.act(story.handler, matter, "hand_over", in_danger="nobody", **found)
    story.act(story.desk, matter, "record_receipt", receipt_kind="signed_slip", receipt="示例收〔2026〕3号")


def _from_court(story: Joint) -> None:
    """Delegated by the court before filing: mediated, agreed, the court knows."""
    desk, mediator = story.actor(COUNTY, "受理岗"), story.actor(COUNTY, "调解岗")
    matter = story.entered(desk, f"买卖合同纠纷，法院委派调解{MARK}。", COURT, COUNTY, channel="department")
    given = {"direction": "from_court", "court": "示例县人民法院", "court_case": "delegated"}
    story.act(desk, matter, "from_court", **given)
    story.act(story.actor(COUNTY, "分拨岗"), matter, "take_over", unit=mediator.unit)
    story.act(mediator, matter, "give_back", mediated="agreed", told="协议书一份随函送达。")
    story.act(desk, matter, "court_closes", receipt="示例收〔2026〕5号")


def _to_court(story: Joint) -> None:
    """Not agreed: handed to the court, the fast track proposed by the rules and taken."""
    desk, office = story.actor(COUNTY, "受理岗"), story.actor(COUNTY, "综合办理岗")
    matter = story.entered(
        desk, f"民间借贷纠纷调解未成，移送法院{MARK}。", COURT, COUNTY, channel="department"
    )
    why = {"out_ground": "not_agreed", "wished_by": "one_party"}
    story.act(desk, matter, "to_court", direction="to_court", unit=office.unit, **why)
    stated = {"facts": "clear", "relation": "clear", "weight": "small", "proposed_track": "fast"}
    papers = ["application", "record"]
    story.act(office, matter, "propose_fast", court="示例县人民法院", papers=papers, **stated)
    story.act(desk, matter, "court_takes", court_track="fast", receipt="示例收〔2026〕6号")


def _campaign(story: Joint) -> None:
    """Against organised crime: approved, two tasks set, one of them done; of tips nothing stands here."""
    chief, head = story.actor(COUNTY, "督办岗"), story.actor(COUNTY, "负责岗")
    matter = story.entered(chief, f"重点行业突出问题专项整治{MARK}。", CAMPAIGN, COUNTY, channel="department")
    plan = {"intake": ["tip", "hotline", "departments"], "measures": "工程、运输、砂石三个行业逐项检查。"}
    story.act(chief, matter, "propose", theme="organised_crime", span="quarter", **plan)
    story.act(head, matter, "approve")
    due = story.now.date().isoformat()
    words = ("砂石运输行业检查", "工程招投标监管制度补齐")
    tasks = [{"words": one, "goal": "检查一遍，问题整改。", "due": due} for one in words]
    opened = story.act(chief, matter, "set_tasks", tasks=tasks).opened
    for task in opened:
        story.act(story.actor(COUNTY, "分拨岗"), task, "assign", unit=story.handler.unit, span="month")
    story.act(story.handler, opened[0], "done", ways=["joint_check"], evidence="检查十二处，整改清单附后。")
    story.act(story.check, opened[0], "strike_off")


def _watched(story: Joint, words: str, **paper: str) -> tuple[UUID, dict[str, Any]]:
    """Registered by its number, without a name; whoever mediates watches over it. The document as told."""
    desk, on = story.actor(COUNTY, "受理岗"), story.now.date()
    matter = story.entered(desk, words, PERFORMANCE, COUNTY, channel="department")
    court = next(one.id for one in posts.units(COUNTY, on=on) if one.kind == "court")
    days = {"decided_on": on - timedelta(days=60), "due_on": on - timedelta(days=1)}
    told = {**paper, "court": court, **{name: day.isoformat() for name, day in days.items()}}
    story.act(desk, matter, "register", owed="money", amount=900_000, span="quarter", **told)
    return matter, told


def _by_instalments(story: Joint) -> None:
    """A judgment performed by instalments, reminded once."""
    paper = {"basis": "judgment", "document_number": "（2026）赣0428民初8001号"}
    matter, _ = _watched(story, f"货款判决，分两期付{MARK}。", **paper)
    mediator, due = story.actor(COUNTY, "调解岗"), story.now.date().isoformat()
    rows = [{"span": span, "due": due, "sum": 450_000} for span in ("month", "quarter")]
    story.act(mediator, matter, "set_instalments", instalments=rows)
    story.act(mediator, matter, "remind", way="call")


def _noticed(story: Joint) -> None:
    """A confirmed agreement said to be performed that was not: its notice is in force."""
    paper = {"basis": "confirmed_agreement", "document_number": "（2026）赣0428民特8002号"}
    matter, told = _watched(story, f"借款协议已司法确认，到期没有付{MARK}。", **paper)
    mediator = story.actor(COUNTY, "调解岗")
    story.act(mediator, matter, "told", performed_on=story.now.date().isoformat())
    story.act(story.check, matter, "not_performed", note="没有凭证。")
    (notice,) = story.act(mediator, matter, "notice_of_agreement").opened
    story.act(mediator, notice, "propose", term="quarter", **told)
    story.act(story.check, notice, "put_in_force", document_seen="seen", ages="all_of_age")
