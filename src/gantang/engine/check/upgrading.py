"""An upgrade of running matters against both versions: names, ends, ways out, people's rights."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import inf

from gantang.engine.check.graph import Graph, Node, by_staff
from gantang.engine.check.say import finding
from gantang.engine.language.reading import hint
from gantang.engine.model import PEOPLE_DUTIES, Finding, Move, Procedure, Upgrade, Words


def upgrade_faults(old: Procedure, new: Procedure, mapping: Upgrade) -> tuple[Finding, ...]:
    """Everything that stands against taking matters of `old` over to `new`.

    "gap": a name that is not there, an end that would open, a way out that would be lost;
    "law": a move of reporter or party taken away or to be made less often.
    """
    return tuple(_Judge(old, new, mapping).findings())


@dataclass(frozen=True)
class _Judge:
    old: Procedure
    new: Procedure
    mapping: Upgrade

    def findings(self) -> Iterator[Finding]:
        yield from self.names()
        for before, after in self.mapping.states.items():
            if before in self.old.states and after in self.new.states:
                yield from self.state(before, after)

    def names(self) -> Iterator[Finding]:
        """States and moves of the mapping that the versions do not have."""
        sides = ((self.old, 0), (self.new, 1))
        for procedure, side in sides:
            for pair in self.mapping.states.items():
                if pair[side] not in procedure.states:
                    yield self._unknown(pair[side], procedure, procedure.states, Words("状态", "state"))
            for pair in self.mapping.uses.items():
                if pair[side] not in procedure.moves:
                    yield self._unknown(pair[side], procedure, procedure.moves, Words("动作", "move"))

    def _unknown(self, name: str, procedure: Procedure, known: Collection[str], what: Words) -> Finding:
        sentence = Words(
            f"第{procedure.version}版没有{what.zh}“{name}”。",
            f"Version {procedure.version} has no {what.en} “{name}”.",
        )
        return self._says("gap", sentence, hint(name, known))

    def state(self, before: str, after: str) -> Iterator[Finding]:
        was, is_now = self.old.states[before], self.new.states[after]
        if was.is_end != is_now.is_end or not set(was.ends) <= set(is_now.ends):
            sentence = Words(
                f"“{before}”和“{after}”不同是终点，或少了结果。",
                f"“{before}” and “{after}” are not both ends, or outcomes are missing.",
            )
            yield self._says(
                "gap", sentence, Words("终点只对应有同样结果的终点。", "Map an end to its like.")
            )
        elif not is_now.is_end and not self._ends(after):
            sentence = Words(
                f"旧版用过的次数带过来后，从“{after}”可能到不了终点。",
                f"With the uses of the old version counted on, “{after}” may reach no end.",
            )
            yield self._says(
                "gap", sentence, Words("不要对应这个状态，或放宽次数。", "Leave it out, or allow more uses.")
            )
        for move in self.old.moves_from(before):
            if set(move.by) & set(PEOPLE_DUTIES):
                yield from self._right(move, after)

    def _right(self, move: Move, after: str) -> Iterator[Finding]:
        """Reporter and party go on doing what they could, as often as before."""
        name = self.mapping.uses.get(move.name, move.name)
        found = self.new.moves.get(name)
        lost = found is None or after not in found.sources
        duties = set(move.by) & set(PEOPLE_DUTIES)
        if (
            lost
            or not duties <= set(found.by if found else ())
            or self._most_before(name) > self._most(found)
        ):
            sentence = Words(
                f"反映人或当事人在“{after}”不再能做“{move.name}”，或次数变少。",
                f"In “{after}” reporter or party lose “{move.name}”, or may make it less often.",
            )
            yield self._says(
                "law", sentence, Words("新版保留这个动作和次数。", "Keep it, as often, in the new version.")
            )

    def _most(self, move: Move | None) -> float:
        return inf if move is None or move.at_most is None else move.at_most

    def _most_before(self, name: str) -> float:
        """How often the move may have been made in the old version, under all its old names."""
        names = [one for one in self.old.moves if self.mapping.uses.get(one, one) == name]
        return sum(self._most(self.old.moves[one]) for one in names)

    @cached_property
    def _graph(self) -> Graph:
        return Graph.of(self.new)

    def _ends(self, state: str) -> bool:
        """Whether staff and clock alone still reach an end with every use gone that may be gone."""
        graph = self._graph
        left = (max(0, self._most(self.new.moves[one]) - self._most_before(one)) for one in graph.bounded)
        start = Node(state, tuple(int(n) for n in left))
        return start in graph.ending(graph.walk(by_staff, start), by_staff)

    def _says(self, kind: str, sentence: Words, remedy: Words) -> Finding:
        return finding(kind, self.mapping.place, f"{self.new.name}/upgrades", sentence, remedy)
