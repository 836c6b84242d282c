"""Aftercare and counselling (示例), taken in and given by the stations whose work they are."""

from datetime import datetime, timedelta
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.types import Contact, Filters, Report
from gantang.posts import queries as posts
from gantang.sample.plan import MARK
from gantang.sample.story import COUNTY, Story


class Care(Story):
    """Those who hold each duty in a station."""

    def key(self) -> str:
        return f"care-{super().key()}"

    def of(self, station: str, title: str) -> Actor:
        """Whoever holds the post of that title in the station of that name."""
        on = self.now.date()
        unit = next(
            one for one in posts.units(COUNTY, on=on) if one.kind == "service" and station in one.name
        )
        post = next(one for one in posts.posts(unit.id, on) if one.title == title)
        serving = posts.resolver(on).serving(unit=unit.id, post=post.id)[0]
        return posts.actor_of(account=serving.account, post=post.id, on=on)

    def asked(self, desk: Actor, klass: str, words: str) -> UUID:
        """Taken in at the station's own desk."""
        report = Report(
            words, "counter", klass, COUNTY, reporter=Contact(name="示例"), anonymous=False, on_behalf=True
        )
        return matters.intake(actor=desk, report=report, key=self.key(), now=self.now).matter


def make(*, now: datetime) -> bool:
    """Make them unless they are there already; say whether anything was made."""
    story = Care(now)
    desk = story.of("安置帮教", "受理岗")
    if queries.queue(desk, filters=Filters(view="all"), now=now, size=1).items:
        return False
    _served(story, desk)
    _booked(story)
    return True


def _served(story: Care, desk: Actor) -> None:
    """Agreed, helped to find work once; another waits for the person's word."""
    worker = story.of("安置帮教", "办理岗")
    matter = story.asked(desk, "service.aftercare", f"想学一门手艺{MARK}。")
    story.act(desk, matter, "agree", consent="in_writing", services=["training", "job_help"])
    story.act(worker, matter, "serve", services=["training"])
    story.asked(desk, "service.aftercare", f"户口要补办{MARK}。")


def _booked(story: Care) -> None:
    """A day agreed; another visit attended and checked."""
    desk, worker, check = (story.of("心理服务", title) for title in ("受理岗", "办理岗", "核验岗"))
    day = (story.now.date() + timedelta(days=3)).isoformat()
    for is_over in (False, True):
        matter = story.asked(desk, "service.counselling", f"下午联系{MARK}。")
        story.act(desk, matter, "book", consent="by_phone", day=day, form="at_the_room")
        if is_over:
            story.act(worker, matter, "attended", end_code="completed")
            story.act(check, matter, "check")
