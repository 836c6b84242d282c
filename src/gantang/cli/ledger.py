"""`gantang ledger verify`: every chain recomputed, every head compared."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say

if TYPE_CHECKING:
    from gantang.ledger.types import Report

_REACH = (
    "整条流被删、或流与其首部一起退回到旧状态，须与检查点比对才能发现。 "
    "A whole stream removed, or a stream and its head set back together, is found by checkpoints only."
)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    group = typer.Typer(no_args_is_help=True, help="台账。 The ledger.")
    group.callback()(lambda: None)
    group.command("verify")(verify)
    app.add_typer(group, name="ledger")


def verify(
    city: Annotated[
        int | None, typer.Option(help="只核验一个市（四位代码）。 One city only, its four digits.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。 Print JSON.")] = False,
) -> None:
    """核验台账各链；有问题时退出码为 1。 Verify the chains; ends with 1 when something is found."""
    with surroundings.django():
        from gantang.ledger import queries

        report = queries.verify(city)
        say(_json(report)) if as_json else _tell(report)
    raise typer.Exit(0 if report.sound else 1)


def _json(report: "Report") -> str:
    body = {**asdict(report), "sound": report.sound}
    return json.dumps(body, default=str, ensure_ascii=False)


def _tell(report: "Report") -> None:
    for fault in report.faults:
        say(f"{fault.fault:<10} {fault.city} {fault.kind} {fault.stream} seq {fault.seq}")
    if report.more:
        say(f"… +{report.more}")
    verdict = "完好 sound" if report.sound else f"发现问题 faults: {len(report.faults) + report.more}"
    say(f"{report.streams} 条流 streams, {report.steps} 步 steps: {verdict}")
    say(_REACH)
