"""Laying a change over a file as data: mappings merge, lists and single values replace, null takes away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gantang.engine.language.nodes import Layered, Node
from gantang.engine.language.reading import hint
from gantang.engine.model import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gantang.engine.language.reading import Reading


def merged(reading: Reading, base: Node, change: Node) -> Node:
    """The base with the change laid over it; each part keeps the file and line it came from."""
    if not (base.is_mapping and change.is_mapping):
        return change
    found = Layered()
    own = dict(base.items())
    for key, child in own.items():
        found.put(key, child)
    for key, child in change.items():
        if child.value is None:
            _take_away(reading, found, key, child, own)
        elif key in own:
            found.put(key, merged(reading, own[key], child))
        else:
            found.put(key, child)
    return Node(found, change.place if base.path else base.place, base.path)


def _take_away(reading: Reading, found: Layered, key: str, node: Node, own: Mapping[str, Node]) -> None:
    if key in found:
        found.drop(key)
        return
    reading.fault(
        node,
        Words(f"“{node.path}”本来就没有，删不了。", f"“{node.path}” is not there to be taken away."),
        hint(key, own),
        kind="gap",
        mended=True,
    )


def merged_data(base: Any, change: Any) -> Any:
    """The same over plain data: the texts of a variant over those of its pack."""
    if not (isinstance(base, dict) and isinstance(change, dict)):
        return change
    both = {key: merged_data(base[key], one) if key in base else one for key, one in change.items()}
    found = {**base, **both}
    return {key: one for key, one in found.items() if one is not None}
