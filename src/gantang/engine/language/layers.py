"""Variants of a pack and overlays of a city or county: laid over the procedure before it is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gantang.engine.language.keys import known, needed
from gantang.engine.language.merging import merged, merged_data
from gantang.engine.language.nodes import Layered, Node, plain
from gantang.engine.language.procedure import Around, read_procedure
from gantang.engine.language.reading import Reading, hint
from gantang.engine.language.source import digest, write_source
from gantang.engine.language.wording import LANGUAGES, Wording, notice_places, text_tree
from gantang.engine.model import NOWHERE, Layer, Overlay, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gantang.engine.model import Place, Procedure


@dataclass(frozen=True, slots=True)
class Raw:
    """A procedure before it is read: its file, or what layers made of it, and what the pack gives."""

    node: Node
    form: Any
    texts: Mapping[str, Any]
    around: Around

    def read(self, reading: Reading) -> Procedure | None:
        around, file = self.around, self.node.place.file
        source = write_source(file, plain(self.node.value), self.form, self.texts, around)
        return read_procedure(reading, self.node, around, source=source, digest=digest(source))


def read_variant(reading: Reading, node: Node) -> Overlay | None:
    """A file of `variants/`; an overlay without ground, that has classes of its own."""
    entries = reading.mapping(node, known("variant"), needed("variant"))
    name = reading.text(entries.get("variant"))
    read = _overlay(reading, node, entries, name, variant=name)
    if read is None or "serves" not in entries:
        return None
    return replace(read, serves=entries["serves"])


def read_overlay(reading: Reading, node: Node) -> Overlay | None:
    """A file of `overlays/`."""
    entries = reading.mapping(node, known("overlay"), needed("overlay"))
    name, ground = (reading.text(entries.get(key)) for key in ("overlay", "ground"))
    if "ground" in entries and not (ground.isdigit() and len(ground) in (4, 6)):
        reading.fault(
            entries["ground"],
            Words(f"“{ground}”不是市或县的代码。", f"“{ground}” is not the code of a city or county."),
            Words("写 4 位（市）或 6 位（县）数字，加引号。", "Write 4 digits (city) or 6 (county), quoted."),
        )
        return None
    read = _overlay(reading, node, entries, name, variant=reading.text(entries.get("variant")))
    return None if read is None else replace(read, ground=ground)


def _overlay(
    reading: Reading, node: Node, entries: dict[str, Node], name: str, *, variant: str
) -> Overlay | None:
    """What a variant and an overlay have in common; None where it cannot be laid over anything."""
    version = reading.number(entries.get("version"))
    if not name or "of" not in entries or version is None:
        return None
    return Overlay(
        name,
        reading.text(entries["of"]),
        variant,
        "",
        version,
        tuple(word for word, _ in reading.words(entries.get("basis"))),
        change=_change(reading, entries.get("change")),
        texts=_texts(reading, entries.get("texts")),
        place=node.place,
    )


def _change(reading: Reading, node: Node | None) -> Node:
    """The change as a mapping whose path begins anew: its parts are named like the procedure's own."""
    if node is None:
        return Node(Layered(), NOWHERE)
    found = Layered()
    for key, child in reading.mapping(replace(node, path=""), known("change")).items():
        found.put(key, child)
    return Node(found, node.place)


def _texts(reading: Reading, node: Node | None) -> dict[str, Node]:
    if node is None:
        return {}
    return {
        lang: child
        for lang, child in reading.mapping(node, LANGUAGES).items()
        if text_tree(reading, child) is not None
    }


def layer_of(overlay: Overlay) -> Layer:
    kind = {0: "variant", 4: "city"}.get(len(overlay.ground), "county")
    parts = tuple(_parts(overlay.change))
    return Layer(kind, overlay.name, overlay.version, overlay.ground, overlay.basis, overlay.place, parts)


def _parts(change: Any) -> Iterator[tuple[str, Place]]:
    """Each key of a change, and each key below it, with its place: what is taken away stands nowhere else."""
    for _, child in change.items() if change is not None else ():
        yield child.path, child.place
        if child.is_mapping:
            yield from ((one.path, one.place) for _, one in child.items())


def laid(reading: Reading, raw: Raw, overlay: Overlay) -> Raw:
    """The procedure with one more layer, still to be read."""
    layer = layer_of(overlay)
    node = merged(reading, raw.node, overlay.change)
    top = Layered()
    for key, child in node.items():
        top.put(key, child)
    if overlay.serves is not None:
        top.put("serves", overlay.serves)
    if overlay.basis:
        _add_basis(top, overlay)
    texts = {lang: _laid_texts(raw, lang, overlay) for lang in LANGUAGES}
    places = dict(raw.around.wording.places)
    for child in overlay.texts.values():
        places.update(notice_places(child))
    wording = Wording(texts["zh-Hans"], texts["en"], places=places, told=reading.worded)
    variant = overlay.variant if layer.kind == "variant" else raw.around.variant
    around = replace(raw.around, wording=wording, variant=variant, layers=(*raw.around.layers, layer))
    return Raw(Node(top, raw.node.place), raw.form, texts, around)


def _add_basis(top: Layered, overlay: Overlay) -> None:
    before = top.get("basis", [])
    before = [before] if isinstance(before, str) else list(before)
    top["basis"] = [*before, *(one for one in overlay.basis if one not in before)]
    top.places.setdefault("basis", overlay.place)


def _laid_texts(raw: Raw, lang: str, overlay: Overlay) -> dict[str, Any]:
    """The pack's texts with the layer's own over them, also over those of its one procedure."""
    base = dict(raw.texts.get(lang, {}))
    if lang not in overlay.texts:
        return base
    own = plain(overlay.texts[lang].value)
    found: dict[str, Any] = merged_data(base, own)
    inner = base.get("procedures", {})
    if isinstance(inner, dict) and overlay.of in inner:
        found["procedures"] = {**inner, overlay.of: merged_data(inner[overlay.of], own)}
    return found


def twice(reading: Reading, one: Overlay) -> None:
    """Tells that a variant or an overlay is there already."""
    reading.fault(
        one.place,
        Words(f"“{one.name}”写了两次。", f"“{one.name}” is there twice."),
        Words("换一个名字，或删去一个。", "Choose another name, or drop one."),
        mended=True,
    )


def unknown_base(reading: Reading, name: str, place: Place, names: tuple[str, ...]) -> None:
    """Tells that a variant, an overlay or an upgrade is of a procedure that is not there."""
    reading.fault(
        place,
        Words(f"不认识的流程“{name}”。", f"Unknown procedure “{name}”."),
        hint(name, names),
        kind="gap",
        mended=True,
    )
