"""A campaign under way and two decisions (示例), made as the posts would make them."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.errors import RefusedError
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.procedures import queries as procedures
from gantang.procedures import service as orders
from gantang.procedures.types import CampaignView, NewCampaign
from gantang.sample.plan import MARK
from gantang.sample.story import COUNTY, Story

#: So many grids have reported; the first of them found something.
REPORTED = 12
FOUND = "两家为屋后排水沟走向争了几次，想请村里来看看。"
ASSESSED: dict[str, Any] = {
    "heard": ["visits", "consultation"],
    "opinions": "走访沿线住户，多数赞成，关心施工期间出行。",
    "legality": "met",
    "rationality": "met",
    "feasibility": "met",
    "controllability": "met",
    "risk_points": [
        {"point": "施工期间出行不便", "cause": "道路封闭", "likelihood": 3, "impact": 2, "rated": "low"}
    ],
    "contingency": "设便民通道，专人值守。",
}


def make(*, now: datetime) -> bool:
    """Make them unless there is a campaign already; say whether anything was made."""
    if procedures.campaigns(size=1):
        return False
    story = Story(now)
    _screening(story, _ordered(story, now.date()))
    _assessed(story, story.decision(f"拟拓宽周溪镇老街并改建排水{MARK}。"))
    _exempt(story, story.decision(f"拟调整镇便民服务大厅开放时间{MARK}。"))
    return True


def _ordered(story: Story, today: date) -> CampaignView:
    new = NewCampaign(
        title_zh=f"矛盾纠纷滚动排查{MARK}",
        title_en="Rolling screening for disputes (sample)",
        procedure="screening",
        klass="screening",
        each="grid",
        since=today,
        until=today + timedelta(days=6),
        grounds=(COUNTY,),
        repeat="weekly",
        answers={"rhythm": "weekly"},
        basis="示例文件第 2 号",
    )
    made = orders.create_campaign(actor=story.actor(COUNTY, "督办岗"), campaign=new, now=story.now)
    for _step in matters.open_campaign(campaign=made.id, clock=lambda: story.now):
        pass
    return made


def _screening(story: Story, campaign: CampaignView) -> None:
    """Some grids report, most of them nothing; what is found waits to be claimed."""
    centre = story.actor(COUNTY, "督办岗")
    rows = queries.unreported(centre, campaign.id, size=REPORTED).items
    for place, row in enumerate(rows):
        worker = story.actor(row.scope[:12], f"网格员{row.scope[12:]}")
        if place == 0:
            story.act(worker, row.id, "report", found_class="dispute.neighbour", what=FOUND)
            story.act(worker, row.id, "hand_in", ways=["visit"])
        else:
            story.act(worker, row.id, "report_nothing", ways=["visit", "phone"])


def _assessed(story: Story, decision: UUID) -> None:
    """Tried before its assessment, and barred; assessed, low, discussed."""
    office, head = story.actor(COUNTY, "综合办理岗"), story.actor(COUNTY, "负责岗")
    (gate,) = story.act(office, decision, "assess", draft="拓宽至8米，同步改建雨污管。").opened
    try:
        story.act(head, decision, "discuss")
    except RefusedError:
        _rated(story, gate, office, head)
    story.act(head, decision, "discuss")


def _rated(story: Story, gate: UUID, office: Actor, head: Actor) -> None:
    """The simplified course to its filing."""
    prevention = [{"measure": "分段施工", "unit": office.unit, "due": story.now.date().isoformat()}]
    story.act(
        office,
        gate,
        "simplify",
        scope="construction",
        course="simplified",
        why_simplified="影响面小，沿线住户已逐户走访。",
    )
    story.act(office, gate, "report_simplified", **ASSESSED, prevention=prevention)
    story.act(story.actor(COUNTY, "回访核验岗"), gate, "pass_review", review_opinion="程序合法。")
    story.act(head, gate, "conclude", level="low", reasons="多数赞成，措施可行。")
    story.act(story.actor(COUNTY, "督办岗"), gate, "file", filing_number="示例备〔2026〕1号")


def _exempt(story: Story, decision: UUID) -> None:
    """Not in the catalogue: the reason waits for its signature."""
    story.act(
        story.actor(COUNTY, "综合办理岗"),
        decision,
        "claim_exemption",
        exempt_ground="not_in_catalogue",
        catalogue_item="示例目录未列",
        reasons="不涉及群众切身利益的重大调整。",
    )
