"""`gantang assets`: build what the pages need in the browser, and the English wording."""

from pathlib import Path
from typing import Annotated

import typer

from gantang.faces import assets, fonts, wording


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("assets")(build)


def build(
    root: Annotated[Path, typer.Option(help="源码目录。")] = Path(),
    tests: Annotated[bool, typer.Option("--tests", help="测试用的浏览器和字体也一起装。")] = False,
) -> None:
    """准备页面用的脚本、图标、文书用的字体和英文词条；没有变化时什么也不做。"""
    try:
        changed = assets.build(root.resolve(), tests=tests, say=typer.echo)
        changed = fonts.build(root.resolve()) or changed
    except assets.AssetsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    written = wording.compile_all()
    typer.echo("页面文件已更新。" if changed or written else "页面文件没有变化。")
