"""Leaks of a sealed procedure: everything by which somebody else could tell that its matters are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gantang.engine.check.say import at_move, finding, place_of
from gantang.engine.model import Finding, Place, Procedure, Words

KIND = "leak"


def sealed_leaks(procedure: Procedure, others: Mapping[str, Procedure]) -> Iterator[Finding]:
    if procedure.sealed:
        yield from figures(procedure)
        yield from shown_names(procedure)
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
