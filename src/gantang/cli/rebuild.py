"""`gantang rebuild`: every row and every count from the ledger, compared or put right."""

import json
from contextlib import nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import bar, say

if TYPE_CHECKING:
    from gantang.matters.types import Listed, Rebuilt

_REMEDY = (
    "要点、点位、保险库条目、人员行和断链不能由重建恢复：请在工作台更正，或从备份恢复。 "
    "A gist, a point, a vault entry, a person's row and a broken chain are not rebuilt: "
    "mend them at the desk or restore a backup."
)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("rebuild")(rebuild)


def rebuild(
    city: Annotated[
        int | None, typer.Option(help="只重建一个市（四位代码）。 One city only, its four digits.")
    ] = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="把能重建的改正过来。 Put right what can be rebuilt.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。 Print JSON.")] = False,
) -> None:
    """由台账重建各行各数并比对；有不符且未改正时退出码为 1。

    Rebuild rows and counts from the ledger; ends with 1 where something differs and is not mended. Safe to
    interrupt: what was mended stays so, and a second run goes on.
    """
    with surroundings.django():
        from gantang.kit import clock
        from gantang.matters import service

        with nullcontext() if as_json else bar("由台账重建 … rebuilding") as progress:
            rebuilt = service.rebuild(now=clock.now(), city=city, repair=repair, progress=progress)
        say(_json(rebuilt)) if as_json else _tell(rebuilt)
    raise typer.Exit(0 if rebuilt.sound else 1)


def _json(rebuilt: "Rebuilt") -> str:
    return json.dumps({**asdict(rebuilt), "sound": rebuilt.sound}, default=str, ensure_ascii=False)


def _tell(rebuilt: "Rebuilt") -> None:
    _list(rebuilt.mended, "已改正 mended")
    _list(rebuilt.found, "不符 differs")
    verdict = "与台账一致 as the ledger says" if rebuilt.sound else "与台账不符 not as the ledger says"
    say(f"{rebuilt.matters} 件事项 matters, {rebuilt.steps} 步 steps: {verdict}")
    if not rebuilt.sound:
        say(_REMEDY)


def _list(listed: "Listed", word: str) -> None:
    from gantang.kit import numbers

    for one in listed.differences:
        number = numbers.show(one.number) if len(one.number) == 9 else one.number
        say(f"{word}: {one.city} {number} {one.column}: {one.stored} → {one.rebuilt}")
    for each in listed.counts:
        say(f"{word}: {each.city} tally {' '.join(each.key)}: {each.kept} → {each.rebuilt}")
    if listed.more:
        say(f"{word}: … +{listed.more}")
