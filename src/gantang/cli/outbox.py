"""`gantang outbox`: what waits to leave, what was given up, and another try for it."""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say

if TYPE_CHECKING:
    from gantang.kit.actor import Actor

Rows = Annotated[list[UUID], typer.Argument(help="编号，可写多个。 Their ids.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(no_args_is_help=True, help="外发（邮件、webhook 等）。 What leaves: mail, webhooks.")
    group.callback()(lambda: None)
    group.command("list")(list_)
    group.command("resend")(resend)
    group.command("drop")(drop)
    app.add_typer(group, name="outbox")


def list_() -> None:
    """各去向的积压，和没有送出的。 How each destination stands, and the dead letters."""
    with surroundings.django():
        from gantang.outbox import queries

        for one in queries.backlog(_actor()):
            since = f"{one.oldest_at:%m-%d %H:%M}" if one.oldest_at else "–"
            say(f"{one.destination}  待送 waiting {one.waiting} ({since})  未送达 dead {one.dead}")
        for name, lost in sorted(queries.answers_lost(_actor()).items()):
            say(f"{name}  答复遗失，至多重复 answers lost, at most so many doubles {lost}")
        for letter in queries.dead(_actor()):
            say(f"{letter.id}  {letter.destination}  {letter.kind}  {letter.error_code}  {letter.attempts}×")


def resend(rows: Rows) -> None:
    """再送没有送出的。 Send dead letters again."""
    with surroundings.django():
        from gantang.kit import clock
        from gantang.outbox import service

        say(f"{service.resend(actor=_actor(), ids=rows, now=clock.now())} 件再送 sent again")


def drop(rows: Rows) -> None:
    """不再送。 Give dead letters up for good."""
    with surroundings.django():
        from gantang.kit import clock
        from gantang.outbox import service

        say(f"{service.drop(actor=_actor(), ids=rows, now=clock.now())} 件不再送 given up")


def _actor() -> "Actor":
    """Whoever runs commands on the server."""
    from dataclasses import replace

    from gantang.kit.actor import SYSTEM

    return replace(SYSTEM, admin=True)
