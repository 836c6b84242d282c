"""`gantang reference`: the pages of docs/reference that the code writes itself.

Each module of this package named in ``book`` renders its pages from what the code really holds: options,
errors, steps, packs, vocabulary, addresses, commands, findings, rooms. Nothing here is imported before the
command runs, because most of it needs Django.
"""

from pathlib import Path
from typing import Annotated

import typer

from gantang.cli import surroundings
from gantang.host.options import options_page


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("settings")(settings)
    app.command("reference")(reference)


def settings() -> None:
    """所有设置的说明（Markdown）。 The reference page of all options."""
    typer.echo(options_page(), nl=False)


def reference(
    page: Annotated[
        str | None, typer.Argument(help="打印哪一页；不写则列出页名。 The page to print; none lists them.")
    ] = None,
    write: Annotated[
        Path | None, typer.Option("--write", help="把各页写入这个文件夹。 Write all pages to this folder.")
    ] = None,
) -> None:
    """由代码生成的参考页：设置、错误、流程、地址等。 The reference pages made from the code."""
    with surroundings.django(database=False):
        from gantang.cli.reference import book

        pages = book.pages()
        if write is not None:
            for name in book.write(pages, write):
                typer.echo(name)
        elif page is None:
            typer.echo("\n".join(pages))
        elif page in pages:
            typer.echo(pages[page], nl=False)
        else:
            raise typer.BadParameter(f"没有这一页：{page} / no such page: {page}")
