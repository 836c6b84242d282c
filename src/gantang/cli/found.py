"""What `gantang check` found, as a table for people and as JSON for programs."""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gantang.cli.stories import Untold

if TYPE_CHECKING:
    from gantang.engine import Bound, Finding
    from gantang.engine.check import Blind, Length
    from gantang.kit.errors import GantangError

#: Columns where there is no terminal to ask.
PIPED = 160
#: How many classes a row of the table of blind spots names before it counts the rest.
NAMED = 6


@dataclass(frozen=True, slots=True)
class Spot:
    """A blind spot of the deployment, with the name of its ground."""

    row: "Blind"
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """All that one run has to say; `bounds` by the key of the procedure, `spots` None where not asked for."""

    findings: list["Finding"]
    bounds: list[tuple[str, "Bound"]]
    calendar: str
    stories: int
    spots: list[Spot] | None
    #: Overlays in force whose file is gone: told, no finding.
    left: "list[GantangError]" = field(default_factory=list)
    #: What no story tells of: said, no finding.
    untold: list[Untold] = field(default_factory=list)


def print_json(found: Found) -> None:
    body: dict[str, Any] = {
        "calendar": found.calendar,
        "findings": [_finding(one) for one in found.findings],
        "bounds": [
            {"procedure": name, "first": _length(one.first), "last": _length(one.last)}
            for name, one in found.bounds
        ],
        "stories": {
            "played": found.stories,
            "failed": sum(one.kind == "story" for one in found.findings),
            "untold": [
                {"procedure": one.procedure, "moves": list(one.moves), "late": list(one.late)}
                for one in found.untold
            ],
        },
    }
    if found.spots is not None:
        body["blind_spots"] = [
            {
                "ground": one.row.ground,
                "name": one.name,
                "duty": one.row.duty,
                "classes": list(one.row.classes),
            }
            for one in found.spots
        ]
        body["left_behind"] = [
            {**one.details, "sentence": one.words, "remedy": one.remedy_words} for one in found.left
        ]
    typer.echo(json.dumps(body, ensure_ascii=False, indent=1))


def _finding(one: "Finding") -> dict[str, Any]:
    sentence, remedy = one.sentence, one.remedy
    return {
        "kind": one.kind,
        "file": one.file,
        "line": one.line,
        "place": one.place,
        "sentence": {"zh-Hans": sentence.zh, "en": sentence.en},
        "remedy": {"zh-Hans": remedy.zh, "en": remedy.en},
    }


def _length(one: "Length | None") -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "days": one.days,
        "own": [str(span) for span in one.own],
        "start": str(one.start),
        "end": one.end.isoformat(),
        "path": [{"move": move, "state": state} for move, state in one.path],
        "answers": dict(one.rows),
    }


def print_all(found: Found) -> None:
    console = Console() if sys.stdout.isatty() else Console(width=PIPED)
    if found.findings:
        console.print(_findings_table(found.findings))
    if found.spots:
        console.print(_spots_table(found.spots))
    for error in found.left:
        console.print(Text(f"{error.words}\n{error.remedy_words}"), style="bold yellow")
    for name, one in found.bounds:
        console.print(f"[bold]{name}[/bold]", highlight=False)
        _print_length(console, "到第一个终点 to the first end", one.first)
        _print_length(console, "到最后的终点 to the last end", one.last)
    console.print(f"日历 calendar: {found.calendar}", highlight=False)
    console.print(f"演了{found.stories}个情景 stories played: {found.stories}", highlight=False)
    for lacking in found.untold:
        console.print(Text(_untold(lacking)), style="yellow")
    many = len(found.findings) + len(found.spots or ())
    verdict = f"{many} 处毛病 findings" if many else "没有毛病 no finding"
    console.print(verdict, style="bold red" if many else "bold green", highlight=False)


def _untold(one: Untold) -> str:
    parts = list(one.moves) + [f"late #{n}" for n in one.late]
    return f"{one.procedure}：没有情景走到 no story makes: {', '.join(parts)}"


def _findings_table(findings: list["Finding"]) -> Table:
    from gantang.engine.check.say import CHINESE

    table = Table(show_lines=True, expand=True)
    wide = max(len(_where(one)) for one in findings)
    table.add_column("位置 where", min_width=wide, no_wrap=True)
    table.add_column("种类 kind", min_width=10, overflow="fold")
    table.add_column("毛病 finding", ratio=5, overflow="fold")
    table.add_column("改法 remedy", ratio=3, overflow="fold")
    for one in findings:
        cells = (
            _where(one),
            f"{CHINESE.get(one.kind, '')} {one.kind}".strip(),
            f"{one.sentence.zh}\n{one.sentence.en}",
            f"{one.remedy.zh}\n{one.remedy.en}",
        )
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _where(one: "Finding") -> str:
    return f"{one.file}:{one.line}"


def _spots_table(spots: Iterable[Spot]) -> Table:
    """Where no unit in office holds a duty: each place at the highest ground that lacks it."""
    table = Table(
        title="盲区：没有在任单位承担 nobody in office holds the duty", show_lines=True, expand=True
    )
    table.add_column("地方 ground", ratio=3, overflow="fold")
    table.add_column("职责 duty", min_width=12)
    table.add_column("类别 classes", ratio=6, overflow="fold")
    for one in spots:
        table.add_row(
            Text(f"{one.name} {one.row.ground}"), Text(_duty(one.row.duty)), Text(_classes(one.row.classes))
        )
    return table


def _duty(duty: str) -> str:
    from gantang.engine.run.say import DUTY_WORDS

    return f"{DUTY_WORDS[duty].zh} {duty}"


def _classes(classes: tuple[str, ...]) -> str:
    more = len(classes) - NAMED
    return ", ".join(classes[:NAMED]) + (f" … {len(classes)}" if more > 0 else "")


def _print_length(console: Console, title: str, one: "Length | None") -> None:
    if one is None:
        console.print(f"  {title}: 没有上限 unbounded", highlight=False)
        return
    words = one.words()
    answers = "".join(f" {name}={code}" for name, code in one.rows.items())
    console.print(
        f"  {title}: {words.zh}\n    {words.en}{answers}\n    {one.way()}", highlight=False, markup=False
    )
