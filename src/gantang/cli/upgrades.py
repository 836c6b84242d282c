"""`gantang upgrades`: how far running matters have gone over to new versions of their procedures."""

from typing import TYPE_CHECKING

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say

if TYPE_CHECKING:
    from gantang.procedures.types import UpgradeState

WORDS = {"waits": "等待 waits", "works": "进行中 works", "done": "完成 done"}


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("upgrades")(upgrades)


def upgrades() -> None:
    """正在办的事项升到新版流程，做到哪儿了。 How far running matters went over to new versions."""
    with surroundings.django():
        from gantang.kit import clock
        from gantang.procedures import queries

        found = queries.upgrades(clock.now())
        if not found:
            say("还没有升版。 No upgrade yet.")
        for one in found:
            say(_line(one))


def _line(one: "UpgradeState") -> str:
    day = f"  {one.done_at:%Y-%m-%d %H:%M}" if one.done_at else ""
    return (
        f"{one.name} {one.old_version} → {one.new_version}  {WORDS[one.state]}{day}"
        f"  已升 went over {one.moved}"
    )
