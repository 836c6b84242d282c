"""`gantang settings`: the reference page of all options."""

import typer

from gantang.host.options import options_page


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("settings")(settings)


def settings() -> None:
    """所有设置的说明（Markdown）。 The reference page of all options."""
    typer.echo(options_page(), nl=False)
