"""What several overlays make of a pack: on each ground its own procedures, city before county."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gantang.engine.language.pack import compose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gantang.engine.model import Overlay, Pack


def composed(pack: Pack, overlays: Iterable[Overlay]) -> list[tuple[str, Pack]]:
    """For each ground with a layer of its own the pack as it is there; those of other packs do not count."""
    names = {one.name for one in pack.procedures.values()}
    known = [one for one in overlays if one.of in names]
    return [
        (ground, compose(pack, [one for one in known if ground.startswith(one.ground)]))
        for ground in sorted({one.ground for one in known})
    ]
