"""`gantang ledger`: checkpoints made and kept elsewhere; every chain recomputed, every head compared."""

import json
import os
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import bar, say, say_error
from gantang.host.options import options

if TYPE_CHECKING:
    from gantang.ledger.types import Fault, Made, Report

_STATE, _MOST_JOBS = "verify.jsonl", 8
#: What was found, in words; docs/how-to/verify-the-ledger.md has them at length.
_FOUND = {
    "edit": "有一步被改过 a step was changed",
    "deletion": "中间少了一步 a step in the middle is gone",
    "reorder": "步骤的顺序被动过 steps changed places",
    "insertion": "多了一步 a step was put in",
    "truncation": "末尾的步骤没有了 the last steps are gone",
    "head": "链头不在，或对不上 the chain's head is missing or another",
    "removed": "整条流没有了 the whole stream is gone",
    "rollback": "退回到了从前 set back to what it was before",
    "forged": "检查点被改过，或不是本系统签的 a checkpoint was changed, or is not signed by us",
    "gap": "中间少了一个检查点 a checkpoint is missing between others",
    "wound_back": "数据库比留存的检查点旧 the database is older than the checkpoints that were kept",
    "file": "密钥旁的文件少了检查点 the file beside the keys lost checkpoints",
    "leaves": "检查点所见的各条流被改过 what the checkpoint saw of the streams was changed",
}
_REMEDY = (
    "请停用网站，把数据库文件夹原样留一份，再按 docs/how-to/verify-the-ledger.md 查。 "
    "Stop the site, keep a copy of the database folder as it is, then see docs/how-to/verify-the-ledger.md."
)
_REACH = (
    "上一个检查点之后才开的流被整条删除，下一个检查点建立之前不能发现；请把检查点导出，存放在别处。 "
    "What was opened after the last checkpoint can be removed unseen until the next; "
    "keep an export elsewhere."
)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(no_args_is_help=True, help="台账。 The ledger.")
    group.callback()(lambda: None)
    group.command("verify")(verify)
    group.command("checkpoint")(checkpoint)
    group.command("checkpoints")(checkpoints)
    app.add_typer(group, name="ledger")


def verify(
    city: Annotated[
        int | None, typer.Option(help="只核验一个市（四位代码）。 One city only, its four digits.")
    ] = None,
    outside: Annotated[
        Path | None,
        typer.Option(
            "--checkpoints",
            exists=True,
            dir_okay=False,
            help="与别处存放的检查点比对。 Compare with checkpoints kept elsewhere.",
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1, max=64, help="同时用几个进程；默认每个处理器一个。 Processes at a time; else one a core."
        ),
    ] = None,
    afresh: Annotated[
        bool,
        typer.Option("--afresh", help="不接着上次，从头核验。 From the beginning, not where it stopped."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。 Print JSON.")] = False,
) -> None:
    """核验台账各链和检查点；有问题时退出码为 1。 Verify chains and checkpoints; 1 when something is found.

    Safe to end at any moment: asked again, it goes on with what is left.
    """
    with surroundings.django():
        from gantang.kit import clock
        from gantang.ledger import queries

        with nullcontext() if as_json else bar("核验台账 … verifying") as progress:
            report = queries.verify_in_parts(
                city,
                state=options().data_dir / _STATE,
                now=clock.now(),
                jobs=jobs or min(os.cpu_count() or 1, _MOST_JOBS),
                afresh=afresh,
                checkpoints=outside,
                progress=progress,
            )
        say(_json(report)) if as_json else _tell(report)
    raise typer.Exit(0 if report.sound else 1)


def checkpoint(
    city: Annotated[
        int | None, typer.Option(help="只建一个市（四位代码）的。 One city only, its four digits.")
    ] = None,
    accept: Annotated[
        bool,
        typer.Option(
            "--accept", help="查清之后由人负责：按现状继续。 Answer for what does not fit: go on from here."
        ),
    ] = False,
) -> None:
    """建立检查点；不符时拒绝，退出码为 1。 Make checkpoints; ends with 1 where something does not fit."""
    with surroundings.django():
        from gantang.kit import clock
        from gantang.kit.errors import GantangError
        from gantang.ledger import queries, service

        good = True
        cities = [city] if city is not None else [one.city for one in queries.stands() if one.city]
        for each in cities:
            try:
                made = service.checkpoint(each, now=clock.now(), accept=accept)
            except GantangError as error:
                say_error(error)
                good = False
                continue
            _made(made)
            good = good and (accept or not made.faults)
    raise typer.Exit(0 if good else 1)


def checkpoints(
    export: Annotated[
        Path | None,
        typer.Option(help="写入这个文件，存放在别处。 Write them to a file to be kept elsewhere."),
    ] = None,
) -> None:
    """各市最近的检查点，或全部导出。 Each city's last checkpoint, or all of them into a file."""
    with surroundings.django():
        from gantang.ledger import queries

        if export is not None:
            say(f"{queries.export(export)} 个检查点 checkpoints: {export}")
            return
        for one in queries.stands():
            when = f"{one.day} #{one.no}" if one.no else "还没有 none yet"
            say(f"{one.city or '封存 sealed'}  {when}")


def _made(made: "Made") -> None:
    for fault in made.faults:
        say(_line(fault))
    say(f"{made.city} {made.day} #{made.no}: {made.streams} 条流 streams, {made.steps} 步 steps, {made.root}")


def _json(report: "Report") -> str:
    body = {**asdict(report), "sound": report.sound}
    return json.dumps(body, default=str, ensure_ascii=False)


def _tell(report: "Report") -> None:
    for fault in report.faults:
        say(_line(fault))
    if report.more:
        say(f"… +{report.more}")
    for one in report.chain:
        say(f"{one.fault:<10} {one.city} 检查点 checkpoint #{one.no}  {_FOUND[one.fault]}")
    many = len(report.faults) + report.more + len(report.chain)
    verdict = "完好 sound" if report.sound else f"发现问题 faults: {many}"
    say(
        f"{report.streams} 条流 streams, {report.steps} 步 steps, "
        f"{report.checkpoints} 个检查点 checkpoints: {verdict}"
    )
    say(_REACH if report.sound else _REMEDY)


def _line(fault: "Fault") -> str:
    told = _FOUND[fault.fault]
    return f"{fault.fault:<10} {fault.city} {fault.kind} {fault.stream} seq {fault.seq}  {told}"
