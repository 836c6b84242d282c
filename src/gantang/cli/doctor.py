"""`gantang doctor`: what a person should know before asking others."""

import typer

from gantang.cli.screen import say
from gantang.host.doctor import examine
from gantang.host.options import options

_MARKS = {True: "✓", False: "✗", None: "·"}


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("doctor")(doctor)


def doctor() -> None:
    """检查本机是否能运行甘棠；不改动任何内容。 Look at this machine; nothing is changed."""
    findings = examine(options())
    for finding in findings:
        say(f"{_MARKS[finding.good]} {finding.text}")
    if any(finding.good is False for finding in findings):
        raise typer.Exit(1)
