"""`gantang doctor`: what a person should know before asking others."""

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say
from gantang.host.doctor import examine, serves
from gantang.host.findings import Finding
from gantang.host.options import options

_MARKS = {True: "✓", False: "✗", None: "·"}


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("doctor")(doctor)


def doctor() -> None:
    """检查本机是否能运行甘棠；不改动任何内容。 Look at this machine; nothing is changed."""
    findings = examine(options())
    _say(findings)
    if serves(options()):
        findings += _inside()
    if any(finding.good is False for finding in findings):
        raise typer.Exit(1)


def _say(findings: list[Finding]) -> None:
    for finding in findings:
        say(f"{_MARKS[finding.good]} {finding.text}")
        if finding.good is False and finding.remedy:
            say(f"    {finding.remedy}")


def _inside() -> list[Finding]:
    """What a database that answers tells; the machine's findings stand without."""
    with surroundings.django():
        from django.db import Error

        from gantang.cli.doctor import inside

        found: list[Finding] = []
        try:
            found += [inside.schema()]
            _say(found)
            if found[0].good:
                rest = inside.examine()
                found += rest
                _say(rest)
                _slots()
        except Error:
            pass  # away by now: the findings above say so
        return found


def _slots() -> None:
    """What waits for an administrator."""
    from gantang.catalogue import queries

    waiting = queries.unfilled()
    if waiting:
        say(f"· 待填 to be filled in: {len(waiting)}（工作台 › 日历与空位 desk › Calendar and slots）")
    for one in waiting:
        say(f"    {one.code}  {one.title.zh} {one.title.en}")
