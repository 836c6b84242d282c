"""One procedure, put together from its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from gantang.engine.language.fields import BUILT_IN, read_fields
from gantang.engine.language.keys import known, needed
from gantang.engine.language.late import read_late
from gantang.engine.language.moves import read_moves
from gantang.engine.language.shapes import read_campaign, read_case_file, read_documents, read_feed, read_gate
from gantang.engine.language.states import read_extend, read_states, read_within
from gantang.engine.model import (
    Extend,
    Field,
    Form,
    Keep,
    Layer,
    Option,
    Place,
    Procedure,
    State,
    Within,
    Words,
)
from gantang.engine.vocabulary import MEASURES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gantang.engine.language.nodes import Node
    from gantang.engine.language.reading import Reading
    from gantang.engine.language.wording import Wording

THEN = ("erase_people", "keep")


@dataclass(frozen=True, slots=True)
class Around:
    """What a pack gives to each of its procedures; `templates` are those of its documents."""

    form: Form
    wording: Wording
    templates: Mapping[str, str] = field(default_factory=dict)
    variant: str = ""
    layers: tuple[Layer, ...] = ()


def read_procedure(
    reading: Reading, node: Node, around: Around, *, source: str, digest: str
) -> Procedure | None:
    if node.is_mapping and not node.value:
        _empty(reading, node)
        return None
    entries = reading.mapping(node, known("procedure"), needed("procedure") if node.is_mapping else ())
    if any(key not in entries for key in needed("procedure")):
        return None
    name = reading.text(entries["procedure"])
    wording = around.wording.of(name)
    own = read_fields(reading, entries.get("fields"), wording, of="staff")
    fields: dict[str, Field] = {**BUILT_IN, **around.form.fields, **own}
    states = read_states(reading, entries["states"], fields, wording)
    if not states:
        return None
    outcomes = _outcomes(entries.get("outcomes"), states, wording)
    fields["outcome"] = Field(
        "outcome",
        "choice",
        Words("结果", "outcome"),
        tuple(Option(*one) for one in outcomes.items()),
        of="staff",
    )
    moves = read_moves(reading, entries["moves"], states, fields, wording)
    counts = _counts(reading, entries.get("counts"), fields, outcomes)
    lists, search = (_field_names(reading, entries.get(key), fields) for key in ("lists", "search"))
    serves = {word: part.place for word, part in reading.words(entries.get("serves"))}
    used = {
        "serves": serves,
        "counts": counts,
        "lists": lists,
        "search": search,
        "texts": wording.places,
    }
    total, total_extend = _clock(reading, entries.get("clock"), fields)
    documents = read_documents(reading, entries.get("documents"), fields, wording)
    return Procedure(
        name=name,
        version=reading.number(entries["version"]) or 1,
        title=wording.at("title", inline=entries.get("title")),
        states=MappingProxyType(states),
        moves=MappingProxyType(moves),
        fields=MappingProxyType(fields),
        basis=tuple(word for word, _ in reading.words(entries.get("basis"))),
        serves=tuple(serves),
        total=total,
        total_extend=total_extend,
        late=read_late(reading, entries.get("late"), states, moves, before_moves=_late_first(entries)),
        keep=_keep(reading, entries.get("keep")),
        counts=tuple(counts),
        lists=tuple(lists),
        search=tuple(search),
        outcomes=MappingProxyType(outcomes),
        documents=MappingProxyType(documents),
        case_file=read_case_file(reading, entries.get("case_file"), documents, wording),
        templates=around.templates,
        counted=reading.flag(entries.get("counted"), True),
        access_code=reading.flag(entries.get("access_code"), True),
        sealed=reading.flag(entries.get("sealed"), False),
        campaign=read_campaign(reading, entries.get("campaign"), outcomes),
        gate=read_gate(reading, entries.get("gate"), outcomes),
        feed=read_feed(reading, entries.get("feed"), states, fields),
        variant=around.variant,
        layers=around.layers,
        form=around.form,
        texts=MappingProxyType(wording.notices()),
        hash=digest,
        source=source,
        place=node.place,
        places={f"{part}/{name}": place for part, names in used.items() for name, place in names.items()},
    )


def _late_first(entries: Mapping[str, Node]) -> bool:
    order = list(entries)
    return "late" in entries and order.index("late") < order.index("moves")


def _empty(reading: Reading, node: Node) -> None:
    reading.fault(
        node,
        Words("文件是空的。", "The file is empty."),
        Words(f"写上 {'、'.join(needed('procedure'))}。", f"Write {', '.join(needed('procedure'))}."),
    )


def _outcomes(node: Node | None, states: Mapping[str, State], wording: Wording) -> dict[str, Words]:
    inline = dict(node.items()) if node is not None and node.is_mapping else {}
    names = dict.fromkeys(end for state in states.values() for end in state.ends)
    return {name: wording.at("outcomes", name, inline=inline.get(name)) for name in names}


def _clock(
    reading: Reading, node: Node | None, fields: Mapping[str, Field]
) -> tuple[Within | None, Extend | None]:
    if node is None:
        return None, None
    entries = reading.mapping(node, known("clock"))
    return (
        read_within(reading, entries.get("total"), fields),
        read_extend(reading, entries.get("extend"), None),
    )


def _keep(reading: Reading, node: Node | None) -> Keep | None:
    if node is None:
        return None
    entries = reading.mapping(node, known("keep"), needed("keep"))
    span = reading.span(entries.get("after_close"))
    then = reading.text(entries.get("then"))
    if "then" in entries and then not in THEN:
        then = reading.unknown(entries["then"], then, THEN, Words("处置", "disposal")) or then
    return None if span is None else Keep(span, then, node.place)


def _counts(
    reading: Reading, node: Node | None, fields: Mapping[str, Field], outcomes: Mapping[str, Words]
) -> dict[str, Place]:
    """Measures, ends and fields that are counted; that a vault field is, the checker says."""
    names = {**MEASURES, **outcomes, **dict.fromkeys(fields)}
    return _known(reading, node, names, Words("统计项", "measure"))


def _field_names(reading: Reading, node: Node | None, fields: Mapping[str, Field]) -> dict[str, Place]:
    return _known(reading, node, fields, Words("字段", "field"))


def _known(reading: Reading, node: Node | None, names: Collection[str], what: Words) -> dict[str, Place]:
    """Those of the words that are known, each with where it stands."""
    found = {}
    for word, part in reading.words(node):
        if word in names:
            found[word] = part.place
        else:
            reading.unknown(part, word, names, what, kind="gap")
    return found
