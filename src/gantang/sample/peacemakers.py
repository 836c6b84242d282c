"""A village's peacemaker (示例): a post that it named; one small quarrel settled, one under way."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gantang.identity import service as identity
from gantang.kit.actor import Actor
from gantang.posts import queries
from gantang.posts import service as posts
from gantang.sample.disputes import VILLAGE
from gantang.sample.plan import MARK
from gantang.sample.services import Services

KLASS, TITLE = "peacemaking", "和事佬"
ACCOUNT = f"都昌县-周溪镇-新镇居委会-{TITLE}"
BASIS = "示例：村民代表会议推选（示例文件第 5 号）"
DRYING = f"晒谷占了邻居门前的路{MARK}。"
TREES = f"树枝伸到隔壁院子里{MARK}。"


class Peacemakers(Services):
    """Those who hold each duty, and the village's peacemaker."""

    def key(self) -> str:
        return f"peacemakers-{super().key()}"

    def given(self, words: str) -> tuple[UUID, Actor, Actor]:
        """Told at the portal, given to the village's post, taken up where everybody is willing."""
        matter, reporter = self.told(words, KLASS)
        self.act(self.desk, matter, "accept", assigned_by="nearest")
        maker = self.actor(VILLAGE, TITLE)
        self.act(maker, matter, "take_up", willing="all_willing")
        return matter, reporter, maker


def make(*, builder: Actor, now: datetime) -> bool:
    """Make them unless they are there already; say whether anything was made."""
    story = Peacemakers(now)
    if story.has("晒谷占了邻居"):
        return False
    if not _is_named(story):
        _named(story, builder)
    _settled(story)
    story.given(TREES)
    return True


def _is_named(story: Peacemakers) -> bool:
    """Whether the village has its post, as where a start was stopped before its quarrels were told."""
    unit = story.actor(VILLAGE, "综治专干岗").unit or 0
    return any(one.title == TITLE for one in queries.posts(unit, story.now.date()))


@transaction.atomic
def _named(story: Peacemakers, builder: Actor) -> None:
    """The administrator makes the post that the village named, and says that it answers for this class."""
    unit = story.actor(VILLAGE, "综治专干岗").unit or 0
    day, now = story.now.date(), story.now
    post = posts.make_post(
        actor=builder, unit=unit, title=TITLE, duties={"mediator"}, valid_from=day, now=now
    )
    (account,) = identity.make_accounts(actor=builder, usernames=[ACCOUNT], now=now)
    posts.appoint(actor=builder, post=post, account=account, valid_from=day, now=now)
    posts.set_remit(
        actor=builder,
        klass=KLASS,
        ground=VILLAGE,
        duty="mediator",
        unit=unit,
        basis=BASIS,
        valid_from=day,
        now=now,
    )


def _settled(story: Peacemakers) -> None:
    """Talked over twice, together; whoever asked says that it is settled."""
    matter, reporter, maker = story.given(DRYING)
    told = {"met": "together", "meetings": 2, "reply": "说好了轮着晒，路留出来。"}
    story.act(maker, matter, "settle", **told)
    story.act(reporter, matter, "confirm", rating=5)
