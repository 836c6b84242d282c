"""`gantang outage`: nobody could work from then till then; all clocks of a ground stood still."""

from datetime import datetime
from typing import Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say

_FORMATS = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
Moment = Annotated[datetime, typer.Option(formats=_FORMATS, help="本地时间。 Local time: 2026-11-23 09:00")]
Reason = Annotated[str, typer.Option(help="power、network、system、disaster、maintenance 或 other。 Why.")]
Ground = Annotated[str, typer.Option(help="区划代码；全部地方不写。 Division code; without it everywhere.")]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("outage")(outage)


def outage(since: Moment, until: Moment, reason: Reason, ground: Ground = "") -> None:
    """登记一段停运：期间所有期限停表；已经到期办理的不撤销。停运后先登记，再启动系统。

    Enter an outage: all deadlines stand still meanwhile; what had lapsed is not undone. After a breakdown
    enter it before the worker starts. Entered twice it is one; interrupted, the worker goes on with it.
    """
    with surroundings.django():
        from gantang.kit import clock
        from gantang.kit.actor import Actor
        from gantang.matters import queries, service

        begin, end = (one.replace(tzinfo=clock.ZONE) for one in (since, until))
        actor = Actor(client="command", admin=True)
        id_ = service.enter_outage(
            actor=actor, ground=ground, since=begin, until=end, reason=reason, now=clock.now()
        )
        while service.sweep(now=clock.now()):
            pass
        found = queries.get_sweep(id_)
        say(f"看了 looked at {found.looked}，推后 moved {found.moved}，出错 failed {found.failed}")
        if found.done_at is None:
            say("停运还没结束，结束后会再查一遍。 It still goes on: all is gone through again at its end.")
