"""`gantang jobs`: what the worker failed at, and another try for it."""

from typing import Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say

_REMEDY = (
    "查清原因（logs/worker.log）之后，用 gantang jobs release 再试。 "
    "Once the cause is mended (logs/worker.log), gantang jobs release tries again."
)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(no_args_is_help=True, help="后台任务。 The worker's jobs.")
    group.callback()(lambda: None)
    group.command("list")(list_)
    group.command("release")(release)
    app.add_typer(group, name="jobs")


def list_() -> None:
    """办不成的事项：还要再试的，和已经搁置的。 What failed: what is tried again, what is left alone."""
    with surroundings.django():
        from gantang.kit import trouble

        found = trouble.troubles()
        for one in found:
            when = f"再试 again {one.next_at:%m-%d %H:%M}" if one.next_at else "搁置 left alone"
            say(f"{one.id}  {one.job}  {one.item}  {one.error}  {one.tries}×  {when}")
        say(_REMEDY if found else "没有 none")


def release(
    numbers: Annotated[list[int], typer.Argument(help="编号，可写多个。 Their numbers.")],
) -> None:
    """让搁置的再试。 Try again what was left alone."""
    with surroundings.django():
        from dataclasses import replace

        from gantang.kit import clock, trouble
        from gantang.kit.actor import SYSTEM

        count = trouble.release(actor=replace(SYSTEM, admin=True), ids=numbers, now=clock.now())
        say(f"{count} 件再试 tried again")
