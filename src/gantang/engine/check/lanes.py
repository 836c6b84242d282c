"""All start days at once: the latest arrivals at every end, as lists with one moment for each start.

The same counting as `Longest.arrivals`, hop by hop, but for thousands of starts
together; a lane is a node as entered in one way (an entry whose clock goes on
from the state before keeps its own). Used where the total moves nothing and no
clock can have run out on entry (`Course.hasty`), so that the later arrival is the longer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gantang.engine.check.graph import Node
from gantang.engine.check.longest import Arrival, Longest
from gantang.engine.check.passages import Aim, Course, Passage, Stop
from gantang.engine.check.visit import Stay
from gantang.engine.time.pauses import Stops

Moments = list[int]
Key = tuple[int, int, Stops]
Kind = tuple[str, int | None, int | None, tuple[Aim, ...], bool]


@dataclass(slots=True, eq=False)
class Lane:
    """Entries into a node, one for each start: when, since when the clock runs, what was paused."""

    at: Moments
    since: Moments
    halts: list[Stops] | None = None

    def keys(self) -> list[Key]:
        halts = self.halts if self.halts is not None else [()] * len(self.at)
        return list(zip(self.at, self.since, halts, strict=True))

    @property
    def is_new(self) -> bool:
        """Whether the clock of the state begins with the entry."""
        return self.since is self.at


@dataclass(frozen=True, slots=True, eq=False)
class Visited:
    """One way to draw the visits of a lane out: by entry, and the last moment for each start."""

    keys: list[Key]
    stays: dict[Key, Stay]
    limits: dict[Key, int]
    limit: Moments


class Lanes:
    """One pass over a course for many starts.

    A visit depends on its state and what its pauses may be meant for, not on the uses left: nodes alike
    in this share what was counted (`seen` by entry, `visited` by all entries of a lane).
    """

    def __init__(self, longest: Longest, track: Course) -> None:
        self.longest, self.track = longest, track
        self.main: dict[Node, Moments] = {}
        self.carried: dict[Node, list[Lane]] = {}
        self.seen: dict[Kind, dict[Key, tuple[Stay, ...]]] = {}
        self.visited: dict[tuple[Kind, tuple[int, ...]], list[Visited]] = {}

    def latest(self, starts: Sequence[int]) -> Moments | None:
        """For each start the latest arrival at any end; None where no end is reached in time."""
        self.main, self.carried = {self.track.first: list(starts)}, {}
        found: Moments | None = None
        for stop in self.track.stops:
            for lane in self._lanes(stop.node):
                if stop.state.is_end:
                    found = lane.at if found is None else later(found, lane.at)
                if stop.passages:
                    self._through(stop, lane)
        return found

    def _lanes(self, node: Node) -> Iterator[Lane]:
        at = self.main.pop(node, None)
        if at is not None:
            yield Lane(at, at)
        yield from self.carried.pop(node, ())

    def _through(self, stop: Stop, lane: Lane) -> None:
        if stop.state.is_end:
            for one in stop.passages:
                self._enter(one, [self._until(one, at) for at in lane.at])
            return
        for visited in self._visited(stop, lane):
            self._pass(stop, lane, visited)

    def _visited(self, stop: Stop, lane: Lane) -> list[Visited]:
        if not lane.is_new:
            return self._counted(stop, lane)
        known = kind(stop), tuple(lane.at)
        found = self.visited.get(known)
        if found is None:
            found = self.visited[known] = self._counted(stop, lane)
        return found

    def _counted(self, stop: Stop, lane: Lane) -> list[Visited]:
        keys, ways = lane.keys(), self.seen.setdefault(kind(stop), {})
        own = set(keys)
        for key in own - ways.keys():
            ways[key] = self.longest.stays(self._here(stop, key), stop)
        found = []
        for n in range(max(len(ways[key]) for key in own)):
            stays = {key: ways[key][min(n, len(ways[key]) - 1)] for key in own}
            limits = {
                key: self.longest.limit(self._here(stop, key), stop, stay) for key, stay in stays.items()
            }
            found.append(Visited(keys, stays, limits, [limits[key] for key in keys]))
        return found

    def _pass(self, stop: Stop, lane: Lane, visited: Visited) -> None:
        for one in stop.passages:
            at = visited.limit if plain(one) else self._leaves(stop, one, visited)
            if one.carries:
                halts = [(*key[2], *visited.stays[key].halts) for key in visited.keys]
                self.carried.setdefault(one.target, []).append(Lane(at, lane.since, halts))
            else:
                self._enter(one, at)

    def _until(self, one: Passage, at: int) -> int:
        return self.longest.visits.until(one.until, at) if one.until else at

    def _here(self, stop: Stop, key: Key) -> Arrival:
        at, since, halts = key
        return Arrival(stop.node, at, since, 0, halts)

    def _leaves(self, stop: Stop, one: Passage, visited: Visited) -> Moments:
        left = {}
        for key, stay in visited.stays.items():
            here = self._here(stop, key)
            left[key] = self.longest.leaves(here, stop, stay, one, visited.limits[key]) or here.at
        return [left[key] for key in visited.keys]

    def _enter(self, one: Passage, at: Moments) -> None:
        held = self.main.get(one.target)
        self.main[one.target] = at if held is None or held is at else later(held, at)


def kind(stop: Stop) -> Kind:
    """What visits depend on, besides their entry."""
    return stop.state.name, stop.sure, stop.early, stop.aims, stop.rolling


def plain(one: Passage) -> bool:
    """Whether the passage is taken at the last moment of the visit, whatever else."""
    if not one.hand:
        return one.percent == 100
    return not (one.until or one.waits or one.before)


def later(one: Moments, other: Moments) -> Moments:
    return list(map(max, one, other))
