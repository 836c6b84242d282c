"""Duty lists of a township, and a list of the county (示例), as the posts would keep them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.types import Filters, Report
from gantang.sample.disputes import TOWNSHIP
from gantang.sample.plan import MARK
from gantang.sample.story import COUNTY, Story

KLASS, LIST, GROUP = "accountability", "listed", "group"
STREET = f"重点路段治安巡防责任落实{MARK}。"


class Duties(Story):
    """Who gives the lists, who answers for one, who decides."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.chief, self.head = self.actor(COUNTY, "督办岗"), self.actor(COUNTY, "负责岗")
        self.town = self.actor(TOWNSHIP, "办理岗")

    def key(self) -> str:
        return f"duties-{super().key()}"

    def opened(self, words: str, klass: str) -> UUID:
        """By the post that supervises."""
        report = Report(words, "superior", klass, COUNTY, anonymous=True, on_behalf=True)
        return matters.intake(actor=self.chief, report=report, key=self.key(), now=self.now).matter

    def given(self, words: str) -> UUID:
        """A list of duties for the township."""
        made = self.opened(words, KLASS)
        rows = [{"duty": "每月研究一次，明确分管负责人。", "due": self.now.date().isoformat()}]
        self.act(self.chief, made, "assign", unit=self.town.unit, term="quarter", duties=rows)
        return made

    def row(self, words: str, part: str, arisen: str, goal: str) -> dict[str, str]:
        """An item of a list, due today."""
        due = self.now.date().isoformat()
        return {"words": words, "part": part, "arisen": arisen, "goal": goal, "due": due}

    def issued(
        self, words: str, kind: str, rows: list[dict[str, str]], unit: int | None = None
    ) -> tuple[UUID, tuple[UUID, ...]]:
        """A list of a kind, and its items, each given to a unit (else the township)."""
        made = self.opened(words, LIST)
        issued = self.act(self.chief, made, "issue", list_kind=kind, span="quarter", items=rows)
        for item in issued.opened:
            to = unit or self.town.unit
            self.act(self.actor(COUNTY, "分拨岗"), item, "assign", unit=to, span="quarter")
        return made, issued.opened

    def decided(self, matter: UUID, kept: str, rung: str, move: str, **answers: Any) -> None:
        """Reported, proposed, heard, decided by somebody else."""
        self.act(self.town, matter, "report", kept=kept, evidence="会议记录和巡防记录附后。")
        why = {} if rung == "commendation" else {"fact_kind": "measures_not_taken"}
        facts = "对照清单逐项核对。"
        self.act(self.chief, matter, f"propose_{rung}", measure=rung, facts=facts, **why)
        self.act(self.town, matter, "state_case", heard="stated", statement="情况属实。")
        self.act(self.head, matter, move, reasons="事实清楚，单位没有异议。", **answers)


def make(*, now: datetime) -> bool:
    """Make them unless they are there already; say whether anything was made."""
    story = Duties(now)
    if queries.search(story.head, words="治安巡防责任", filters=Filters(view="all"), now=now).items:
        return False
    story.decided(story.given(STREET), "all", "commendation", "commend")
    demands = {"rectify_term": "quarter", "demands": "补齐两个网格的巡防人员，一个月内到岗。"}
    story.decided(story.given(f"校园周边安全责任落实{MARK}。"), "part", "circular", "circulate", **demands)
    story.given(f"铁路护路责任落实{MARK}。")
    _listed(story)
    _met(story)
    return True


def _listed(story: Duties) -> None:
    """A list with what was left over and what is new; one item is struck off, the list is reported on."""
    rows = [
        story.row("校门口占道经营", "fixed", "carried_over", "划定区域"),
        story.row("上下学无人护学", "variable", "newly_arisen", "排班"),
    ]
    made, items = story.issued(f"校园周边突出问题清单{MARK}。", "other", rows)
    story.act(story.town, items[0], "done", evidence="已划定摆摊区域，照片附后。")
    story.act(story.actor(COUNTY, "回访核验岗"), items[0], "strike_off")
    told = {"findings": "两项中一项已经销号。", "next_steps": "护学岗排班月底前到位。"}
    story.act(story.chief, made, "dispatch", **told)


def _met(story: Duties) -> None:
    """A leading group by posts; its meeting has decided one thing, another meeting is called."""
    group = story.opened(f"平安建设领导小组{MARK}。", GROUP)
    members = [{"post": story.head.post, "seat": "head"}, {"post": story.chief.post, "seat": "office"}]
    story.act(story.chief, group, "form", group_kind="leading_group", rhythm="quarter", members=members)
    due = story.now.date().isoformat()
    for at in range(2):
        (meeting,) = story.act(story.chief, group, "convene").opened
        agenda = [{"topic": "校园周边突出问题清单", "source": "list"}]
        story.act(story.chief, meeting, "call", meets_on=due, agenda=agenda)
        if at == 0:
            record = {"expected": 9, "present": 8, "minutes": "听取汇报，逐项研究。"}
            story.act(story.chief, meeting, "record", **record)
            story.act(story.head, meeting, "sign", decisions=[{"words": "月底前护学岗到位", "due": due}])
