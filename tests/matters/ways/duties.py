"""Ways of what units owe: the duties of their leaders, and what is done where they are not kept."""

from typing import TYPE_CHECKING

from tests.matters.ways.decisions import begun
from tests.matters.ways.driving import Driven

if TYPE_CHECKING:
    from tests.world import World

KLASS, LIST, GROUP = "accountability", "listed", "group"
MET = {"expected": 9, "present": 7}
AGENDA = [{"topic": "示例：近期突出问题。", "source": "list"}]


def given(world: "World") -> Driven:
    """The list is given to a township."""
    course = begun(world, KLASS)
    course.make("assign", term="month")
    return course


def performed(world: "World") -> None:
    course = given(world).go("add_evidence")
    course.make("report", kept="all")
    course.make("pass", kept="all")


def commended(world: "World") -> None:
    given(world).go("report", "propose_commendation", "state_case", "commend")


def rung_by_rung(world: "World") -> None:
    course = given(world).later(days=60)
    course.go("propose_circular").later(days=20)
    course.make("circulate", rectify_term="month")
    course.later(days=60).go("propose_interview", "state_case")
    course.go("interview", "report_rectified", "propose_listing", "state_case", "list_up", "report_rectified")
    course.make("lift", kept="all")


def referred(world: "World") -> None:
    course = given(world).go("report", "propose_commendation", "state_case", "decline_measure")
    for rung, decided in (("circular", "circulate"), ("interview", "interview"), ("listing", "list_up")):
        course.go(f"propose_{rung}", "state_case", decided, "report_rectified")
    course.go("propose_referral", "state_case", "refer")


def not_begun(world: "World") -> None:
    begun(world, KLASS).go("withdraw")


# --- lists --------------------------------------------------------------------------------------------


def issued(world: "World") -> tuple[Driven, Driven, Driven]:
    """A list, and two of its items, each at its lead unit."""
    course = begun(world, LIST)
    made = course.make("issue", span="month")
    first, second = course.child(made), course.child(made, 1)
    first.make("assign", span="month")
    second.make("assign", span="month")
    return course, first, second


def a_period(world: "World") -> None:
    course, first, second = issued(world)
    course.go("dispatch", "add_items")
    first.go("refuse").make("assign", span="quarter")
    first.go("cooperate", "progress")
    first.make("ask_extension", reason="示例：还要协调。")
    first.go("grant_extension", "done", "send_back", "done", "strike_off", "come_back")
    second.later(days=70).go("carry")
    course.now = second.now
    course.go("sum_up")


def cut_short(world: "World") -> None:
    course, first, _second = issued(world)
    first.go("supervise")
    course.go("end_early")
    begun(world, LIST).go("withdraw")
    other = begun(world, LIST)
    other.child(other.make("issue", span="month")).go("drop")


# --- groups -------------------------------------------------------------------------------------------


def formed(world: "World") -> Driven:
    course = begun(world, GROUP)
    members = [{"post": world.cast.county_leader.post, "seat": "head"}]
    course.make("form", rhythm="month", members=members)
    course.make("change_members", members=members)
    return course


def met(world: "World") -> None:
    course = formed(world)
    meeting = course.child(course.make("convene"))
    meeting.make("call", agenda=AGENDA)
    meeting.go("put_off").make("call", agenda=AGENDA)
    meeting.make("record", **MET)
    meeting.go("correct").make("record", **MET)
    signed = meeting.make("sign")
    first, second = meeting.child(signed), meeting.child(signed, 1)
    first.make("assign", span="month")
    first.go("progress", "report", "send_back", "report", "accept")
    second.later(days=30).go("drop")
    course.now = second.now
    course.go("end_term")


def met_without_tasks(world: "World") -> None:
    course = formed(world)
    meeting = course.child(course.make("convene"))
    meeting.make("call", agenda=AGENDA)
    meeting.make("record", **MET)
    meeting.go("sign_plain")
    course.now = meeting.now
    course.child(course.make("convene")).go("not_held")
    begun(world, GROUP).go("drop")


ACCOUNTS = (performed, commended, rung_by_rung, referred, not_begun)
LISTS = (a_period, cut_short)
GROUPS = (met, met_without_tasks)
