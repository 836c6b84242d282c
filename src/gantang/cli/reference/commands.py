"""Commands: what ``gantang --help`` knows, with every argument and option."""

from collections.abc import Iterator
from typing import Any

import typer.main
from typer.core import TyperArgument

from gantang.cli.reference.markdown import code, page, table


def pages() -> Iterator[tuple[str, str]]:
    """The page of all commands."""
    from gantang.cli import program

    shown = [
        section
        for name, command in _leaves(typer.main.get_command(program()))
        for section in _told(name, command)
    ]
    yield (
        "commands.md",
        page(
            "Commands (命令)",
            "`gantang.cli`",
            "A first word that is none of these goes to Django's management commands as it stands.",
            *shown,
        ),
    )


def _leaves(command: Any, before: str = "gantang") -> Iterator[tuple[str, Any]]:
    if hasattr(command, "commands"):
        for name, one in sorted(command.commands.items()):
            if not one.hidden:
                yield from _leaves(one, f"{before} {name}")
    else:
        yield before, command


def _told(name: str, command: Any) -> Iterator[str]:
    yield f"## `{name}`"
    yield " ".join((command.help or "").split())
    rows = [row for row in map(_parameter, command.params) if row is not None]
    if rows:
        yield table(("argument or option", "meaning"), rows)


def _parameter(one: Any) -> tuple[str, str] | None:
    help_text = " ".join((getattr(one, "help", None) or "").split())
    if isinstance(one, TyperArgument):
        return code((one.name or "").upper()), help_text
    if "--help" in one.opts:
        return None
    return code(*one.opts, *one.secondary_opts), help_text
