"""Ways of what a judgment or an agreement says: performed, taken to the court, noticed by its number."""

from typing import TYPE_CHECKING

from tests.matters.ways.decisions import begun
from tests.matters.ways.driving import Driven
from tests.matters.ways.services import past

if TYPE_CHECKING:
    from tests.world import World

KLASS = "court.performance"


def behind(world: "World", basis: str = "judgment") -> Driven:
    """Registered, and its time gone by."""
    course = begun(world, KLASS)
    course.make("register", basis=basis, span="at_once")
    return course.later(days=8)


def noticed(world: "World", course: Driven | None = None) -> tuple[Driven, Driven]:
    """A matter, and its notice in force."""
    main = course or behind(world)
    notice = main.child(main.make("notice_of_judgment"))
    notice.make("propose", term="quarter")
    return main, notice.go("put_in_force")


def performed(world: "World") -> None:
    course = begun(world, KLASS)
    course.make("register", basis="court_mediation", span="month")
    course.go("set_instalments", "remind").later(days=45)
    course.go("grant_time", "told", "not_performed", "told").make("perform", children="withdraw")
    course = begun(world, KLASS)
    course.make("register_agreement", basis="agreement", span="month")
    course.make("withdraw", children="withdraw")


def enforced(world: "World") -> None:
    main, notice = noticed(world)
    main.go("apply", "send_back", "apply", "court_takes", "ask_after", "court_ends")
    main.make("verify", children="withdraw")
    assert notice.row.outcome == "withdrawn"


def unanswered(world: "World") -> None:
    behind(world).make("not_applied", children="withdraw")
    course = behind(world).go("apply").later(days=30).go("supervise")
    course.make("no_news", children="withdraw")
    begun(world, KLASS).go("not_accept")
    past(world, KLASS)


def notices(world: "World") -> None:
    _, notice = noticed(world)
    notice.go("correct").make("propose", term="month")
    notice.go("put_in_force", "dispute", "uphold", "told", "not_performed", "told", "confirm_performed")
    main = behind(world, "confirmed_agreement")
    other = main.child(main.make("notice_of_agreement"))
    other.make("propose", term="month", basis="confirmed_agreement")
    other.go("send_back")
    other.make("propose", term="month", basis="confirmed_agreement")
    other.go("refuse")
    noticed(world)[1].go("dispute", "take_down")


def by_the_clock(world: "World") -> None:
    for last, days in (("told", 5), ("correct", 5), (None, 120)):
        _, notice = noticed(world)
        if last:
            notice.go(last)
        notice.later(days=days)
        assert notice.row.ended_at is not None
    noticed(world)[1].go("withdraw")


WAYS = (performed, enforced, unanswered, notices, by_the_clock)
