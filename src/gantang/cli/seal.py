"""`gantang seal`: who holds a unit's box for protected tips, and whether their chains hold."""

from typing import Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    group = typer.Typer(no_args_is_help=True, help="线索举报的封存。 The seal on protected tips.")
    group.callback()(lambda: None)
    group.command("designate")(designate)
    group.command("verify")(verify)
    app.add_typer(group, name="seal")


def designate(
    unit: Annotated[int, typer.Argument(help="单位编号。 The unit's number.")],
    first: Annotated[int, typer.Argument(help="第一启封岗的编号。 The first post's number.")],
    second: Annotated[int, typer.Argument(help="第二启封岗的编号。 The second post's number.")],
) -> None:
    """指定本单位的两个启封岗；原来的箱子只保留已收的。

    Name the two posts of a unit that open tips. They then set their passphrases at /desk/sealed/.
    """
    with surroundings.django():
        from dataclasses import replace

        from gantang.kit import clock
        from gantang.kit.actor import SYSTEM
        from gantang.kit.errors import GantangError
        from gantang.matters.service import sealed

        try:
            sealed.designate(
                actor=replace(SYSTEM, admin=True), unit=unit, first=first, second=second, now=clock.now()
            )
        except GantangError as error:
            say(f"{error.words} {error.remedy_words}")
            raise typer.Exit(1) from None
        say(
            "已指定：请两个岗位各自登录 /desk/sealed/ 设口令。 Named: both posts set their passphrases there."
        )


def verify() -> None:
    """核验封存的各链，不用钥匙，不说多少。 Verify the sealed chains, without a key or a figure."""
    with surroundings.django():
        from gantang.matters.service import sealed

        sound = not sealed.faults() and sealed.fits()
        say("完好 sound" if sound else "发现问题 faults")
    raise typer.Exit(0 if sound else 1)
