"""`gantang facilities …` and `gantang places …`: facilities, and places that combine services, from files and
to files."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say

if TYPE_CHECKING:
    from gantang.territory.types import AssetPlan

#: So many rows with something to say are shown; all of them stand in the file of ``--errors``.
SHOWN = 20
DATUMS = ("cgcs2000", "wgs84", "gcj02", "bd09")

File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="CSV、xlsx、GeoJSON（点）。 The file.")
]
Target = Annotated[
    Path,
    typer.Argument(dir_okay=False, help="写到哪个文件：.csv、.xlsx、.geojson。 Where to; by its ending."),
]
DatumName = Annotated[
    str,
    typer.Option(
        "--datum", help="坐标是哪一种：cgcs2000、wgs84、gcj02、bd09。 What the coordinates are given in."
    ),
]
Column = Annotated[
    list[str] | None, typer.Option("--column", help="哪一列是什么，如 name=点位。 Which column is what.")
]
Ground = Annotated[str, typer.Option(help="区划代码；只在这个范围里找坐标。 Code of a division.")]
Sheet = Annotated[str, typer.Option(help="工作表。 The worksheet.")]
Errors = Annotated[
    Path | None,
    typer.Option("--errors", help="把出错的行写回表格（csv、xlsx）。 Rows with faults, written back."),
]
GoodRows = Annotated[
    bool, typer.Option("--good-rows", help="有行出错时只导入其余的行。 Take the other rows even so.")
]
Yes = Annotated[bool, typer.Option("--yes", help="不再询问。 Take it without asking.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    facilities = typer.Typer(no_args_is_help=True, help="公共设施：摄像头、路灯等。 Public facilities.")
    places = typer.Typer(no_args_is_help=True, help="社会治理综合体。 Places that combine services.")
    for group, into, out, name in (
        (facilities, import_facilities, export_facilities, "facilities"),
        (places, import_places, export_places, "places"),
    ):
        group.callback()(lambda: None)
        group.command("import")(into)
        group.command("export")(out)
        app.add_typer(group, name=name)


def import_facilities(
    file: File,
    datum: DatumName = "cgcs2000",
    column: Column = None,
    ground: Ground = "",
    sheet: Sheet = "",
    errors: Errors = None,
    good_rows: GoodRows = False,
    yes: Yes = False,
) -> None:
    """导入设施。先说会变什么，再问要不要导入；再导一次不会重复。有行出错时不导入，退出码为 1。

    Facilities from a file: tells what would change, then asks; a second run changes nothing. With a faulty
    row nothing is taken and it ends with 1.
    """
    _import(file, False, datum, column, ground, sheet, errors, good_rows=good_rows, yes=yes)


def import_places(
    file: File,
    datum: DatumName = "cgcs2000",
    column: Column = None,
    ground: Ground = "",
    sheet: Sheet = "",
    errors: Errors = None,
    good_rows: GoodRows = False,
    yes: Yes = False,
) -> None:
    """导入综合体；做法和设施一样。 Places from a file, in the same way."""
    _import(file, True, datum, column, ground, sheet, errors, good_rows=good_rows, yes=yes)


def export_facilities(file: Target, ground: Ground = "36") -> None:
    """写出设施；再导入进来完全一样。 Writes the facilities; read again they are equal."""
    _export(file, ground, places=False)


def export_places(file: Target, ground: Ground = "36") -> None:
    """写出综合体；再导入进来完全一样。 Writes the places; read again they are equal."""
    _export(file, ground, places=True)


def _import(
    file: Path,
    places: bool,
    datum: str,
    column: list[str] | None,
    ground: str,
    sheet: str,
    errors: Path | None,
    *,
    good_rows: bool,
    yes: bool,
) -> None:
    if datum not in DATUMS:
        raise typer.BadParameter(f"--datum: {'、'.join(DATUMS)}")
    with surroundings.django():
        from gantang.kit import clock
        from gantang.posts import queries as posts
        from gantang.territory import service

        plan = service.plan_assets(
            file,
            places=places,
            on=clock.now().date(),
            coordinates=datum,
            ground=ground,
            columns_told=_told(column),
            sheet=sheet,
            names=posts.asset_words(places=places),
        )
        if errors is not None and service.write_faults(errors, source=file, lines=plan.lines, sheet=sheet):
            say(f"→ {errors}")
        counts = _tell(plan)
        if counts["error"] and not good_rows:
            say("有行出错，什么都没有导入。 Nothing was taken.")
            raise typer.Exit(1)
        if plan.take and (yes or typer.confirm("导入吗？ Take it?")):
            done = service.take_assets(actor=_actor(), plan=plan, now=clock.now())
            say(f"已导入 taken {done.total()}")
    raise typer.Exit(1 if counts["error"] else 0)


def _export(file: Path, ground: str, *, places: bool) -> None:
    with surroundings.django():
        from gantang.posts import queries as posts
        from gantang.territory import service

        units = {} if places else {one.id: one.name for one in posts.units()}
        many = Counter(units.values())
        named = {number: name if many[name] == 1 else str(number) for number, name in units.items()}
        count = service.write_assets(file, places=places, ground=ground, units=named)
        say(f"{count} → {file}")


def _told(column: list[str] | None) -> dict[str, str]:
    pairs = [one.partition("=") for one in column or ()]
    if not all(name and sign for name, sign, _ in pairs):
        raise typer.BadParameter("--column name=点位")
    return {name: value for name, _, value in pairs}


def _tell(plan: "AssetPlan") -> Counter[str]:
    counts = Counter(line.kind for line in plan.lines)
    say(f"{plan.name}: {len(plan.lines)} 行 rows {plan.encoding}")
    for field, column in plan.fields.items():
        say(f"  {field:<12} ← {column}")
    if plan.unused:
        say(f"  不用的列 not used: {'、'.join(plan.unused)}")
    spoken = [line for line in plan.lines if line.reason]
    for line in spoken[:SHOWN]:
        say(f"{line.row:>7}  {line.code} {line.reason} {line.remedy}")
    if len(spoken) > SHOWN:
        say("     …")
    say(
        f"新登记 new {counts['new']}，改动 amended {counts['amended']}，不变 same {counts['same']}，"
        f"出错 errors {counts['error']}"
    )
    return counts


def _actor() -> Any:
    """Whoever runs commands on the machine administers."""
    from gantang.kit.actor import Actor

    return Actor(client="command", admin=True)
