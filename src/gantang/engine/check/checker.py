"""The checker: everything it has against a procedure or a pack, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gantang.engine.check.across import across
from gantang.engine.check.blind import blind_spots
from gantang.engine.check.essential import bypasses, self_checks
from gantang.engine.check.follow import of_their_own
from gantang.engine.check.gaps import gaps
from gantang.engine.check.grants import self_grants
from gantang.engine.check.graph import Graph
from gantang.engine.check.idling import idlings
from gantang.engine.check.leaks import leaks
from gantang.engine.check.reckon import Reckoner
from gantang.engine.check.squeeze import squeezes
from gantang.engine.check.words import missing_words
from gantang.engine.model import Finding, Pack, Procedure
from gantang.engine.time.calendar import Calendar

#: The findings of the table, in its order.
KINDS = (
    "gap",
    "blind spot",
    "idling",
    "squeeze",
    "self-check",
    "bypass",
    "self-grant",
    "leak",
    "law",
    "words",
    "language",
)


def check(
    checked: Procedure | Pack, *, calendar: Calendar, packs: Iterable[Pack] = ()
) -> tuple[Finding, ...]:
    """Every finding; `packs` are the others that exist, so that children and gates are known.

    Of a pack, what its loader found comes with it. Nothing silences a finding.
    """
    if isinstance(checked, Procedure):
        checked = Pack(checked.name, {checked.name: checked})
    all_packs = (*packs, checked)
    others = {name: one for pack in all_packs for name, one in pack.procedures.items()}
    unread = frozenset(pack.name for pack in all_packs if not pack.procedures)
    found = [
        one
        for procedure in checked.procedures.values()
        for one in of_their_own(_of_procedure(procedure, calendar, others, unread), procedure, checked.unread)
    ]
    return _sorted((*checked.findings, *found))


def _of_procedure(
    procedure: Procedure, calendar: Calendar, others: Mapping[str, Procedure], unread: frozenset[str]
) -> Iterator[Finding]:
    """`unread` are packs of which nothing could be read: their names are known, and nothing else."""
    known = unread.union(others)
    graph = Graph.of(procedure, known)
    reckoner = Reckoner(calendar)
    yield from gaps(graph)
    yield from blind_spots(graph)
    yield from idlings(graph)
    yield from across(graph, others, known)
    yield from squeezes(graph, reckoner, others)
    yield from self_checks(graph)
    yield from bypasses(graph)
    yield from self_grants(graph)
    yield from leaks(procedure)
    yield from missing_words(procedure)


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By file and line, each once."""
    once = dict.fromkeys(findings)
    return tuple(sorted(once, key=lambda one: (one.file, one.line, _rank(one.kind), one.place)))


def _rank(kind: str) -> int:
    return KINDS.index(kind) if kind in KINDS else len(KINDS)
