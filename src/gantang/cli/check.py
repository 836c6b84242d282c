"""`gantang check`: every procedure proved before it runs; a database is needed for `--remits` only."""

import json
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from gantang.engine import Bound, Calendar, Finding, Pack, Procedure
    from gantang.engine.check import Length

#: Columns where there is no terminal to ask.
PIPED = 160
SHIPPED = Path(__file__).parents[1] / "packs"
Named = Annotated[
    list[str] | None,
    typer.Argument(help="流程包的名字或文件夹；不写则检查全部。 Packs by name or folder; all when left out."),
]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON。 Print JSON.")]
Remits = Annotated[
    bool,
    typer.Option(
        "--remits",
        help="也查本部署的归口：哪里、哪类没有单位承担（要连数据库）。 Also the deployment's remits.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("check")(check)


def check(packs: Named = None, as_json: Json = False, remits: Remits = False) -> None:
    """检查流程：列出每一处毛病及改法；有毛病时退出码为 1。 Check procedures; ends with 1 on any finding."""
    from gantang.engine import bound, played
    from gantang.engine import check as proved

    known, wanted = chosen(packs or [])
    days = calendar()
    procedures = {name: one for pack in known.values() for name, one in pack.procedures.items()}
    laid, findings = laid_over(known.values(), wanted)
    for pack in (*wanted, *laid):
        findings += proved(pack, calendar=days, packs=_others(known, pack))
    findings += [one for pack in wanted for one in played(pack)]
    if remits:
        findings += blind_spots([one for pack in wanted for one in pack.procedures.values()])
    bounds = [bound(one, days, others=procedures) for pack in wanted for one in pack.procedures.values()]
    show = _print_json if as_json else _print
    show(findings, bounds, days)
    raise typer.Exit(1 if findings else 0)


def blind_spots(procedures: Iterable["Procedure"]) -> list["Finding"]:
    """Grounds and classes of this deployment where no unit in office holds an owner's duty."""
    from gantang.cli import surroundings

    with surroundings.django():
        from gantang.catalogue import queries as catalogue
        from gantang.engine.check import unheld
        from gantang.kit.clock import now
        from gantang.posts import queries as posts
        from gantang.territory import queries as territory

        today = now().date()
        grounds = {unit.id: unit.ground for unit in posts.units(on=today)}
        held = [(one.ground, one.klass, one.duty) for one in posts.remits(on=today) if one.unit in grounds]
        classes = [one.code for one in catalogue.classes(on=today)]

        @cache
        def below(ground: str) -> list[str]:
            return [one.prefix for one in territory.children(ground, on=today)]

        return [
            one
            for procedure in procedures
            for one in unheld(procedure, classes, held, highest(grounds.values()), below)
        ]


def highest(grounds: Iterable[str]) -> list[str]:
    """The grounds that lie below no other of them: where the deployment's units stand."""
    found: list[str] = []
    for ground in sorted(set(grounds), key=len):
        if not any(ground.startswith(one) for one in found):
            found.append(ground)
    return sorted(found)


def chosen(names: list[str]) -> tuple[dict[str, "Pack"], list["Pack"]]:
    """All packs that exist, and those to be checked: by name, or by a folder of their own."""
    from gantang.engine import read_pack

    known = _installed()
    if not names:
        return known, list(known.values())
    wanted = []
    for name in names:
        if name in known:
            wanted.append(known[name])
        else:
            wanted += [read_pack(folder) for folder in _folders(Path(name))]
    return {**known, **{pack.name: pack for pack in wanted}}, wanted


def _installed() -> dict[str, "Pack"]:
    """The shipped packs, and those of the deployment's own folder."""
    from gantang.engine import read_packs
    from gantang.host.options import options

    own = options().packs_dir
    return {**read_packs(SHIPPED), **(read_packs(own) if own is not None else {})}


def laid_over(known: Iterable["Pack"], wanted: list["Pack"]) -> tuple[list["Pack"], list["Finding"]]:
    """The wanted packs as the deployment's overlays make them, ground by ground; what is wrong with those."""
    from gantang.engine import compose, read_overlays, unplaced
    from gantang.host.options import options

    own = options().packs_dir
    overlays, findings = read_overlays(own) if own is not None else ((), ())
    laid = []
    for ground in sorted({one.ground for one in overlays}):
        chain = [one for one in overlays if ground.startswith(one.ground)]
        laid += [one for pack in wanted if (one := compose(pack, chain)).procedures or one.findings]
    return laid, [*findings, *unplaced(overlays, known)]


def _folders(path: Path) -> list[Path]:
    """The folder itself if it is a pack, else the packs below it."""
    if _is_pack(path):
        return [path.resolve()]
    found = [child.resolve() for child in sorted(path.iterdir()) if _is_pack(child)] if path.is_dir() else []
    if not found:
        raise typer.BadParameter(f"没有这个流程包：{path} / no such pack: {path}")
    return found


def _is_pack(path: Path) -> bool:
    return (path / "procedure.yaml").is_file() or (path / "procedures").is_dir()


def _others(known: Mapping[str, "Pack"], pack: "Pack") -> list["Pack"]:
    return [other for other in known.values() if other.name != pack.name]


def calendar() -> "Calendar":
    """The calendar on which bound and squeeze are counted: the country's, as it ships, of this year."""
    from gantang.cli import surroundings

    with surroundings.django(database=False):
        from gantang.catalogue import queries
        from gantang.kit import clock

        return queries.shipped_calendar(clock.now().year)


def _print_json(findings: Iterable["Finding"], bounds: Iterable["Bound"], days: "Calendar") -> None:
    body = {
        "calendar": days.version,
        "findings": [_finding(one) for one in findings],
        "bounds": [
            {"procedure": one.procedure, "first": _length(one.first), "last": _length(one.last)}
            for one in bounds
        ],
    }
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


def _print(findings: list["Finding"], bounds: list["Bound"], days: "Calendar") -> None:
    console = Console() if sys.stdout.isatty() else Console(width=PIPED)
    if findings:
        console.print(_findings_table(findings))
    for one in bounds:
        console.print(f"[bold]{one.procedure}[/bold]", highlight=False)
        _print_length(console, "到第一个终点 to the first end", one.first)
        _print_length(console, "到最后的终点 to the last end", one.last)
    console.print(f"日历 calendar: {days.version}", highlight=False)
    verdict = f"{len(findings)} 处毛病 findings" if findings else "没有毛病 no finding"
    console.print(verdict, style="bold red" if findings else "bold green", highlight=False)


def _findings_table(findings: list["Finding"]) -> Table:
    table = Table(show_lines=True, expand=True)
    wide = max(len(_where(one)) for one in findings)
    table.add_column("位置 where", min_width=wide, no_wrap=True)
    table.add_column("种类 kind", min_width=10, overflow="fold")
    table.add_column("毛病 finding", ratio=5, overflow="fold")
    table.add_column("改法 remedy", ratio=3, overflow="fold")
    for one in findings:
        cells = (
            _where(one),
            f"{KINDS.get(one.kind, '')} {one.kind}".strip(),
            f"{one.sentence.zh}\n{one.sentence.en}",
            f"{one.remedy.zh}\n{one.remedy.en}",
        )
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _where(one: "Finding") -> str:
    return f"{one.file}:{one.line}"


def _print_length(console: Console, title: str, one: "Length | None") -> None:
    if one is None:
        console.print(f"  {title}: 没有上限 unbounded", highlight=False)
        return
    words = one.words()
    answers = "".join(f" {name}={code}" for name, code in one.rows.items())
    console.print(
        f"  {title}: {words.zh}\n    {words.en}{answers}\n    {one.way()}", highlight=False, markup=False
    )


#: What each kind is called in Chinese.
KINDS = {
    "gap": "断层",
    "blind spot": "盲区",
    "idling": "空转",
    "squeeze": "挤压",
    "self-check": "自办自核",
    "bypass": "绕行",
    "self-grant": "自批",
    "leak": "泄露",
    "law": "违法放宽",
    "words": "缺文字",
    "language": "写法",
    "story": "故事",
}
