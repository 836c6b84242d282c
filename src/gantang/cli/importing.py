"""`gantang import matters FILE --mapping MAP`: what another system knew, taken in row by row, once."""

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import bar, say

if TYPE_CHECKING:
    from gantang.matters.types import Line

#: So many rows with something to say are shown; all of them stand in the file of ``--errors``.
SHOWN = 20
COLUMNS = ("行 row", "结果 result", "原因 reason", "改法 remedy")

File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="CSV、xlsx，可用 gzip 压缩。 The table.")
]
MappingPath = Annotated[
    Path,
    typer.Option(
        "--mapping", "-m", exists=True, dir_okay=False, help="映射文件。 Which column is what (YAML)."
    ),
]
Errors = Annotated[
    Path | None,
    typer.Option("--errors", help="把出错和有提醒的行写进这个 CSV。 Write errors and warnings to this CSV."),
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    group = typer.Typer(no_args_is_help=True, help="导入。 Bring in what other systems know.")
    group.callback()(lambda: None)
    group.command("matters")(matters)
    app.add_typer(group, name="import")


Jobs = Annotated[
    int | None,
    typer.Option(
        min=1, max=64, help="同时用几个进程；默认每个处理器一个。 Processes at a time; else one a core."
    ),
]
#: A process takes a second or two to be there: fewer rows than this are sooner done by one.
FEW = 5000
MOST_JOBS = 8


def matters(file: File, mapping: MappingPath, errors: Errors = None, jobs: Jobs = None) -> None:
    """导入事项；再导一次不会重复。有行出错时退出码为 1。 Import matters; ends with 1 on any error."""
    with surroundings.django():
        from gantang.kit import clock
        from gantang.matters import service

        # Millions of small rows, no cycles among them: looking for cycles at every turn costs a fifth.
        gc.freeze()
        gc.set_threshold(100_000, 10, 10)
        plan = service.read_mapping(mapping)
        total, since = service.count_rows(file, plan), monotonic()
        told: Counter[str] = Counter()
        with bar(f"导入 … {file.name}") as progress:
            many = jobs or (1 if total < FEW else min(os.cpu_count() or 1, MOST_JOBS))
            lines = service.import_sheet(path=file, mapping=plan, clock=clock.now, jobs=many)
            _write(errors, _shown(_counted(lines, told, total, progress)))
        _sum_up(told, monotonic() - since, errors)
    raise typer.Exit(1 if told["error"] else 0)


def _counted(
    lines: "Iterable[Line]", told: Counter[str], total: int, progress: Callable[[int, int], None]
) -> "Iterator[Line]":
    """All lines, counted by what became of them; those that have something to say go on."""
    for done, line in enumerate(lines, start=1):
        told[line.kind] += 1
        if done % 100 == 0 or done >= total:
            progress(done, total)
        if line.reason and line.kind != "again":
            told["warning"] += line.kind == "added"
            yield line


def _shown(lines: "Iterable[Line]") -> "Iterator[Line]":
    for number, line in enumerate(lines):
        if number < SHOWN:
            say(f"{line.row:>7}  {line.reason} {line.remedy}")
        elif number == SHOWN:
            say("     …")
        yield line


def _write(path: Path | None, lines: "Iterable[Line]") -> None:
    """The CSV beside, written as the lines come."""
    from gantang.sheets.service import write_csv

    rows = ((line.row, _word(line), line.reason, line.remedy) for line in lines)
    if path is None:
        for _row in rows:
            pass
        return
    with path.open("wb") as file:
        for piece in write_csv(COLUMNS, rows):
            file.write(piece)


def _word(line: "Line") -> str:
    return "出错 error" if line.kind == "error" else "提醒 warning"


def _sum_up(told: Counter[str], seconds: float, errors: Path | None) -> None:
    rows = told["added"] + told["again"] + told["error"]
    say(
        f"新导入 added {told['added']}，以前已导入 there before {told['again']}，"
        f"出错 errors {told['error']}，提醒 warnings {told['warning']}"
    )
    say(f"{rows} 行 rows, {seconds:.1f} s, {rows / max(seconds, 0.001):.0f} 行/秒 rows/s")
    if errors is not None and told["error"] + told["warning"]:
        say(f"→ {errors}")
