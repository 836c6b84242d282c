"""A procedure's canonical text: what its hash is taken of, and what is kept in force."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from gantang.engine.language.fields import read_form
from gantang.engine.language.nodes import Node
from gantang.engine.language.procedure import Around, read_procedure
from gantang.engine.language.reading import Reading
from gantang.engine.language.wording import Wording
from gantang.engine.model import Layer, Place, Procedure

if TYPE_CHECKING:
    from collections.abc import Mapping


def canonical(value: Any) -> str:
    """JSON with sorted keys and no blanks; the order of states and moves is kept as lists."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(source: str) -> str:
    """SHA-256 of the canonical text, hex."""
    return hashlib.sha256(source.encode("utf-8")).hexdigest()


def ordered(value: Any) -> Any:
    """Mappings as lists of pairs: the order of a file carries meaning (first state, first move)."""
    if isinstance(value, dict):
        return {"": [[key, ordered(one)] for key, one in value.items()]}
    if isinstance(value, list):
        return [ordered(one) for one in value]
    return value


def unordered(value: Any) -> Any:
    """The inverse of `ordered`."""
    if isinstance(value, dict):
        return {key: unordered(one) for key, one in value[""]}
    if isinstance(value, list):
        return [unordered(one) for one in value]
    return value


def write_source(file: str, procedure: Any, form: Any, texts: Mapping[str, Any], around: Around) -> str:
    """The canonical text; variant and layers stand in it only where there are some."""
    parts = {
        "file": file,
        "procedure": ordered(procedure),
        "form": ordered(form),
        "texts": ordered(dict(texts)),
        "documents": dict(around.templates) or [],  # an empty list, as it always was: the hash stays
    }
    if around.layers:
        parts["variant"] = around.variant
        parts["layers"] = [_layer(one) for one in around.layers]
    return canonical(parts)


def _layer(layer: Layer) -> list[Any]:
    return [layer.kind, layer.name, layer.version, layer.ground, list(layer.basis)]


def _read_layer(parts: list[Any]) -> Layer:
    kind, name, version, ground, basis = parts
    return Layer(kind, name, version, ground, tuple(basis))


def _templates(kept: Any) -> dict[str, str]:
    """Texts by name; an older source kept the names alone."""
    return dict(kept) if isinstance(kept, dict) else dict.fromkeys(kept, "")


def read_source(source: str) -> Procedure:
    """The procedure kept as `Procedure.source`; the same hash, without lines.

    Raises ValueError when it cannot be read any more.
    """
    parts = json.loads(source)
    reading = Reading()
    texts = unordered(parts["texts"])
    wording = Wording(texts.get("zh-Hans", {}), texts.get("en", {}))
    form_data = unordered(parts["form"])
    form = read_form(reading, Node(form_data, Place("form.yaml", 0)) if form_data else None, wording)
    node = Node(unordered(parts["procedure"]), Place(parts["file"], 0))
    layers = tuple(_read_layer(one) for one in parts.get("layers", ()))
    around = Around(form, wording, _templates(parts["documents"]), parts.get("variant", ""), layers)
    procedure = read_procedure(reading, node, around, source=source, digest=digest(source))
    if procedure is None:
        raise ValueError(reading.findings[0].sentence.en if reading.findings else "unreadable procedure")
    return procedure
