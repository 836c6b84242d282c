"""`gantang check`: every procedure proved before it runs; a database is needed for `--remits` only."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gantang.cli.found import Found, Spot, print_all, print_json
from gantang.cli.overlaid import holds, overlaid
from gantang.cli.stories import played

if TYPE_CHECKING:
    from gantang.engine import Calendar, Finding, Pack, Procedure
    from gantang.kit.errors import GantangError

SHIPPED = Path(__file__).parents[1] / "packs"
Named = Annotated[
    list[str] | None,
    typer.Argument(help="流程包的名字或文件夹；不写则检查全部。 Packs by name or folder; all when left out."),
]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON。 Print JSON.")]
Keep = Annotated[
    bool,
    typer.Option(
        "--keep",
        help="发布前：记下随附流程包的证明，首次启动不再重证。 Before a release: keep the packs' proofs.",
    ),
]
Remits = Annotated[
    bool,
    typer.Option(
        "--remits",
        help="也查本部署：没有单位承担的地方和类别、类别表里没有的类别、没有文件的地方规定。"
        " Also what this deployment holds.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("check")(check)


def check(packs: Named = None, as_json: Json = False, remits: Remits = False, keep: Keep = False) -> None:
    """检查流程并演一遍情景：列出每一处毛病及改法；有毛病时退出码为 1。 Check procedures; 1 on any finding."""
    if keep:
        _keep()
    # The deployment's database first: Django is set up once, and then knows it or does not.
    with _asked(remits):
        _check(packs, as_json=as_json, remits=remits)


def _keep() -> None:
    """The proofs that a first start need not repeat; ends the command where something stands in the way."""
    from gantang.cli import surroundings

    with surroundings.django(database=False):
        from gantang.catalogue import queries
        from gantang.engine import read_packs
        from gantang.procedures import service

        days = queries.shipped_calendar()
        found = service.keep_proofs(read_packs(SHIPPED).values(), days)
    if found:
        print_all(Found(list(found), [], days.version, 0, None))
        raise typer.Exit(1)


@contextmanager
def _asked(remits: bool) -> Iterator[None]:
    from gantang.cli import surroundings

    if not remits:
        yield
        return
    with surroundings.django():
        yield


def _check(packs: list[str] | None, *, as_json: bool, remits: bool) -> None:
    from gantang.engine import bound
    from gantang.engine import check as proved

    known, wanted = chosen(packs or [])
    days = calendar()
    procedures = {name: one for pack in known.values() for name, one in pack.procedures.items()}
    laid, findings = overlaid(known, wanted, folders_of(packs or []))
    for pack in (*wanted, *(pack for _ground, pack in laid)):
        findings += proved(pack, calendar=days, packs=others(known, pack))
    stories = played(wanted, procedures)
    findings += stories.findings
    own = [one for pack in wanted for one in pack.procedures.values()]
    spots, left, lost = deployed(own, asked=remits)
    findings += lost
    bounds = [
        (name, bound(one, days, others=procedures))
        for pack in wanted
        for name, one in pack.procedures.items()
    ]
    bounds += [
        (f"{name}@{ground}", bound(one, days, others=procedures))
        for ground, pack in laid
        for name, one in pack.procedures.items()
    ]
    findings = list(dict.fromkeys(findings))
    found = Found(findings, bounds, days.version, stories.count, spots, left, stories.untold)
    (print_json if as_json else print_all)(found)
    raise typer.Exit(1 if findings or spots else 0)


def deployed(
    procedures: Sequence["Procedure"], *, asked: bool
) -> tuple[list["Spot"] | None, list["GantangError"], list["Finding"]]:
    """The blind spots of this deployment (None where not asked), overlays that stand without a file,
    classes that are served and not there."""
    if not asked:
        return None, [], []
    from gantang.cli import surroundings

    with surroundings.django():
        from gantang.catalogue import queries as catalogue
        from gantang.engine.check import unclassed
        from gantang.procedures import service

        classes = {one.code for one in catalogue.classes()}
        return blind_spots(procedures), list(service.left_behind()), list(unclassed(procedures, classes))


def blind_spots(procedures: Iterable["Procedure"]) -> list["Spot"]:
    """Grounds and classes of this deployment where no unit in office holds an owner's duty."""
    from gantang.cli import surroundings

    with surroundings.django():
        from gantang.catalogue import queries as catalogue
        from gantang.engine.check import blind, needs_of, unmanned
        from gantang.kit.clock import now
        from gantang.posts import queries as posts
        from gantang.territory import queries as territory

        today = now().date()
        grounds = {unit.id: unit.ground for unit in posts.units(on=today)}
        resolver = posts.resolver(today)
        held = [(one.ground, one.klass, one.duty) for one in posts.remits(on=today) if one.unit in grounds]
        empty = [
            (one.ground, one.klass, one.duty)
            for one in posts.remits(on=today)
            if one.unit in grounds and not resolver.has_post(unit=one.unit, duty=one.duty)
        ]
        needs = needs_of(procedures, [one.code for one in catalogue.classes(on=today)])
        tree = territory.tree(on=today)
        lacking = blind(needs, held, highest(grounds.values()), lambda ground: tree.get(ground, []))
        rows = [*lacking, *unmanned(needs, empty)]
        names = territory.names({row.ground for row in rows})
        return [Spot(row, names.get(row.ground, row.ground)) for row in rows]


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
    known = {**known, **{pack.name: pack for pack in wanted}}
    return known, wanted or list(known.values())  # a folder of overlays alone: whatever they lie over


def _installed() -> dict[str, "Pack"]:
    """The shipped packs, and those of the deployment's own folder."""
    from gantang.engine import read_packs
    from gantang.host.options import options

    own = options().packs_dir
    return {**read_packs(SHIPPED), **(read_packs(own) if own is not None else {})}


def folders_of(names: list[str]) -> list[Path]:
    """Where overlays may lie: the deployment's own folder, and the folders that were given."""
    from gantang.host.options import options

    own = options().packs_dir
    given = [Path(name).resolve() for name in names if Path(name).is_dir()]
    return [*([own.resolve()] if own is not None else []), *given]


def _folders(path: Path) -> list[Path]:
    """The folder itself if it is a pack, else the packs below it."""
    if _is_pack(path):
        return [path.resolve()]
    found = [child.resolve() for child in sorted(path.iterdir()) if _is_pack(child)] if path.is_dir() else []
    if not found and not holds(path):
        raise typer.BadParameter(f"没有这个流程包：{path} / no such pack: {path}")
    return found


def _is_pack(path: Path) -> bool:
    return (path / "procedure.yaml").is_file() or (path / "procedures").is_dir()


def others(known: Mapping[str, "Pack"], pack: "Pack") -> list["Pack"]:
    return [other for other in known.values() if other.name != pack.name]


def calendar() -> "Calendar":
    """The calendar on which bound and squeeze are counted: the country's, as it ships, of this year."""
    from gantang.cli import surroundings

    with surroundings.django(database=False):
        from gantang.catalogue import queries
        from gantang.kit import clock

        return queries.shipped_calendar(clock.now().year)
