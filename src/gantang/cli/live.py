"""`gantang live`: the live updates of open pages, as the supervisor runs them."""

import os

import typer

from gantang.host.options import options
from gantang.host.supervisor import live_command


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("live")(live)


def live() -> None:
    """打开着的页面的实时更新。 Live updates of open pages."""
    chosen = options()
    if not chosen.live_port:
        typer.echo("没有端口：请设置 GANTANG_LIVE_PORT。 No port: set GANTANG_LIVE_PORT.", err=True)
        raise typer.Exit(2)
    command = live_command(chosen, chosen.live_port)
    os.execv(command[0], command)  # noqa: S606 (a program of our own, without a shell)
