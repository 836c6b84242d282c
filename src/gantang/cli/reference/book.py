"""All generated pages together, by their path below docs/reference."""

import importlib
from collections.abc import Mapping
from pathlib import Path

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


def pages() -> dict[str, str]:
    """Every page that the code writes: path below docs/reference to Markdown."""
    found: dict[str, str] = {}
    for chapter in CHAPTERS:
        found.update(importlib.import_module(f"{__package__}.{chapter}").pages())
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
