"""`gantang train`: a model of classes from what this deployment decided, for suggestions at the desk."""

from typing import TYPE_CHECKING, Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import bar, say

if TYPE_CHECKING:
    from gantang.advice.types import Card


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("train")(train)


def train(
    shown: Annotated[
        bool, typer.Option("--show", help="只看现用的模型，不训练。 Show the model in use, train nothing.")
    ] = False,
) -> None:
    """由本单位已定类的事项训练类别建议；须装附加部分 advice。事项不够或不够准时不启用，退出码为 1。

    Train the suggestion of classes from the matters that people here decided; needs the extra advice.
    Ends with 1 where there are too few, or a model is too often wrong; the former model then stays in use.
    """
    with surroundings.django():
        from gantang.advice import queries, service
        from gantang.kit import clock

        if shown:
            card = queries.card()
        else:
            with bar("训练 … training") as progress:
                card = service.train(now=clock.now(), progress=progress)
        if card is None:
            say("还没有模型，工作台不显示建议。 There is no model; the desk shows no suggestions.")
            raise typer.Exit(1)
        _tell(card)


def _tell(card: "Card") -> None:
    """The figures, all of matters that the model had not seen."""
    say(f"模型 model {card.model}  {card.made_at:%Y-%m-%d %H:%M}")
    say(f"学了 learned from: {card.matters} 件事项 matters, {card.classes} 个类别 classes")
    say("在没见过的事项上 on matters that it had not seen:")
    for name, share in (
        ("各类 F1 的平均 macro-F1", card.macro_f1),
        ("第一建议正确 first suggestion right", card.top_one),
        ("前三之中有 among the first three", card.top_three),
        ("把握的误差 calibration error", card.calibration_error),
        ("不作声 silent", card.silent),
        ("作声时正确 right when it speaks", card.right_when_spoken),
    ):
        say(f"  {share:6.1%}  {name}")
    say(f"把握低于 {card.threshold:.0%} 时不作声。 Silent below a confidence of {card.threshold:.0%}.")
