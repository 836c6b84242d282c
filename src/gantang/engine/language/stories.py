"""Stories as written: their keys, and the names they use. Whether they come true is played elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gantang.engine.language.keys import known, needed
from gantang.engine.language.states import read_duties
from gantang.engine.model import DUTIES, Words
from gantang.engine.run.grants import MOVES as GRANTS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gantang.engine.language.nodes import Node
    from gantang.engine.language.reading import Reading
    from gantang.engine.model import Procedure

PLAYER = Words("角色", "player")


def read_story(reading: Reading, node: Node, procedures: Mapping[str, Procedure]) -> None:
    """Tells what is misspelt in a story; where the procedures could not be read whole (none are
    given), their names are not judged."""
    entries = reading.mapping(node, known("scenario"), needed("scenario") if node.is_mapping else ())
    written, name = entries.get("procedure"), None
    if procedures:
        name = reading.one_of(written, procedures, Words("流程", "procedure"), kind="gap")
    cast = reading.mapping(entries["cast"]) if "cast" in entries else {}
    for player in cast.values():
        own = reading.mapping(player, known("player"), needed("player"))
        read_duties(reading, own.get("duties"), DUTIES)
    if "opens" in entries:
        opening = reading.mapping(entries["opens"], known("opening"), needed("opening"))
        reading.one_of(opening.get("who"), cast, PLAYER)
        _moment(reading, opening.get("at"))
    for duty, player in (reading.mapping(entries["holders"]) if "holders" in entries else {}).items():
        reading.one_of(player, cast, PLAYER)
        if duty not in DUTIES:
            reading.unknown(player, duty, DUTIES, Words("职责", "duty"))
    _facts(reading, entries.get("facts"))
    procedure = procedures.get(name or "")
    for step in entries["steps"].parts() if "steps" in entries and entries["steps"].is_sequence else ():
        _step(reading, step, cast, procedure)


def _step(reading: Reading, node: Node, cast: Collection[str], procedure: Procedure | None) -> None:
    entries = reading.mapping(node, known("step"), needed("step"))
    reading.one_of(entries.get("who"), cast, PLAYER)
    _moment(reading, entries.get("at"))
    if procedure is not None:
        moves = (*procedure.moves, *GRANTS)
        reading.one_of(entries.get("move"), moves, Words("动作", "move"), kind="gap")
    if "move" in entries and "who" not in entries:
        reading.missing(node, "who")
    _facts(reading, entries.get("facts"))
    if "then" in entries:
        then = reading.mapping(entries["then"], (*known("then"), *DUTIES))
        if procedure is not None and "state" in then:
            reading.one_of(then["state"], procedure.states, Words("状态", "state"), kind="gap")


def _moment(reading: Reading, node: Node | None) -> None:
    if node is None:
        return
    try:
        datetime.fromisoformat(str(node.value)).replace(tzinfo=UTC)
    except ValueError:
        reading.fault(
            node,
            Words(f"“{node.value}”不是时刻。", f"“{node.value}” is not a moment."),
            Words("写成 2026-11-16 09:30。", "Write it as 2026-11-16 09:30."),
        )


def _facts(reading: Reading, node: Node | None) -> None:
    if node is not None:
        reading.mapping(node, known("facts"))
