"""Entered by an administrator of the county (示例): a grid worker's hours, a change of grids that waits."""

from datetime import date, datetime, timedelta

from gantang.kit.actor import Actor
from gantang.learning import queries as learning
from gantang.learning import service
from gantang.sample.disputes import VILLAGE
from gantang.sample.plan import MARK
from gantang.sample.story import COUNTY, Story
from gantang.territory import queries as territory
from gantang.territory import service as ground

WORKER, HOURS, TRAINING = "网格员001", 12, f"网格员岗前培训{MARK}"
TITLE, BASIS = f"两个网格合并{MARK}", "示例文件第 4 号"


def make(*, now: datetime) -> bool:
    """Make them unless they are there already; say whether anything was made."""
    story = Story(now)
    worker, admin = story.actor(VILLAGE, WORKER), story.actor(COUNTY, "系统管理岗")
    if learning.hours({worker.account or 0: date(now.year, 1, 1)}, on=now.date()):
        return False
    service.declare_training(
        actor=admin,
        post=worker.post or 0,
        on=now.date(),
        topic=TRAINING,
        hours=HOURS,
        key="sample-training-worker",
        now=now,
    )
    _drafted(admin, now)
    return True


def _drafted(admin: Actor, now: datetime) -> None:
    """Two grids of the village would become one; nothing changes before another administrator agrees."""
    grids = [one.code for one in territory.grids(VILLAGE, on=now.date())][-2:]
    ground.draft_change(
        actor=admin,
        title=TITLE,
        basis=BASIS,
        effective_on=now.date() + timedelta(days=30),
        operations=[("merge", {"grids": grids, "name": f"合并网格{MARK}"})],
        now=now,
    )
