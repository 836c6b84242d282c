"""Overlays of a deployment: read from its packs folder, and laid over a pack ground by ground."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from gantang.engine.language.layers import read_overlay, twice, unknown_base
from gantang.engine.language.reading import Reading, read_node
from gantang.engine.language.stages import Stages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gantang.engine.model import Finding, Overlay, Pack


def compose(pack: Pack, overlays: Iterable[Overlay]) -> Pack:
    """The pack's procedures that the overlays change, with them laid over: city before county.

    Findings stay on the pack; `check` also proves that nothing is loosened. Overlays of
    grounds that do not lie in one another may not be given together: ValueError.
    """
    chain = sorted(overlays, key=lambda one: len(one.ground))
    if any(not one.ground.startswith(chain[0].ground) for one in chain):
        raise ValueError("overlays of grounds apart from each other")
    reading = Reading(pack.name)
    stages = Stages(reading, pack)
    for overlay in chain:
        stages.overlay(overlay)
    procedures = {key: one for key, one in stages.procedures().items() if key in stages.touched}
    return replace(
        pack,
        procedures=MappingProxyType(procedures),
        findings=tuple(dict.fromkeys(reading.findings)),
        unread=frozenset(reading.unread),
        stages=MappingProxyType(stages.read),
        raw=MappingProxyType(stages.raw),
        upgrades=(),
    )


def read_overlays(folder: Path | str) -> tuple[tuple[Overlay, ...], tuple[Finding, ...]]:
    """Every overlay in `overlays/` of a packs folder or of a folder in it, and what is wrong with them."""
    root, reading, found = Path(folder), Reading("overlays"), []
    for file in sorted((*root.glob("overlays/*.yaml"), *root.glob("*/overlays/*.yaml"))):
        node = read_node(reading, file, root / "overlays")
        one = read_overlay(reading, node) if node is not None else None
        found.extend([one] if one is not None else [])
    return tuple(found), tuple(dict.fromkeys(reading.findings))


def unplaced(overlays: Iterable[Overlay], packs: Iterable[Pack]) -> tuple[Finding, ...]:
    """Overlays of a procedure or a variant that is not there, and two of one ground and name."""
    of = [one for pack in packs for one in pack.procedures.values()]
    reading, seen = Reading("overlays"), set()
    for one in overlays:
        variants = {base.variant for base in of if base.name == one.of}
        if not variants:
            unknown_base(reading, one.of, one.place, tuple(dict.fromkeys(base.name for base in of)))
        elif one.variant != "*" and one.variant not in variants:
            unknown_base(reading, f"{one.of}+{one.variant}", one.place, tuple(base.key for base in of))
        if (one.name, one.ground, one.of, one.variant) in seen:
            twice(reading, one)
        seen.add((one.name, one.ground, one.of, one.variant))
    return tuple(reading.findings)


def composed(pack: Pack, overlays: Iterable[Overlay]) -> list[tuple[str, Pack]]:
    """For each ground with a layer of its own the pack as it is there; those of other packs do not count."""
    names = {one.name for one in pack.procedures.values()}
    known = [one for one in overlays if one.of in names]
    return [
        (ground, compose(pack, [one for one in known if ground.startswith(one.ground)]))
        for ground in sorted({one.ground for one in known})
    ]
