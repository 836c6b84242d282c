"""`gantang end`: an overlay whose file was taken out of the packs folder holds no longer."""

from typing import Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say, say_error

Name = Annotated[str, typer.Argument(help="流程的名字。 The procedure's name.")]
Ground = Annotated[str, typer.Option(help="地方规定的区划代码。 The overlay's ground.")]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("end")(end)


def end(name: Name, ground: Ground) -> None:
    """停用文件已经删去的地方规定：新事项不再按它办，在办的照旧。

    End an overlay whose file is gone: new matters no longer follow it, running ones do.
    """
    with surroundings.django():
        from gantang.kit import clock
        from gantang.kit.actor import Actor
        from gantang.procedures import service

        actor = Actor(client="command", admin=True)
        for one in service.end_left_behind(actor=actor, name=name, ground=ground, now=clock.now()):
            say(f"停用 ended: {name} {one}")
        for error in service.seed(clock.now()):
            say_error(error)


def tell_left_behind() -> int:
    """Name every overlay that stands without a file, with the remedy; how many there are."""
    from gantang.procedures import service

    found = service.left_behind()
    for one in found:
        say_error(one)
    return len(found)
