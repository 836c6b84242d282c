"""`gantang posts …`: units, posts, appointments and remits from sheets; who answers; what changed."""

import json
import sys
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say

if TYPE_CHECKING:
    from gantang.kit.actor import Actor
    from gantang.posts.types import RemitChange, RemitView, SheetReport, StaffFinding

#: So many rows with an error are shown; all of them stand in the sheet that comes back.
SHOWN = 20
#: Columns where there is no terminal to ask.
PIPED = 160


class Kind(StrEnum):
    """What a sheet holds."""

    remits = "remits"
    units = "units"
    posts = "posts"
    appointments = "appointments"


File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV 或 xlsx。 The table.")]
KindOf = Annotated[Kind, typer.Option("--kind", "-k", help="表里是什么。 What the rows are.")]
Replace = Annotated[
    bool,
    typer.Option(
        "--replace", help="与现有条目重叠时，从新条目开始之日终止现有的。 End what stands in the way."
    ),
]
Dry = Annotated[bool, typer.Option("--dry", help="只检查，不改动。 Only tell, change nothing.")]
Errors = Annotated[
    Path | None,
    typer.Option("--errors", help="标好错误的表存到哪里。 Where the sheet with its errors goes (xlsx)."),
]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON。 Print JSON.")]
Ground = Annotated[str, typer.Option(help="区划或网格代码。 Code of a division or grid.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="哪一天，默认今天。 The day.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(no_args_is_help=True, help="单位、岗位与归口。 Units, posts and remits.")
    group.callback()(lambda: None)
    group.command("import")(import_)
    group.command("diff")(diff)
    group.command("who")(who)
    group.command("check")(check)
    app.add_typer(group, name="posts")


def import_(
    file: File, kind: KindOf, replace: Replace = False, dry: Dry = False, errors: Errors = None
) -> None:
    """一行出错，整张表都不导入，并把标好错误的表交回来；再导一次不会重复。有错时退出码为 1。

    One faulty row and nothing is taken: the sheet comes back with its errors. Ends with 1 on any error.
    """
    with surroundings.django():
        from gantang.kit import clock
        from gantang.posts import service

        report = service.import_sheet(
            actor=_actor(), table=file, kind=kind.value, replace=replace, dry=dry, now=clock.now()
        )
        _tell(report)
        if report.errors:
            path = errors or file.with_name(f"{file.stem}-errors.xlsx")
            with path.open("wb") as out:
                out.writelines(service.returned(report))
            say(f"→ {path}")
    raise typer.Exit(1 if report.errors else 0)


def diff(
    before: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="前一天。 One day.")],
    after: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="后一天。 Another day.")],
    ground: Ground = "",
    as_json: Json = False,
) -> None:
    """两个日期之间归口有什么不同。 What the remits say differently on two days."""
    with surroundings.django():
        from gantang.posts import queries

        found = queries.remit_changes(before.date(), after.date(), ground=ground)
        if as_json:
            typer.echo(json.dumps([_body(one) for one in found], ensure_ascii=False, indent=1))
            return
        units = queries.unit_names(
            one.unit for change in found for one in (change.before, change.after) if one is not None
        )
        for one in found:
            mark = {"added": "+", "ended": "-", "changed": "~"}[one.kind]
            was, now = (units.get(r.unit, "") if r else "—" for r in (one.before, one.after))
            place = f"{queries.ground_words(one.ground)} {one.ground}"
            what = f"{queries.class_words(one.klass)} {queries.DUTY_WORDS[one.duty]}"
            say(f"{mark} {place} {what}: {was} → {now}")
        say(f"{len(found)} 处不同 differences")


