"""Upgrade files: what becomes of running matters when a new version comes."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from gantang.engine.language.keys import known, needed
from gantang.engine.model import Upgrade, Words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from gantang.engine.language.nodes import Node
    from gantang.engine.language.reading import Reading
    from gantang.engine.model import Procedure

_NAME = re.compile(r"(\d+)_to_(\d+)\.yaml$")


def read_upgrade(reading: Reading, node: Node, procedures: Iterable[Procedure]) -> Upgrade | None:
    """One file of `upgrades/`; new states and moves must be the procedure's or a variant's of it.

    Where the procedures could not be read whole (none are given), names are not judged.
    """
    entries = reading.mapping(node, known("upgrade"), needed("upgrade"))
    of = tuple(procedures)
    names = dict.fromkeys(one.name for one in of)
    name = reading.text(entries.get("upgrade"))
    if names and name:
        name = reading.one_of(entries["upgrade"], names, Words("流程", "procedure"), kind="gap") or ""
    old, new = (reading.number(entries.get(key)) for key in ("from", "to"))
    if not name or old is None or new is None:
        return None
    _numbered(reading, node, old, new)
    of = tuple(one for one in of if one.name == name)
    states: set[str] = {state for one in of for state in one.states}
    moves: set[str] = {move for one in of for move in one.moves}
    now = any(one.version == new for one in of)
    return Upgrade(
        name,
        old,
        new,
        _mapping(reading, entries.get("states"), states if now else None, Words("状态", "state")),
        _mapping(reading, entries.get("uses"), moves if now else None, Words("动作", "move")),
        tuple(word for word, _ in reading.words(entries.get("basis"))),
        node.place,
    )


def _numbered(reading: Reading, node: Node, old: int, new: int) -> None:
    """The file's name says the same as the file, and upwards."""
    match = _NAME.search(node.place.file)
    if old < new and match is not None and (int(match[1]), int(match[2])) == (old, new):
        return
    reading.fault(
        node,
        Words(
            f"文件名应当是 旧版本_to_新版本.yaml，和里面的 from {old}、to {new} 一致，而且是往上升。",
            f"The file should be named <from>_to_<to>.yaml like the from {old} and to {new} in it, upwards.",
        ),
        Words(f"改名为 {old}_to_{old + 1}.yaml 之类。", f"Name it {old}_to_{old + 1}.yaml, for instance."),
        mended=True,
    )


def _mapping(
    reading: Reading, node: Node | None, names: Collection[str] | None, what: Words
) -> MappingProxyType[str, str]:
    """Old names to new ones; `names` are the new version's, None where it is not at hand any more."""
    found = {}
    for old, child in (reading.mapping(node) if node is not None else {}).items():
        new = reading.text(child)
        if names is not None and new:
            new = reading.one_of(child, names, what, kind="gap") or ""
        if new:
            found[old] = new
    return MappingProxyType(found)
