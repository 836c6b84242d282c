"""Which units take part in a matter, as a pure function of its steps: whoever holds the work, whoever was
asked to help, for a child whoever asked, and whoever held it when its ground changed."""

from collections.abc import Iterator, Mapping
from typing import Any

from gantang.kit.actor import is_apart
from gantang.posts.types import HELD

Part = tuple[int, str]  # unit, role
Parts = frozenset[Part]
NOBODY: Parts = frozenset()


def holding(fields: Mapping[str, Any]) -> Parts:
    """The units that hold work of their own, by the columns of a row. What lies apart is seen by the remit
    for its class alone, not by whoever else holds such a duty in the unit."""
    if is_apart(fields.get("scope", "")):
        return NOBODY
    holders = (fields.get("case") or {}).get("holders", {})
    return frozenset((held["unit"], duty) for duty, held in holders.items() if duty in HELD)


def follow(
    parts: Parts, before: Mapping[str, Any], after: Mapping[str, Any], name: str, data: Mapping[str, Any]
) -> Parts:
    """Who takes part after a step, from those before it and the columns on both sides."""
    was, is_now = holding(before), holding(after)
    return (parts | (is_now - was)) - (was - is_now) | frozenset(_asked(after, name, data))


def _asked(fields: Mapping[str, Any], name: str, data: Mapping[str, Any]) -> Iterator[Part]:
    for child in data.get("opens", ()) if name == "moved" else ():
        if child.get("unit") is not None:
            yield int(child["unit"]), "cooperator"
    if name == "relocated":
        yield from ((int(unit), str(duty)) for unit, duty in data["keeps"])
    if name == "opened" and fields.get("parent_id") is not None and data["by"]["unit"] is not None:
        yield data["by"]["unit"], "handler"
