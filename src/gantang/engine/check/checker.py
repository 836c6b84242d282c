"""The checker: everything it has against a procedure or a pack, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from gantang.engine.check.across import across
from gantang.engine.check.apart import apart
from gantang.engine.check.blind import blind_spots
from gantang.engine.check.bound import waiting
from gantang.engine.check.counting import uncounted
from gantang.engine.check.essential import bypasses, self_checks
from gantang.engine.check.feeding import unproved_again
from gantang.engine.check.follow import Unread, of_their_own
from gantang.engine.check.gaps import gaps
from gantang.engine.check.grants import self_grants
from gantang.engine.check.graph import Graph
from gantang.engine.check.hands import four_eyes
from gantang.engine.check.idling import idlings
from gantang.engine.check.keeping import keeping
from gantang.engine.check.law import loosened, unlawful
from gantang.engine.check.leaks import leaks
from gantang.engine.check.longest import Wait
from gantang.engine.check.meaning import meanings
from gantang.engine.check.papers import papers
from gantang.engine.check.public import public_papers
from gantang.engine.check.reckon import Reckoner
from gantang.engine.check.returning import wordless_returns
from gantang.engine.check.say import CHINESE
from gantang.engine.check.sealed import sealed_leaks
from gantang.engine.check.shapes import shapes
from gantang.engine.check.squeeze import squeezes
from gantang.engine.check.traces import traces
from gantang.engine.check.untils import untils
from gantang.engine.check.words import missing_words
from gantang.engine.model import Finding, Pack, Procedure, Words
from gantang.engine.time.calendar import Calendar

#: The findings of the table, in its order.
KINDS = tuple(CHINESE)


def check(
    checked: Procedure | Pack,
    *,
    calendar: Calendar,
    packs: Iterable[Pack] = (),
    days: Iterable[date] | None = None,
) -> tuple[Finding, ...]:
    """Every finding; `packs` are the others that exist, so that children and gates are known.

    Of a pack, what its loader found comes with it. Nothing silences a finding. `days` are the start
    days on which squeeze is tried; without, every day of the calendar's years.
    """
    if isinstance(checked, Procedure):
        checked = Pack(checked.name, {checked.name: checked})
    all_packs = (*packs, checked)
    others = {name: one for pack in all_packs for name, one in pack.procedures.items()}
    unread = frozenset(pack.name for pack in all_packs if not pack.procedures)
    judge = Judge(calendar, others, unread, checked.unread, _ordinals(days))
    found = [one for key in checked.procedures for one in judge.stages(_stages(checked, key))]
    return _sorted((*checked.findings, *found))


def _ordinals(days: Iterable[date] | None) -> tuple[int, ...] | None:
    return tuple(day.toordinal() for day in days) if days is not None else None


def _stages(pack: Pack, key: str) -> tuple[Procedure, ...]:
    """What it came from, layer by layer; of one that was put into the pack by hand, itself alone."""
    stages, last = pack.stages.get(key, ()), pack.procedures[key]
    return stages if stages and stages[-1] is last else (last,)


@dataclass(frozen=True)
class Judge:
    """Judges procedures on one calendar; each stage (base, variant, overlays) once.

    `lost` are packs of which nothing could be read: their names are known, and nothing else.
    """

    calendar: Calendar
    others: Mapping[str, Procedure]
    lost: frozenset[str]
    unread: Unread
    days: tuple[int, ...] | None = None
    known: dict[str, tuple[Finding, ...]] = field(default_factory=dict)

    @cached_property
    def reckoner(self) -> Reckoner:
        """One for all stages: what was counted for one of them is not counted again."""
        return Reckoner(self.calendar, self.days)

    @cached_property
    def wait(self) -> Wait | None:
        """How long children and gates take, each begun at each moment once."""
        return waiting(self.reckoner, self.others)

    def stages(self, stages: tuple[Procedure, ...]) -> Iterator[Finding]:
        """What the last stage has of its own, and what it loosens."""
        if len(stages) == 1:
            yield from self.alone(stages[0])
            return
        before, last = stages[-2:]
        told = {_said(one) for one in self.alone(before)}
        yield from (in_layer(one, last) for one in self.alone(last) if _said(one) not in told)
        yield from (in_layer(one, last) for one in loosened(before, last, self.calendar))
        for base in stages[:-2]:
            law = unlawful(base, before, last, self.calendar)
            yield from (in_layer(one, last) for one in law)

    def alone(self, procedure: Procedure) -> tuple[Finding, ...]:
        if procedure.hash not in self.known or not procedure.hash:
            found = of_procedure(procedure, self.reckoner, self.others, self.lost, self.wait)
            self.known[procedure.hash] = tuple(of_their_own(found, procedure, self.unread))
        return self.known[procedure.hash]


def _said(one: Finding) -> tuple[str, str, str]:
    return one.kind, one.place, one.sentence.en


def in_layer(one: Finding, procedure: Procedure) -> Finding:
    """A finding of a variant or overlay: named so where it stands in a file of what it is laid over."""
    layer = procedure.layers[-1]
    place = procedure.key + one.place.removeprefix(procedure.name)
    if one.file == layer.place.file:
        return replace(one, place=place)
    words = Words(f"加上 {layer.name} 以后：{one.sentence.zh}", f"With {layer.name}: {one.sentence.en}")
    return replace(one, place=place, sentence=words)


def of_procedure(
    procedure: Procedure,
    reckoner: Reckoner,
    others: Mapping[str, Procedure],
    lost: frozenset[str],
    wait: Wait | None,
) -> Iterator[Finding]:
    known = lost.union(others)
    graph = Graph.of(procedure, known)
    yield from gaps(graph)
    yield from blind_spots(graph)
    yield from idlings(graph)
    yield from across(graph, others, known)
    yield from squeezes(graph, reckoner, wait)
    yield from self_checks(graph)
    yield from four_eyes(procedure)
    yield from bypasses(graph)
    yield from uncounted(procedure)
    yield from unproved_again(procedure)
    yield from self_grants(graph)
    yield from shapes(procedure, others)
    yield from wordless_returns(procedure)
    yield from papers(procedure, others)
    yield from public_papers(procedure)
    yield from meanings(procedure)
    yield from apart(procedure)
    yield from traces(graph)
    yield from untils(procedure)
    yield from keeping(procedure)
    yield from leaks(procedure)
    yield from sealed_leaks(procedure, others)
    yield from missing_words(procedure)


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By file and line, each once."""
    once = dict.fromkeys(findings)
    return tuple(sorted(once, key=lambda one: (one.file, one.line, _rank(one.kind), one.place)))


def _rank(kind: str) -> int:
    return KINDS.index(kind) if kind in KINDS else len(KINDS)
