"""What a drawing shows: boxes for states, ties for moves, with their lines of text; no positions yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gantang.engine.draw.measure import width, wrap
from gantang.engine.draw.say import Say
from gantang.engine.model import PEOPLE_DUTIES, Finding, LateRule, Move, Procedure, State

#: Sizes of text and the widest a box or a label may be, in pixels.
TITLE, TEXT, SMALL = 15.0, 12.0, 11.5
BOX, LABEL = 210.0, 150.0
LEADING, PAD, RULER = 1.4, 10.0, 14.0
#: A move from at least so many states is drawn once, from a box that stands for them.
MANY = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its role (title, text, small, fault) decides size and colour."""

    text: str
    role: str = "text"

    @property
    def size(self) -> float:
        return {"title": TITLE, "name": TEXT}.get(self.role, SMALL)

    @property
    def height(self) -> float:
        return self.size * LEADING

    @property
    def width(self) -> float:
        return width(self.text, self.size) * (1.06 if self.role in ("title", "name") else 1.0)


@dataclass(frozen=True, slots=True)
class Box:
    """A state, or several of them together (`state` is None)."""

    name: str
    state: State | None
    lines: tuple[Line, ...]
    told: str
    marks: tuple[LateRule, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def is_end(self) -> bool:
        return self.state is not None and self.state.is_end

    @property
    def size(self) -> tuple[float, float]:
        wide = max(line.width for line in self.lines) + 2 * PAD + 4
        ruler = RULER if self.marks else 0.0
        return max(wide, 120.0), sum(line.height for line in self.lines) + 1.6 * PAD + ruler


@dataclass(frozen=True, slots=True)
class Tie:
    """All moves from one box to another, drawn as one line with one label."""

    source: str
    target: str
    hand: str
    lines: tuple[Line, ...]
    told: str
    faults: tuple[str, ...] = ()
    longest: bool = False

    @property
    def size(self) -> tuple[float, float]:
        return max(line.width for line in self.lines) + 8, sum(line.height for line in self.lines) + 6


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a drawing shows, in the order of the file; `first` is where a matter starts."""

    first: str
    boxes: tuple[Box, ...]
    ties: tuple[Tie, ...]
    faults: tuple[str, ...] = field(default=())


def scene(
    procedure: Procedure, say: Say, findings: Iterable[Finding] = (), longest: Iterable[tuple[str, str]] = ()
) -> Scene:
    """The scene of a procedure; `longest` are (source, move) of the way to be drawn bold."""
    return _Maker(procedure, say, tuple(findings), frozenset(longest)).scene()


class _Maker:
    def __init__(
        self,
        procedure: Procedure,
        say: Say,
        findings: tuple[Finding, ...],
        longest: frozenset[tuple[str, str]],
    ) -> None:
        self.procedure, self.say, self.longest = procedure, say, longest
        self.faults: dict[tuple[str, str], list[str]] = {}
        self.other: list[str] = []
        for one in findings:
            self._keep(one)

    def _keep(self, finding: Finding) -> None:
        """A finding by the part it stands at; those of no state and no move are told above the drawing."""
        parts = finding.place.split("/")
        text = f"{self.say.kind(finding.kind)}: {finding.sentence.of(self.say.lang)}"
        key = (parts[1], parts[2]) if len(parts) > 2 else ("", "")
        known = {"states": self.procedure.states, "moves": self.procedure.moves}.get(key[0], {})
        if key[1] in known:
            self.faults.setdefault(key, []).append(text)
        else:
            self.other.append(text)

    def scene(self) -> Scene:
        groups = self._groups()
        boxes = [self._box(state) for state in self.procedure.states.values()]
        boxes += [self._together(name, sources) for name, sources in groups.items()]
        return Scene(self.procedure.initial, tuple(boxes), tuple(self._ties(groups)), tuple(self.other))

    def _groups(self) -> dict[str, tuple[str, ...]]:
        """Sets of many states that moves start from together, by the name of the box that stands for them."""
        found: dict[str, tuple[str, ...]] = {}
        for move in self.procedure.moves.values():
            if _grouped(move):
                found[_group(move)] = move.sources
        return found

    # boxes

    def _box(self, state: State) -> Box:
        faults = tuple(self.faults.get(("states", state.name), ()))
        said = [Line(self.say.of(state.title, state.name), "title")]
        said += self._end(state) if state.is_end else self._open(state)
        said += [Line(text, "fault") for text in faults]
        marks = () if state.is_end or state.within is None else self.procedure.late_in(state.name)
        return Box(
            state.name,
            state,
            tuple(_wrapped(said)),
            self._told(said),
            tuple(one for one in marks if one.at > 0),
            faults,
        )

    def _told(self, said: Iterable[Line]) -> str:
        return self.say.word("then").join(line.text for line in said)

    def _end(self, state: State) -> Iterator[Line]:
        names = (
            self.say.of(self.procedure.outcomes[one], one) if one in self.procedure.outcomes else one
            for one in state.ends
        )
        yield Line(self.say.word("ends") + self.say.joined(names), "small")

    def _open(self, state: State) -> Iterator[Line]:
        say = self.say
        period = say.period(state.within) if state.within is not None else say.word("no_clock")
        owner = say.duty(state.owner) if state.owner is not None else "?"
        yield Line(f"{owner} · {period}", "text")
        if state.pause is not None:
            yield Line(say.pause(state.pause), "small")
        if state.extend is not None:
            yield Line(say.extension(state.extend), "small")
        moves = self.procedure.moves_from(state.name)
        yield from self._acts([one for one in moves if _stays(one, state.name) and not _grouped(one)])

    def _acts(self, moves: list[Move]) -> Iterator[Line]:
        """Moves that keep the state, by name; one with a fault on a line of its own."""
        sound = [one for one in moves if ("moves", one.name) not in self.faults]
        if sound:
            names = self.say.joined(self.say.move(one.name) for one in sound)
            yield Line(self.say.word("acts") + names, "small")
        for one in moves:
            for text in self.faults.get(("moves", one.name), ()):
                yield Line(f"{self.say.move(one.name)} – {text}", "fault")

    def _together(self, name: str, sources: tuple[str, ...]) -> Box:
        """The box that stands for many states."""
        every = set(sources) == set(self.procedure.open_states)
        said = [Line(self.say.word("any" if every else "several"), "title")]
        said += [] if every else [Line(self.say.joined(map(self.say.state, sources)), "small")]
        moves = [one for one in self.procedure.moves.values() if _grouped(one) and _group(one) == name]
        said += self._acts([one for one in moves if one.to is None])
        return Box(name, None, tuple(_wrapped(said)), self._told(said))

    # ties

    def _ties(self, groups: dict[str, tuple[str, ...]]) -> Iterator[Tie]:
        found: dict[tuple[str, str], list[Move]] = {}
        for move in self.procedure.moves.values():
            sources = (_group(move),) if _grouped(move) else move.sources
            for source in sources:
                if move.to in self.procedure.states and source != move.to and source in self._names(groups):
                    found.setdefault((source, move.to or ""), []).append(move)
        for (source, target), moves in found.items():
            yield self._tie(source, target, moves)

    def _names(self, groups: dict[str, tuple[str, ...]]) -> set[str]:
        return {*self.procedure.states, *groups}

    def _tie(self, source: str, target: str, moves: list[Move]) -> Tie:
        say, said, faults = self.say, list[Line](), list[str]()
        for move in moves:
            said += [Line(say.move(move.name), "name"), Line(say.bounds(move), "small")]
            faults += self.faults.get(("moves", move.name), ())
            said += [Line(text, "fault") for text in self.faults.get(("moves", move.name), ())]
        whole = (f"{say.move(one.name)} ({say.bounds(one)})" for one in moves)
        told = say.word("to", say.joined(whole), self._title(source), say.state(target))
        bold = any((start, one.name) in self.longest for one in moves for start in _states_of(source))
        lines = tuple(_wrapped(said, LABEL))
        return Tie(source, target, hand_of(moves), lines, told, tuple(faults), bold)

    def _title(self, name: str) -> str:
        return self.say.state(name) if name in self.procedure.states else self.say.word("any")


def hand_of(moves: list[Move]) -> str:
    """Whose hand a line is drawn in: staff's, people's or the clock's, the first that may make one."""
    duties = {duty for move in moves for duty in move.by}
    if duties - set(PEOPLE_DUTIES) - {"clock"}:
        return "staff"
    return "people" if duties & set(PEOPLE_DUTIES) else "clock"


def _stays(move: Move, state: str) -> bool:
    return move.to is None or move.to == state


def _grouped(move: Move) -> bool:
    return len(move.sources) >= MANY


def _group(move: Move) -> str:
    return "+".join(move.sources)


def _states_of(name: str) -> list[str]:
    """The states that a box stands for."""
    return name.split("+")


def _wrapped(said: Iterable[Line], most: float = BOX) -> Iterator[Line]:
    """Lines no wider than a box or a label may be."""
    return (Line(part, line.role) for line in said for part in wrap(line.text, line.size, most))
