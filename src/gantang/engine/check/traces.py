"""Sealed work leaves a trace: opened by known moves, each with a reason, and nothing goes out before."""

from __future__ import annotations

from collections.abc import Iterator

from gantang.engine.check.apart import ASK, LOOK, OPEN
from gantang.engine.check.graph import Edge, Graph
from gantang.engine.check.meaning import has
from gantang.engine.check.say import at_move, finding
from gantang.engine.model import Finding, Move, Procedure, Words

#: Moves by which a sealed text comes before somebody's eyes (`matters/service/sealed`).
OPENING = (ASK, OPEN, LOOK)


def traces(graph: Graph) -> Iterator[Finding]:
    procedure = graph.procedure
    if not procedure.sealed:
        return
    if procedure.form.fields and OPEN not in procedure.moves:
        yield _no_way(procedure, OPEN)
    for move in (procedure.moves[name] for name in OPENING if name in procedure.moves):
        if not _closed_reason(procedure, move):
            yield _no_trace(procedure, move)
    yield from unopened(graph)


def _closed_reason(procedure: Procedure, move: Move) -> bool:
    fields = [
        procedure.fields[ask.field] for ask in move.asks if ask.required and ask.field in procedure.fields
    ]
    return any(one.kind == "choice" for one in fields)


def unopened(graph: Graph) -> Iterator[Finding]:
    """Papers that could go out of a seal nobody opened: by a path, or by an upgrade that put it there."""
    procedure = graph.procedure
    reached = {node.state for node in graph.walk(_without_opening)}
    for move in procedure.moves.values():
        if move.documents and not has(move, "used", OPEN):
            way = bool(reached & set(move.sources))
            yield _before(procedure, move, way=way)


def _without_opening(edge: Edge, _: bool) -> bool:
    return edge.move.name != OPEN


def _before(procedure: Procedure, move: Move, *, way: bool) -> Finding:
    zh = "没有启封也走得到这一步" if way else "升版、接管来的事项不一定启过封"
    en = "a path leads here without it" if way else "a matter taken over may stand here unopened"
    return finding(
        "leak",
        move.place,
        at_move(procedure, move.name),
        Words(
            f"保密流程的动作 {move.name} 出文书，却没有要求先启封：{zh}。",
            f"The move {move.name} sets a paper of sealed work and does not ask that the seal was opened:"
            f" {en}.",
        ),
        Words(f"在 needs 里加上 used({OPEN})。", f"Add used({OPEN}) to its needs."),
    )


def _no_trace(procedure: Procedure, move: Move) -> Finding:
    return finding(
        "leak",
        move.place,
        at_move(procedure, move.name),
        Words(
            f"保密流程的动作 {move.name} 看了密封的内容，却没有留下为什么看。",
            f"The move {move.name} reads what is sealed and leaves no trace of why.",
        ),
        Words(
            "在 asks 里加上一个必填的选项字段，例如 opening_reason。",
            "Let it ask a required choice, for instance opening_reason.",
        ),
    )


def _no_way(procedure: Procedure, name: str) -> Finding:
    return finding(
        "gap",
        procedure.place,
        f"{procedure.name}/moves/{name}",
        Words(
            f"保密流程 {procedure.name} 没有动作 {name}：密封的内容没法由两个岗位有据可查地打开。",
            f"The sealed procedure {procedure.name} has no move {name}:"
            " what is sealed cannot be opened by two with a trace.",
        ),
        Words(
            f"加上动作 {name}（tip 是样子）。",
            f"Add the move {name}, as the pack tip has it.",
        ),
    )