def who(
    klass: Annotated[str, typer.Argument(metavar="CLASS", help="类别代码。 Code of the class.")],
    ground: Annotated[str, typer.Argument(help="区划或网格代码。 Code of a division or grid.")],
    duty: Annotated[str, typer.Option(help="职责代码。 The duty.")] = "handler",
    on: Day = None,
) -> None:
    """这里的这类事由谁负责，为什么；没有人时退出码为 1。 Who answers here for this, and why; 1 if nobody."""
    with surroundings.django():
        from gantang.kit import clock
        from gantang.posts import queries

        day = on.date() if on else clock.now().date()
        found = queries.why(klass=klass, ground=ground, duty=duty, on=day)
        say(queries.reason_words(found))
    raise typer.Exit(0 if found.answering else 1)


def check(
    ground: Annotated[str, typer.Argument(help="区划代码；不写就是全部。 Code of a division.")] = "",
    kind: Annotated[str, typer.Option(help="只看一种。 Only findings of this kind.")] = "",
    on: Day = None,
    as_json: Json = False,
) -> None:
    """查岗位配备：空缺、五项功能、网格1+N、六员、学时、一村一警、无人所一人所；有毛病时退出码为 1。

    Check the staffing: vacancies, functions of centres, grids, hours, police, justice. 1 on any finding.
    """
    with surroundings.django():
        from gantang.kit import clock
        from gantang.learning import queries as learning
        from gantang.posts import queries
        from gantang.territory import queries as territory

        found = queries.check(ground, on=on.date() if on else clock.now().date(), hours=learning.hours)
        found = [one for one in found if not kind or one.kind == kind]
        if as_json:
            typer.echo(json.dumps([_finding(one) for one in found], ensure_ascii=False, indent=1))
        else:
            _table(found, territory.names({one.ground for one in found}))
    raise typer.Exit(1 if found else 0)


def _finding(one: "StaffFinding") -> dict[str, Any]:
    from gantang.posts import queries

    return {**asdict(one), "sentence": queries.finding_words(one)}


def _table(found: "list[StaffFinding]", names: "dict[str, str]") -> None:
    from rich.console import Console
    from rich.table import Table

    from gantang.posts import queries

    console = Console() if sys.stdout.isatty() else Console(width=PIPED)
    if found:
        table = Table()
        table.add_column("种类 kind", min_width=10)
        table.add_column("地方 ground", min_width=16)
        table.add_column("毛病 finding", overflow="fold")
        for one in found:
            where = f"{names.get(one.ground, '')} {one.ground}"
            table.add_row(str(queries.FINDING_WORDS[one.kind]), where, queries.finding_words(one))
        console.print(table)
    many = Counter(one.kind for one in found)
    for kind, count in many.items():
        console.print(f"{queries.FINDING_WORDS[kind]} {kind}: {count}", highlight=False)
    console.print(f"{len(found)} 处毛病 findings" if found else "没有毛病 no finding", highlight=False)


def _actor() -> "Actor":
    """Whoever runs commands on the machine administers."""
    from gantang.kit.actor import Actor

    return Actor(client="command", admin=True)


def _tell(report: "SheetReport") -> None:
    for line in report.errors[:SHOWN]:
        say(f"{line.row:>7}  {line.reason} {line.remedy}")
    if len(report.errors) > SHOWN:
        say("     …")
    say(
        f"新增 added {report.count('added')}，变更 changed {report.count('changed')}，"
        f"不变 same {report.count('same')}，出错 errors {report.count('error')}"
    )
    if not report.taken:
        say("没有改动任何内容。 Nothing was changed.")


def _body(one: "RemitChange") -> dict[str, Any]:
    return {
        "kind": one.kind,
        "class": one.klass,
        "ground": one.ground,
        "duty": one.duty,
        "before": _remit(one.before),
        "after": _remit(one.after),
    }


def _remit(one: "RemitView | None") -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "remit": one.id,
        "unit": one.unit,
        "cooperating": list(one.cooperating),
        "leader": one.leader,
        "basis": one.basis,
        "from": one.valid_from.isoformat(),
        "to": one.valid_to.isoformat() if one.valid_to else None,
    }
