"""Rooms: which stand above which, what each is for, which tables it has."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from gantang.cli.reference.markdown import code, page, table

PACKAGE = Path(__file__).resolve().parents[2]
PROJECT = PACKAGE.parents[1] / "pyproject.toml"


def pages() -> Iterator[tuple[str, str]]:
    """The page of all rooms."""
    rows = [
        (" · ".join(f"**{name}**" for name in layer), _purposes(layer), _tables(layer)) for layer in layers()
    ]
    yield (
        "rooms.md",
        page(
            "Rooms (房间)",
            "the rooms' READMEs, the models and the contracts in `pyproject.toml`",
            "From top to bottom: a room may use what stands below it; rooms on one line never import each "
            "other. Each room's own page is `src/gantang/<room>/README.md`.",
            table(("room", "what it is for", "tables"), rows),
        ),
    )


def layers() -> list[tuple[str, ...]]:
    """The lines of the first import contract, top first, with the packs behind them."""
    contracts = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    lines = next(one["layers"] for one in contracts if one["type"] == "layers")
    rooms = [tuple(name.strip("() ") for name in line.split("|")) for line in lines if line != "__main__"]
    return [*rooms, ("packs",)]


def _purposes(layer: tuple[str, ...]) -> str:
    alone = len(layer) == 1
    return "\n".join(purpose(name) if alone else f"*{name}*: {purpose(name)}" for name in layer)


def purpose(room: str) -> str:
    """The first paragraph of a room's README, or what its title says behind the name."""
    path = PACKAGE / room / "README.md"
    if not path.is_file():
        return ""
    title, *rest = path.read_text(encoding="utf-8").split("\n\n")
    behind = title.partition(":")[2].strip()
    if behind:
        return behind[0].upper() + behind[1:].rstrip(".") + "."
    first = " ".join(rest[0].split()) if rest else ""
    return re.split(r"(?<=[.]) (?=[A-Z*])", first)[0]


def _tables(layer: tuple[str, ...]) -> str:
    from django.apps import apps

    found = [
        model._meta.db_table
        for name in layer
        for config in apps.get_app_configs()
        if config.name == f"gantang.{name}"
        for model in config.get_models()
    ]
    return code(*found)
