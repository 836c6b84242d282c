"""`gantang ground import|export|check`: grids from files, to files, and what is wrong with them."""

import json
from collections import Counter
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gantang.cli import layers, surroundings
from gantang.cli.screen import bar, say

if TYPE_CHECKING:
    from gantang.kit.actor import Actor
    from gantang.territory.types import DatumFit, GroundFile, GroundFinding, GroundPlan, Size

#: So many rows with something to say are shown; all of them stand in the file of ``--errors``.
SHOWN = 20
DATUMS = {
    "cgcs2000": "CGCS2000",
    "wgs84": "WGS-84",
    "gcj02": "GCJ-02（高德、腾讯等地图）",
    "bd09": "BD-09（百度地图）",
}

File = Annotated[
    Path,
    typer.Argument(
        exists=True,
        dir_okay=False,
        help="CSV、xlsx、GeoJSON、Shapefile（可打成 zip）、GeoPackage。 The file.",
    ),
]
Target = Annotated[
    Path, typer.Argument(dir_okay=False, help="写到哪个文件，格式看后缀。 Where to; by its ending.")
]
DatumName = Annotated[
    str | None,
    typer.Option(
        "--datum", help="坐标是哪一种：cgcs2000、wgs84、gcj02、bd09。 What the coordinates are given in."
    ),
]
Against = Annotated[
    Path | None,
    typer.Option(
        exists=True,
        dir_okay=False,
        help="区划边界文件，用来核对坐标。 Outlines of divisions to compare with.",
    ),
]
Column = Annotated[
    list[str] | None, typer.Option("--column", help="哪一列是什么，如 code=网格编号。 Which column is what.")
]
Ground = Annotated[str, typer.Option(help="区划代码；按名称找村时在这个范围里找。 Division code.")]
Sheet = Annotated[str, typer.Option(help="工作表或图层。 The worksheet or the layer.")]
Since = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], help="新网格从哪天起启用，默认今天。 New grids are in force from; today."
    ),
]
Errors = Annotated[
    Path | None,
    typer.Option(
        "--errors", help="把出错和有提醒的行写回表格（csv、xlsx）。 Rows with faults, written back."
    ),
]
GoodRows = Annotated[
    bool, typer.Option("--good-rows", help="有行出错时只导入其余的行。 Take the other rows even so.")
]
Day = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="哪一天，默认今天。 The day; today.")
]
Yes = Annotated[bool, typer.Option("--yes", help="不再询问。 Take it without asking.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(no_args_is_help=True, help="网格。 Grids.")
    group.callback()(lambda: None)
    group.command("import")(import_)
    group.command("export")(export)
    group.command("check")(check)
    group.command("layers")(layers.layers)
    app.add_typer(group, name="ground")


def import_(
    file: File,
    datum: DatumName = None,
    against: Against = None,
    column: Column = None,
    ground: Ground = "",
    sheet: Sheet = "",
    since: Since = None,
    errors: Errors = None,
    good_rows: GoodRows = False,
    yes: Yes = False,
) -> None:
    """先说会变什么，再问要不要导入；再导一次不会重复。有行出错时不导入，退出码为 1。

    Tells what would change, then asks; a second run changes nothing. With a faulty row nothing is taken
    and it ends with 1.
    """
    if datum is not None and datum not in DATUMS:
        raise typer.BadParameter(f"--datum: {'、'.join(DATUMS)}")
    with surroundings.django():
        from gantang.kit import clock
        from gantang.territory import service

        today = clock.now().date()
        read = service.read_ground(file, columns_told=_told(column), ground=ground, sheet=sheet)
        _tell_file(read)
        chosen = _datum(read, datum, against, today, yes=yes)
        plan = service.plan_ground(read, datum=chosen, on=today)
        if errors is not None and service.write_faults(errors, source=file, lines=plan.lines, sheet=sheet):
            say(f"→ {errors}")
        counts = _tell_plan(plan)
        if counts["error"] and not good_rows:
            say("有行出错，什么都没有导入。 Nothing was taken.")
            raise typer.Exit(1)
        if plan.take and (yes or typer.confirm("导入吗？ Take it?")):
            _take(plan, since.date() if since else today)
    raise typer.Exit(1 if counts["error"] else 0)


def _told(column: list[str] | None) -> dict[str, str]:
    pairs = [one.partition("=") for one in column or ()]
    if not all(name and sign for name, sign, _ in pairs):
        raise typer.BadParameter("--column code=网格编号")
    return {name: value for name, _, value in pairs}


def _tell_file(read: "GroundFile") -> None:
    say(f"{read.name}: {len(read.rows) + len(read.faults)} 行 rows {read.encoding} {_short(read.system)}")
    for field, column in read.fields.items():
        say(f"  {field:<10} ← {column}")
    if read.unused:
        say(f"  不用的列 not used: {'、'.join(read.unused)}")


def _short(system: str) -> str:
    """The name of a coordinate system, without its definition."""
    return system.split('"')[1] if '"' in system else system


def _datum(read: "GroundFile", given: str | None, against: Path | None, today: date, *, yes: bool) -> str:
    """What the coordinates are taken for: as it was said, or as was asked; never shifted without a word."""
    from gantang.territory import queries, service

    divisions = service.read_outlines(against) if against is not None else {}
    fit = queries.fit_datum(read.rows, on=today, divisions=divisions)
    _tell_fit(fit)
    plain = fit.best == "cgcs2000"
    if given is not None:
        if not fit.compared or fit.best == ("cgcs2000" if given == "wgs84" else given):
            return given
        if not yes and not typer.confirm(f"仍按 {DATUMS[given]} 吗？ Keep to {given}?"):
            raise typer.Exit(1)
        return given
    if plain:
        return "cgcs2000"
    if yes:
        say(f"请用 --datum {fit.best} 或 --datum wgs84 说明是哪一种。 Say which by --datum.")
        raise typer.Exit(1)
    return fit.best if typer.confirm(f"按 {DATUMS[fit.best]} 换算吗？ Convert?") else "cgcs2000"


def _tell_fit(fit: "DatumFit") -> None:
    if not fit.compared:
        say("坐标无从核对：这里还没有网格，也没有给区划边界（--against）。 Nothing to compare with.")
        return
    shares = "，".join(f"{name} {share:.2%}" for name, share in fit.misfits.items())
    say(f"坐标核对 compared {fit.compared}：不合之处 misfit {shares}")
    if fit.best != "cgcs2000":
        say(f"这些坐标像是 {DATUMS[fit.best]}，偏了约 {fit.metres:.0f} 米。 They look shifted.")


def _tell_plan(plan: "GroundPlan") -> Counter[str]:
    counts = Counter(line.kind for line in plan.lines)
    spoken = [line for line in plan.lines if line.reason]
    for line in spoken[:SHOWN]:
        say(f"{line.row:>7}  {line.code} {line.reason} {line.remedy}")
    if len(spoken) > SHOWN:
        say("     …")
    say(
        f"新建 new {counts['new']}，改边界 redrawn {counts['redrawn']}，改其他 amended {counts['amended']}，"
        f"不变 same {counts['same']}，提醒 warnings {counts['warning']}，出错 errors {counts['error']}"
    )
    return counts


def _take(plan: "GroundPlan", since: date) -> None:
    from gantang.kit import clock
    from gantang.territory import service

    with bar("导入 …") as progress:
        done = service.take_ground(actor=_actor(), plan=plan, since=since, now=clock.now(), progress=progress)
    say(f"已导入 taken {done.total()}")


def _actor() -> "Actor":
    """Whoever runs commands on the machine administers."""
    from gantang.kit.actor import Actor

    return Actor(client="command", admin=True)


def export(
    file: Target,
    ground: Ground = "36",
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="哪一天的网格，默认今天。 As of; today.")
    ] = None,
) -> None:
    """写出网格；再导入进来完全一样。 Writes the grids; read again they are equal."""
    with surroundings.django():
        from gantang.kit import clock
        from gantang.territory import service

        count = service.write_ground(file, ground=ground, on=on.date() if on else clock.now().date())
        say(f"{count} 个网格 grids → {file}")


