"""A county's class of issues with its owners, lists of several kinds, a committee's agenda (示例)."""

from datetime import datetime

from gantang.catalogue import service as catalogue
from gantang.kit.actor import Actor
from gantang.sample.duties import GROUP, Duties
from gantang.sample.plan import MARK
from gantang.sample.story import COUNTY

#: The first of the slots whose names no public source gives, filled in as an example.
ISSUE = {
    "名称": f"劳资欠薪{MARK}",
    "工作目标": "年底存量减半",
    "责任领导": "示例县负责岗",
    "牵头单位": "示例县人力资源和社会保障局",
    "协同单位": "示例县住房和城乡建设局",
    "类别": "dispute.wage、labour.wage",
}
BASIS = "示例文件第 3 号"
#: Items of a justice office, whose public text was not found either.
STANDARD = [f"接待有专门场所{MARK}", f"调解有记录、有回访{MARK}"]
OFFICE = f"司法所标准化创建清单{MARK}。"
COMMITTEE = f"县委定期议稳{MARK}。"
SEVEN_X = f"7+X清单第一期{MARK}。"
WEAK = f"软弱涣散村党组织整顿清单{MARK}。"
PROMINENT = f"涉稳突出问题清单{MARK}。"


class Stability(Duties):
    """Whoever keeps the lists, answers for an item, decides."""

    def key(self) -> str:
        return f"stability-{super().key()}"


def make(*, builder: Actor, now: datetime) -> bool:
    """Make them unless they are there already; say whether anything was made."""
    story = Stability(now)
    if story.has("县委定期议稳"):
        return False
    catalogue.set_slot(
        actor=builder, code="stability.class_01", value=ISSUE, source=BASIS, valid_from=now.date(), now=now
    )
    _lists(story)
    _by_standard(story, builder)
    _deliberated(story)
    return True


def _lists(story: Stability) -> None:
    """Of units, never of anybody in them; what 7+X holds is not public: these are examples."""
    story.issued(
        SEVEN_X,
        "seven_x",
        [
            story.row("示例单位报送的行业问题一项", "fixed", "carried_over", "查清整改"),
            story.row("砂石运输路线扰民", "variable", "newly_arisen", "改线限时"),
        ],
    )
    story.issued(
        WEAK,
        "weak_organisations",
        [story.row("议事制度没有按月开展", "fixed", "carried_over", "按月议事，记录公开")],
    )
    story.issued(
        PROMINENT,
        "prominent_issues",
        [
            story.row("两个工地年前结算", "fixed", "carried_over", "足额结清"),
            story.row("新开工项目工资专户没有开", "fixed", "newly_arisen", "开户备案"),
        ],
    )


def _by_standard(story: Stability, builder: Actor) -> None:
    """An office checks itself by a standard, item by item; what it proves is confirmed by somebody else."""
    catalogue.set_slot(
        actor=builder,
        code="standards.justice_office",
        value=STANDARD,
        source=BASIS,
        valid_from=story.now.date(),
        now=story.now,
    )
    office = story.department("司法局", "办理岗")
    rows = [story.row(one, "fixed", "newly_arisen", f"达到条目要求。依据：{BASIS}") for one in STANDARD]
    _made, items = story.issued(OFFICE, "station_standards", rows, unit=office.unit)
    story.act(office, items[0], "done", evidence="接待室照片和开放时间公示附后。")
    story.act(story.actor(COUNTY, "回访核验岗"), items[0], "strike_off")


def _deliberated(story: Stability) -> None:
    """The committee by posts; an agenda from the lists, minutes signed by its head, one decision a task."""
    group = story.opened(COMMITTEE, GROUP)
    members = [{"post": story.head.post, "seat": "head"}, {"post": story.chief.post, "seat": "office"}]
    story.act(story.chief, group, "form", group_kind="party_committee", rhythm="month", members=members)
    (meeting,) = story.act(story.chief, group, "convene").opened
    due = story.now.date().isoformat()
    agenda = [{"topic": "涉稳突出问题清单", "source": "list"}]
    story.act(story.chief, meeting, "call", meets_on=due, agenda=agenda)
    story.act(story.chief, meeting, "record", expected=11, present=9, minutes="逐类研究，议定一项。")
    decisions = [{"words": f"两个工地年前结清工资{MARK}", "due": due}]
    story.act(story.head, meeting, "sign", decisions=decisions)
