"""All generated pages together, by their path below docs/reference."""

import importlib
from collections.abc import Mapping
from pathlib import Path

from gantang.cli.reference import lying

#: Modules of this package with ``pages() -> Iterator[(path, text)]``, in the order of the index.
CHAPTERS = (
    "options",
    "commands",
    "routes",
    "procedures",
    "language",
    "findings",
    "steps",
    "errors",
    "rooms",
    "asvs",
    "personal",
)


def pages(*, taking: Path | None = None) -> dict[str, str]:
    """Every page that the code writes: path below docs/reference to Markdown.

    Pages of procedures that lie in the folder ``taking``, made of just this code, are taken from there.
    """
    found: dict[str, str] = {}
    for chapter in CHAPTERS:
        taken = dict(lying.pages(taking)) if taking and chapter == "procedures" else {}
        found.update(taken or importlib.import_module(f"{__package__}.{chapter}").pages())
    return found


def write(made: Mapping[str, str], folder: Path) -> list[str]:
    """Write what differs; the paths written. Pages of packs that are gone are removed."""
    changed = []
    for name, text in made.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(name)
    return changed + _clear(made, folder)


def _clear(made: Mapping[str, str], folder: Path) -> list[str]:
    lying = (one for one in sorted(folder.glob("procedures/*")) if one.suffix in (".md", ".svg"))
    gone = [one for one in lying if f"procedures/{one.name}" not in made]
    for path in gone:
        path.unlink()
    return [f"procedures/{path.name}" for path in gone]
