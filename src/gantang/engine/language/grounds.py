"""What several overlays make of a pack: on each ground its own procedures, city before county."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gantang.engine.language.pack import compose
from gantang.engine.language.reading import hint
from gantang.engine.model import Finding, Overlay, Pack, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def composed(pack: Pack, overlays: Iterable[Overlay]) -> list[tuple[str, Pack]]:
    """For each ground with a layer of its own the pack as it is there; those of other packs do not count."""
    names = {one.name for one in pack.procedures.values()}
    known = [one for one in overlays if one.of in names]
    return [
        (ground, compose(pack, [one for one in known if ground.startswith(one.ground)]))
        for ground in sorted({one.ground for one in known})
    ]


def baseless(packs: Iterable[Pack], overlays: Iterable[Overlay]) -> Iterator[Finding]:
    """Overlays of procedures that no pack has."""
    names = {one.name for pack in packs for one in pack.procedures.values()}
    for one in overlays:
        if one.of not in names:
            sentence = Words(f"没有流程“{one.of}”。", f"There is no procedure “{one.of}”.")
            place = f"overlays/{one.name}"
            yield Finding("gap", one.place.file, one.place.line, sentence, hint(one.of, names), place)
