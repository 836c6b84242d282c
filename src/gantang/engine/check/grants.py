"""Self-grant: an extension or a pause that its own asker may grant."""

from __future__ import annotations

from collections.abc import Iterator

from gantang.engine.check.graph import Graph
from gantang.engine.check.say import at_state, finding
from gantang.engine.model import ABOVE, Extend, Finding, Pause, Words

#: What the loader fills in; who of them grants is then whoever does not own the state.
DEFAULT = ("leader", "supervisor")
PAUSE, EXTEND = Words("暂停", "pause"), Words("延期", "extension")


def self_grants(graph: Graph) -> Iterator[Finding]:
    procedure = graph.procedure
    for name, state in procedure.states.items():
        for grant, what in ((state.pause, PAUSE), (state.extend, EXTEND)):
            if grant is not None:
                yield from _of_one(grant, at_state(procedure, name), what, state.owner)
    total = procedure.total_extend
    if total is None or total.granted_by == DEFAULT:
        return
    owners = {state.owner for state in procedure.states.values() if not state.is_end and state.owner}
    for owner in sorted(owners & set(total.granted_by)):
        yield _self_grant(
            total, f"{procedure.name}/clock", Words("总时限的延期", "extension of the total"), owner
        )


def _of_one(grant: Pause | Extend, where: str, what: Words, owner: str | None) -> Iterator[Finding]:
    if not grant.granted_by:
        yield _no_granter(grant, where, what)
    if owner in grant.granted_by:
        yield _self_grant(grant, where, what, str(owner))
    elif beside := [one for one in grant.granted_by if one not in ABOVE]:
        yield _from_beside(grant, where, what, beside[0])


def _no_granter(grant: Pause | Extend, where: str, what: Words) -> Finding:
    return finding(
        "blind spot",
        grant.place,
        where,
        Words(f"{where} 的{what.zh}没有人可以批准。", f"Nobody may grant the {what.en} of {where}."),
        Words(
            "在 granted_by 里写上职责，例如 leader。", "Name a duty under granted_by, for instance leader."
        ),
    )


def _from_beside(grant: Pause | Extend, where: str, what: Words, duty: str) -> Finding:
    return finding(
        "self-grant",
        grant.place,
        where,
        Words(
            f"{where} 的{what.zh}由 {duty} 批准，{duty} 不在承办人之上。",
            f"The {what.en} of {where} may be granted by the {duty}, who does not stand above its owner.",
        ),
        Words(
            f"把 granted_by 改成 {'、'.join(ABOVE)} 中的一个。",
            f"Let one of {', '.join(ABOVE)} grant it.",
        ),
    )


def _self_grant(grant: Pause | Extend, where: str, what: Words, owner: str) -> Finding:
    return finding(
        "self-grant",
        grant.place,
        where,
        Words(
            f"{where} 的{what.zh}由 {owner} 提出，又可以由 {owner} 自己批准。",
            f"The {what.en} of {where} is asked by the {owner} and may be granted by the {owner}.",
        ),
        Words(
            "把 granted_by 改成别的职责，例如 leader。", "Let another duty grant it, for instance the leader."
        ),
    )
