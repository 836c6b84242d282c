"""Every key of every mapping of the language, with its meaning; the parser and the reference read it.

The table stands in `keys.csv`: of each mapping first a row without key (where it stands, what it is
called), then a row for each key (`holds` is what is written after it).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path

from gantang.engine.model import Words

#: What a variant or an overlay may not change: what a procedure is called, what it rests on, whom it serves.
FIXED = ("procedure", "version", "basis", "serves")


@dataclass(frozen=True, slots=True)
class Key:
    """One key: `holds` says in English what is written after it; `needed` that it cannot be left out."""

    name: str
    holds: str
    meaning: Words
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One mapping of the language and where it stands."""

    name: str
    where: str
    title: Words
    keys: tuple[Key, ...] = ()


def _read() -> dict[str, Table]:
    found: dict[str, Table] = {}
    text = (Path(__file__).parent / "keys.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        name, words = row["table"], Words(row["zh"], row["en"])
        if not row["key"]:
            found[name] = Table(name, row["holds"], words)
            continue
        key = Key(row["key"], row["holds"], words, bool(row["needed"]))
        found[name] = replace(found[name], keys=(*found[name].keys, key))
    changed = (key for key in found["procedure"].keys if key.name not in FIXED)
    found["change"] = replace(found["change"], keys=tuple(replace(key, needed=False) for key in changed))
    return found


#: The mappings by name, in the order of the reference.
TABLES = _read()


def known(table: str) -> tuple[str, ...]:
    """The keys that a mapping may have, in the order of the reference."""
    return tuple(key.name for key in TABLES[table].keys)


def needed(table: str) -> tuple[str, ...]:
    """The keys without which it cannot be read."""
    return tuple(key.name for key in TABLES[table].keys if key.needed)
