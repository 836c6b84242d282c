"""What cities and counties lay over a procedure: kept with what it made, laid over each new base again."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from gantang import engine
from gantang.engine.language.layers import read_overlay
from gantang.engine.language.nodes import Node, plain
from gantang.engine.language.reading import Reading
from gantang.engine.language.source import ordered, unordered
from gantang.engine.model import Place
from gantang.procedures import queries, rules
from gantang.procedures.models import ProcedureVersion


def own(ground: str, pack: engine.Pack) -> Iterator[engine.Procedure]:
    """Those of the composed procedures that the ground itself changes: others stand further up already."""
    return (one for one in pack.procedures.values() if one.layers and one.layers[-1].ground == ground)


def together(
    pack: engine.Pack, given: Iterable[engine.Overlay], without: Collection[str] = ()
) -> list[engine.Overlay]:
    """The overlays in force on a pack's procedures, those given in the place of their former versions, and
    ``without`` those of some grounds."""
    names = {one.name for one in pack.procedures.values()}
    found = {_key(one): one for one in standing(names) if one.ground not in without}
    found.update({_key(one): one for one in given if one.of in names})
    return list(found.values())


def _key(one: engine.Overlay) -> tuple[str, str, str]:
    return one.of, one.name, one.ground


def standing(names: Iterable[str]) -> Iterator[engine.Overlay]:
    """Overlays of the latest entries into force, as they were kept."""
    wanted = set(names)
    latest = {one.id for one in rules.latest(queries.versions()) if one.name in wanted and one.layers}
    for layers in (
        ProcedureVersion.objects.filter(pk__in=latest).order_by("id").values_list("layers", flat=True)
    ):
        yield from (_read(layer["file"]) for layer in layers if "file" in layer)


def of_rows(rows: Iterable[ProcedureVersion]) -> list[engine.Overlay]:
    """The overlays that just these rows' own ground laid over them."""
    kept = [
        one["file"] for row in rows for one in row.layers if "file" in one and one["ground"] == row.ground
    ]
    return list({_key(one): one for one in map(_read, kept)}.values())


def _read(kept: Any) -> engine.Overlay:
    """An overlay that was checked when it was kept."""
    data = unordered(kept)
    found = read_overlay(Reading("overlays"), Node(data, Place(f"overlays/{data['overlay']}.yaml", 0)))
    if found is None:
        raise ValueError(f"unreadable overlay {data['overlay']}")
    return found


def kept(procedure: engine.Procedure, overlays: Iterable[engine.Overlay]) -> list[dict[str, Any]]:
    """The layers of a procedure as a row keeps them; with those of a ground the file they came from."""
    files = {_key(one): one for one in overlays}
    found = []
    for layer in procedure.layers:
        told = {"kind": layer.kind, "name": layer.name, "version": layer.version, "ground": layer.ground}
        file = files.get((procedure.name, layer.name, layer.ground)) if layer.ground else None
        found.append({**told, "file": ordered(_file(file))} if file else told)
    return found


def _file(one: engine.Overlay) -> Mapping[str, Any]:
    return {
        "overlay": one.name,
        "of": one.of,
        "variant": one.variant,
        "ground": one.ground,
        "version": one.version,
        "basis": list(one.basis),
        "change": plain(one.change.value),
        "texts": {lang: plain(node.value) for lang, node in one.texts.items()},
    }


def versions_of(layers: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, int, str]]:
    """What tells two states of a version apart: every layer with its own version."""
    return [(one["kind"], one["name"], one["version"], one["ground"]) for one in layers]
