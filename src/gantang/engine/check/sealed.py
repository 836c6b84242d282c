"""Leaks of a sealed procedure: everything by which somebody else could tell that its matters are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gantang.engine.check.say import at_move, at_state, finding, place_of
from gantang.engine.model import Finding, Place, Procedure, Words

KIND = "leak"
#: Who may have something to do in a sealed procedure: its two holders, whoever reported, the clock.
HOLDERS = frozenset({"receiver", "handler", "verifier", "reporter", "clock"})


def sealed_leaks(procedure: Procedure, others: Mapping[str, Procedure]) -> Iterator[Finding]:
    if procedure.sealed:
        yield from figures(procedure)
        yield from shown_names(procedure)
        yield from strangers(procedure)
    yield from across_the_seal(procedure, others)


def figures(procedure: Procedure) -> Iterator[Finding]:
    """Its matters in figures: counted, or coverage of a campaign, a gate that others read, a feed for all."""
    if procedure.counted:
        yield _shows(procedure, "counted", procedure.place, Words("计入统计", "is counted in figures"),
                     Words("写上 counted: false。", "Write counted: false."))  # fmt: skip
    shown = {"campaign": procedure.campaign, "gate": procedure.gate, "feed": procedure.feed}
    for part, place in shown.items():
        if place is not None:
            what = Words(f"有 {part}", f"has a {part}")
            yield _shows(procedure, part, place.place, what, Words(f"删去 {part}。", f"Drop {part}."))


def shown_names(procedure: Procedure) -> Iterator[Finding]:
    """What it counts, lists and searches."""
    for part in ("counts", "lists", "search"):
        for name in getattr(procedure, part):
            place = place_of(procedure.places.get(f"{part}/{name}"), procedure=procedure)
            what = Words(f"在 {part} 里列出 {name}", f"gives {name} under {part}")
            remedy = Words(f"从 {part} 里去掉 {name}。", f"Take {name} out of {part}.")
            yield _shows(procedure, part, place, what, remedy)


def strangers(procedure: Procedure) -> Iterator[Finding]:
    """Work given to a duty that the sealed routing fills with nobody: two posts hold it together, and the
    next unit above only hears of lateness."""
    for state in procedure.states.values():
        if state.owner is not None and state.owner not in HOLDERS:
            what = Words(f"状态 {state.name}", f"The state {state.name}")
            yield _nobody(what, state.owner, at_state(procedure, state.name), state.place)
    for move in procedure.moves.values():
        for duty in move.by:
            if duty not in HOLDERS:
                what = Words(f"动作 {move.name}", f"The move {move.name}")
                yield _nobody(what, duty, at_move(procedure, move.name), move.place)


def _nobody(what: Words, duty: str, where: str, place: Place) -> Finding:
    return finding(
        "blind spot",
        place,
        where,
        Words(
            f"{what.zh} 交给 {duty}：保密流程里没有人承担这个职责。",
            f"{what.en} is for the {duty}: in a sealed procedure nobody holds that duty.",
        ),
        Words(
            "改成 receiver、handler 或 verifier：由路由定出的两个岗位承担。",
            "Name receiver, handler or verifier: the two posts that the sealed routing finds.",
        ),
    )


def across_the_seal(procedure: Procedure, others: Mapping[str, Procedure]) -> Iterator[Finding]:
    """Children on the other side of the seal: the link between them shows it."""
    for move in procedure.moves.values():
        opens = move.opens
        if opens is None or opens.procedure not in others:
            continue
        if others[opens.procedure].sealed != procedure.sealed:
            yield finding(
                KIND,
                opens.place,
                at_move(procedure, move.name),
                Words(
                    f"动作 {move.name} 在保密和不保密的流程之间开子事项 {opens.procedure}。",
                    f"The move {move.name} opens {opens.procedure} across the seal: only one is sealed.",
                ),
                Words("两个流程都写 sealed，或都不写。", "Seal both procedures, or neither."),
            )


def _shows(procedure: Procedure, part: str, place: Place, what: Words, remedy: Words) -> Finding:
    return finding(
        KIND,
        place,
        f"{procedure.name}/{part}",
        Words(
            f"保密流程 {procedure.name} {what.zh}，别人由此看得出有这样的事项。",
            f"The sealed procedure {procedure.name} {what.en}: others could tell that such matters exist.",
        ),
        remedy,
    )
