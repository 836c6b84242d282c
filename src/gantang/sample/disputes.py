"""A township's disputes (示例): settled and visited, paid by instalments, refused, and one being asked."""

from datetime import datetime, timedelta
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.clock import ZONE
from gantang.matters import service as matters
from gantang.matters.types import Contact, Planned, Report
from gantang.sample.plan import MARK
from gantang.sample.story import COUNTY, Story

TOWNSHIP, VILLAGE = "360428101", "360428101001"
NEIGHBOUR, WAGE = "dispute.neighbour", "dispute.wage"
WALL = f"邻居砌院墙占了共用的巷子，几次说不拢{MARK}。"
AGREED = {
    "main_facts": "双方房屋相邻，新砌院墙占用共用巷道约三十厘米。",
    "disputed_points": "院墙是否应当拆让。",
    "liability": "砌墙一方未与邻居商量，应当退让。",
    "terms": "院墙退让三十厘米重砌，费用由砌墙一方承担。",
    "performance": "签字后三日内动工，当场清点界线。",
}


class Disputes(Story):
    """The posts of a township, its residents, and the acts of all of them."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.mediator = self.actor(TOWNSHIP, "调解岗")

    def key(self) -> str:
        return f"disputes-{super().key()}"

    def dispute(self, words: str, klass: str, start: str, committee: str = "township") -> tuple[UUID, Actor]:
        """Told at the portal, accepted and given to the township's mediator; with who applied."""
        report = Report(words, "portal", klass, VILLAGE, reporter=Contact(name="示例甲"))
        got = matters.intake(
            actor=Actor(client="form:sample-disputes"), report=report, key=self.key(), now=self.now
        )
        known = {"start": start, "facts": "clear", "relation": "clear", "scale": "individual"}
        self.act(self.actor(TOWNSHIP, "受理岗"), got.matter, "accept", **{"class": klass}, **known)
        desk = self.actor(TOWNSHIP, "分拨岗")
        self.act(desk, got.matter, "route_simple", committee=committee, track="simple")
        return got.matter, matters.open_by_code(got.access_code or "")[0]

    def asked(self, matter: UUID, applicant: Actor, *, other: bool | None) -> None:
        """The other side is entered; both say what they want, the other perhaps nothing yet."""
        no = matters.add_party(
            actor=self.mediator, matter=matter, contact=Contact(name="示例乙"), key=self.key(), now=self.now
        )
        matters.say_willing(actor=applicant, matter=matter, willing=True, key=self.key(), now=self.now)
        if other is not None:
            matters.say_willing(
                actor=self.mediator,
                matter=matter,
                willing=other,
                person=no,
                evidence="in_person",
                key=self.key(),
                now=self.now,
            )

    def meeting(self, matter: UUID, *, days: int) -> None:
        """Both sides are asked to come to the committee's first room, one morning."""
        day = self.now.astimezone(ZONE) + timedelta(days=days)
        starts = day.replace(hour=9, minute=30, second=0, microsecond=0)
        plan = Planned(
            starts,
            starts + timedelta(hours=1),
            "face_to_face",
            self.mediator.post or 0,
            (0, 1),
            (self.mediator.unit or 0, 1),
        )
        matters.plan_session(actor=self.mediator, matter=matter, plan=plan, key=self.key(), now=self.now)


def make(*, now: datetime) -> bool:
    """Make them unless they are there already; say whether anything was made."""
    story = Disputes(now)
    if story.has("院墙占了共用的巷子"):
        return False
    _settled(story)
    _by_instalments(story)
    _refused(story)
    matter, applicant = story.dispute(f"屋檐水滴到邻居家院里{MARK}。", NEIGHBOUR, "applied")
    story.asked(matter, applicant, other=None)
    _by_law(story)
    _passed_on(story)
    return True


def _settled(story: Disputes) -> None:
    """Begun, talked over, agreed in writing, performed, visited by somebody else."""
    matter, applicant = story.dispute(WALL, NEIGHBOUR, "applied")
    story.asked(matter, applicant, other=True)
    by = story.mediator
    story.act(by, matter, "begin")
    talk = {"session": "on_site", "session_result": "agreed", "record": "到现场量了界线，双方都认可。"}
    story.act(by, matter, "hold_session", **talk)
    story.act(by, matter, "agree", form="written", term="at_once", amount=120_000, **AGREED)
    story.act(by, matter, "perform", proof="seen")
    found = {"visit_way": "visit", "visit_result": "performed", "prevented": "none"}
    story.act(story.actor(COUNTY, "回访核验岗"), matter, "visit", **found)


def _by_instalments(story: Disputes) -> None:
    """Wages paid in two parts, each watched by itself."""
    matter, applicant = story.dispute(f"工地结束两个月，工钱还没有给{MARK}。", WAGE, "own_motion")
    story.asked(matter, applicant, other=True)
    story.act(story.mediator, matter, "begin")
    day = story.now.date().isoformat()
    rows = [{"span": "month", "due": day, "sum": 400_000}, {"span": "quarter", "due": day, "sum": 500_000}]
    terms = AGREED | {"terms": "工钱九千元，分两期付清。", "performance": "按各期日期转账。"}
    story.act(
        story.mediator, matter, "agree_instalments", form="written", amount=900_000, instalments=rows, **terms
    )


def _refused(story: Disputes) -> None:
    """The other side does not want it: it ends, and the ways of law are told."""
    matter, applicant = story.dispute(f"借出去的钱一直要不回来{MARK}。", "dispute.lending", "applied")
    story.asked(matter, applicant, other=False)
    told = {"ways_told": ["litigation", "payment_order"], "reply": "对方不愿调解，您可以起诉或者申请支付令。"}
    story.act(story.mediator, matter, "end_refused", **told)


def _by_law(story: Disputes) -> None:
    """Variants bound by a law of their own: a hospital's, before a committee of the trade; a school's."""
    words = f"住院以后对治疗有争议，双方同意调解{MARK}。"
    matter, applicant = story.dispute(words, "dispute.medical", "applied", committee="trade")
    story.asked(matter, applicant, other=True)
    story.act(story.mediator, matter, "begin")
    talk = {"session": "apart", "session_result": "closer", "record": "分别听了双方意见。"}
    story.act(story.mediator, matter, "hold_session", appraisal="not_needed", **talk)
    story.meeting(matter, days=1)
    pupils = f"课间相撞磕伤，医药费没有谈拢{MARK}。"
    matter, applicant = story.dispute(pupils, "dispute.school", "applied")
    story.asked(matter, applicant, other=True)
    story.act(story.mediator, matter, "begin", guardian="present")
    story.meeting(matter, days=2)


def _passed_on(story: Disputes) -> None:
    """From the people's mediation to the administration's, which takes it up."""
    matter, _ = story.dispute(f"两家宅基地界址说法不一{MARK}。", "dispute.homestead", "applied")
    story.act(story.mediator, matter, "change_way", change_ground="administrative")
    county = story.actor(COUNTY, "调解岗")
    desk = story.actor(TOWNSHIP, "分拨岗")
    story.act(desk, matter, "route_administrative", track="simple", unit=county.unit)
    story.act(county, matter, "take_up")