def check(
    ground: Annotated[str, typer.Argument(help="区划代码；不写就是全部。 Code of a division.")] = "",
    against: Against = None,
    least: Annotated[
        float, typer.Option(help="多少平方米以上才算空隙、重叠。 Gaps and overlaps from so many m².")
    ] = 1.0,
    on: Day = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。 Print JSON.")] = False,
) -> None:
    """查网格：空隙、重叠、跨村、无主、户数、没有网格员、没有归口，在哪里、怎么改；有毛病时退出码为 1。

    Check the grids: gaps, overlaps, orphans, sizes, no worker, no remit, with place and remedy. 1 on any.
    """
    with surroundings.django():
        from gantang.kit import clock
        from gantang.territory import queries, service

        day = on.date() if on else clock.now().date()
        divisions = service.read_outlines(against) if against is not None else {}
        town, country = _size("town", day), _size("country", day)
        found = queries.check_ground(
            ground, on=day, least=least, town=town, country=country, divisions=divisions
        )
        found += _staffing(ground, day)
        _tell_json(found) if as_json else _tell_findings(found)
    raise typer.Exit(1 if found else 0)


def _size(kind: str, on: date) -> "Size":
    """Households of a grid in town or country, by the slots in force; None where one is empty."""
    from gantang.catalogue import queries as catalogue

    slots = [catalogue.slot(f"grid.{kind}_{end}", on=on) for end in ("least", "most")]
    values = [int(str(one.value)) for one in slots if one is not None and one.value not in (None, "")]
    return (values[0], values[1]) if len(values) == 2 else None


def _staffing(ground: str, on: date) -> "list[GroundFinding]":
    """Grids without a worker at work, and grids where nobody's remit is to handle anything."""
    from gantang.posts import queries as posts
    from gantang.territory.types import GroundFinding

    found = [GroundFinding("no_worker", (code,)) for code in posts.without_worker(ground, on=on)]
    return [*found, *(GroundFinding("no_remit", (code,)) for code in posts.unhandled(ground, on=on))]


def _tell_json(found: "list[GroundFinding]") -> None:
    from gantang.territory import queries

    rows = [
        {**asdict(one), "sentence": queries.finding_sentence(one), "remedy": queries.finding_remedy(one)}
        for one in found
    ]
    typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))


def _tell_findings(found: "list[GroundFinding]") -> None:
    from gantang.territory import queries

    for one in found:
        place = f" ({one.place[0]:.6f}, {one.place[1]:.6f})" if one.place else ""
        say(f"{queries.FINDING_KINDS[one.kind]} {one.kind}{place}: {queries.finding_sentence(one)}")
        say(f"    {queries.finding_remedy(one)}")
    for kind, count in Counter(one.kind for one in found).items():
        say(f"{queries.FINDING_KINDS[kind]} {kind}: {count}")
    say(f"{len(found)} 处毛病 findings" if found else "没有毛病 no finding")
