"""`gantang draw`: a procedure as a picture, with what the checker finds in place."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from gantang.engine import Pack, Procedure

Named = Annotated[
    str,
    typer.Argument(
        help="流程的名字（变体写作 dispute+medical），或一个流程包的文件夹。"
        " A procedure by name (a variant as dispute+medical), or a pack's folder."
    ),
]
Out = Annotated[
    Path | None, typer.Option("--out", help="写到这个文件；不写则打印。 Write to this file; else print.")
]
Lang = Annotated[str, typer.Option("--lang", help="zh-Hans 或 en。 zh-Hans or en.")]
Theme = Annotated[str, typer.Option("--theme", help="light 或 dark。 light or dark.")]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("draw")(draw)


def draw(procedure: Named, out: Out = None, lang: Lang = "zh-Hans", theme: Theme = "light") -> None:
    """把流程画成图（SVG）：环节、职责、时限、动作和毛病。 Draw a procedure as SVG, findings in place."""
    from gantang.engine.draw import THEMES

    if lang not in ("zh-Hans", "en") or theme not in THEMES:
        raise typer.BadParameter("--lang: zh-Hans, en; --theme: light, dark")
    picture = picture_of(procedure, lang, theme)
    if out is None:
        sys.stdout.write(picture)
        return
    out.write_text(picture, encoding="utf-8")
    typer.echo(str(out))


def picture_of(name: str, lang: str, theme: str) -> str:
    """The drawing of one procedure, with the findings that stand in its file and its longest way."""
    from gantang.cli.check import calendar, others
    from gantang.engine import bound, check
    from gantang.engine.draw import draw as drawn

    packs, pack, one = _found(name)
    days = calendar()
    findings = [
        finding
        for finding in check(pack, calendar=days, packs=others(packs, pack))
        if finding.place.split("/")[0] == one.name and finding.file == one.place.file
    ]
    every = {key: each for known in packs.values() for key, each in known.procedures.items()}
    return drawn(one, lang=lang, theme=theme, findings=findings, longest=bound(one, days, others=every).first)


def _found(name: str) -> tuple[dict[str, "Pack"], "Pack", "Procedure"]:
    """All packs, and the one with the procedure."""
    from gantang.cli.check import chosen

    packs, _ = chosen([])
    if Path(name).is_dir():
        packs, wanted = chosen([name])
        procedures = [(pack, one) for pack in wanted for one in pack.procedures.values()]
        if len(procedures) != 1:
            names = ", ".join(one.name for _, one in procedures)
            raise typer.BadParameter(
                f"这里有{len(procedures)}个流程，请写名字：{names} / several procedures here, name one"
            )
        return packs, *procedures[0]
    for pack in packs.values():
        if name in pack.procedures:
            return packs, pack, pack.procedures[name]
    known = ", ".join(key for pack in packs.values() for key in pack.procedures)
    raise typer.BadParameter(f"没有这个流程：{name}；有：{known} / no such procedure")
