"""What a procedure is for others: its documents, its gate and campaign, what its rows hand to children."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gantang.engine.check.say import at_move, finding
from gantang.engine.language.reading import hint
from gantang.engine.model import Field, Finding, Move, Place, Procedure, Words

#: Outcomes by which a matter goes on elsewhere, and the field that must say where.
ELSEWHERE = {"merged": "into", "moved": "ground"}


def shapes(procedure: Procedure, others: Mapping[str, Procedure]) -> Iterator[Finding]:
    yield from untemplated(procedure)
    yield from nowhere(procedure)
    yield from unopened(procedure)
    yield from no_gates(procedure, others)
    yield from unfit_rows(procedure, others)


def untemplated(procedure: Procedure) -> Iterator[Finding]:
    """Documents without a template: declared ones, and those that a move produces undeclared."""
    for name, document in procedure.documents.items():
        if name not in procedure.templates:
            yield _no_template(procedure, name, document.place, f"{procedure.name}/documents/{name}")
    for move in procedure.moves.values():
        for name in move.documents:
            if name not in procedure.templates and name not in procedure.documents:
                yield _no_template(procedure, name, move.place, at_move(procedure, move.name))


def _no_template(procedure: Procedure, name: str, place: Place, where: str) -> Finding:
    return finding(
        "gap",
        place,
        where,
        Words(f"文书 {name} 没有模板。", f"The document {name} has no template."),
        Words(f"放一个 documents/{name}.typ。", f"Put a documents/{name}.typ there."),
    )


def nowhere(procedure: Procedure) -> Iterator[Finding]:
    """Moves that send a matter elsewhere and do not ask where."""
    for move in procedure.moves.values():
        asked = {ask.field for ask in move.asks if ask.required}
        for outcome in move.outcomes:
            field = ELSEWHERE.get(outcome)
            if field is not None and field not in asked:
                yield finding(
                    "gap",
                    move.place,
                    at_move(procedure, move.name),
                    Words(
                        f"动作 {move.name} 的结果 {outcome} 要把事项交到别处，却没有问 {field}。",
                        f"The outcome {outcome} of the move {move.name} sends the matter elsewhere,"
                        f" and {field} is not asked.",
                    ),
                    Words(
                        f"在 asks 里加上 {field}，或改结果的名字。",
                        f"Ask {field}, or name the outcome otherwise.",
                    ),
                )


def unopened(procedure: Procedure) -> Iterator[Finding]:
    """A gate that nothing opens, a campaign that opens it for nothing."""
    gate, campaign = procedure.gate, procedure.campaign
    if gate is not None and not gate.opens:
        yield finding(
            "gap",
            gate.place,
            f"{procedure.name}/gate",
            Words("没有结果能让这个前置程序通过。", "No outcome opens this gate."),
            Words("在 gate.opens 里写上结果。", "Name the outcomes under gate.opens."),
        )
    if campaign is not None and not campaign.each:
        yield finding(
            "gap",
            campaign.place,
            f"{procedure.name}/campaign",
            Words("没写专项按什么逐一开启。", "It is not said for each of what a campaign opens it."),
            Words(
                "在 campaign.each 里写上 grid、village、township 或 unit。",
                "Write grid, village, township or unit under campaign.each.",
            ),
        )


def no_gates(procedure: Procedure, others: Mapping[str, Procedure]) -> Iterator[Finding]:
    """Guards that ask for the gate of a procedure which is none."""
    for move in procedure.moves.values():
        for guard in move.needs:
            name = guard.args[0] if guard.args else ""
            if guard.name in ("gate_open", "gate_absent") and name in others and others[name].gate is None:
                yield finding(
                    "gap",
                    guard.place,
                    at_move(procedure, move.name),
                    Words(
                        f"动作 {move.name} 要的 {name} 不是前置程序：它没有写 gate。",
                        f"The move {move.name} asks for the gate {name}, which is none: it has no gate part.",
                    ),
                    hint(name, [one.name for one in others.values() if one.gate is not None]),
                )


def unfit_rows(procedure: Procedure, others: Mapping[str, Procedure]) -> Iterator[Finding]:
    """Columns that a child asks for under the same name, but as another kind."""
    for move in procedure.moves.values():
        for column, field in _handed_down(procedure, move, others):
            if column.kind != field.kind:
                yield finding(
                    "gap",
                    column.place,
                    at_move(procedure, move.name),
                    Words(
                        f"列 {column.name} 是 {column.kind}，子事项的同名字段却是 {field.kind}。",
                        f"The column {column.name} is a {column.kind}; the child's field of that name"
                        f" is a {field.kind}.",
                    ),
                    Words("改成同一种类，或换个名字。", "Make them of one kind, or rename one."),
                )


def _handed_down(
    procedure: Procedure, move: Move, others: Mapping[str, Procedure]
) -> Iterator[tuple[Field, Field]]:
    """The closed columns of the rows that a move opens children for, each with the child's own field."""
    opens = move.opens
    if opens is None or opens.each is None or opens.procedure not in others:
        return
    fields, closed = others[opens.procedure].fields, procedure.fields[opens.each].closed_columns()
    for column in procedure.fields[opens.each].columns:
        if column.name in closed and column.name in fields:
            yield column, fields[column.name]
