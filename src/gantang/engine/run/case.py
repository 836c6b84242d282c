"""The case: what a matter's steps add up to. Its JSON is canonical: same steps, same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from gantang.engine.run.values import Holder, moment, stamp

if TYPE_CHECKING:
    from datetime import datetime

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Watch:
    """A late rule (its number in the procedure) and the moment it falls due."""

    rule: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """A running or stopped clock, with everything its deadline was computed from.

    `pauses` and `extended` are uses in this visit; `stops` are the intervals that
    did not count; `fired` are late rules that have fired for this deadline.
    """

    start: datetime
    span: str
    side: str
    due: datetime
    calendar: str
    provisional: bool = False
    stops: tuple[tuple[datetime, datetime], ...] = ()
    extensions: tuple[str, ...] = ()
    watch: tuple[Watch, ...] = ()
    fired: tuple[int, ...] = ()
    paused: int = 0
    extended: int = 0

    def waiting(self) -> tuple[Watch, ...]:
        return tuple(one for one in self.watch if one.rule not in self.fired)

    def to_dict(self) -> dict[str, Any]:
        return {
            "start": stamp(self.start),
            "span": self.span,
            "side": self.side,
            "due": stamp(self.due),
            "calendar": self.calendar,
            "provisional": self.provisional,
            "stops": [[stamp(since), stamp(until)] for since, until in self.stops],
            "extensions": list(self.extensions),
            "watch": [[one.rule, stamp(one.at)] for one in self.watch],
            "fired": list(self.fired),
            "paused": self.paused,
            "extended": self.extended,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Clock:
        return cls(
            moment(data["start"]),
            data["span"],
            data["side"],
            moment(data["due"]),
            data["calendar"],
            data["provisional"],
            tuple((moment(since), moment(until)) for since, until in data["stops"]),
            tuple(data["extensions"]),
            tuple(Watch(rule, moment(at)) for rule, at in data["watch"]),
            tuple(data["fired"]),
            data["paused"],
            data["extended"],
        )


@dataclass(frozen=True, slots=True)
class Stop:
    """A pause that runs: "pause" by grant or "question" to the reporter."""

    kind: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """A pause or an extension that was asked for and not yet granted."""

    kind: str
    of: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A holder on the case: by "remit" it follows the remit, by "move" it stands."""

    unit: int
    post: int | None = None
    remit: int | None = None
    by: str = "remit"

    def holder(self) -> Holder:
        return Holder(self.unit, self.post, self.remit)


Actors = tuple[tuple[int | None, int | None], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """`made` lists (account, post) of every doer by duty since the matter opened."""

    procedure: str
    version: int
    hash: str
    state: str
    visit: int
    opened_at: datetime
    entered_at: datetime
    changed_at: datetime
    outcome: str | None = None
    closed_at: datetime | None = None
    clock: Clock | None = None
    total: Clock | None = None
    pause: Stop | None = None
    wish: Wish | None = None
    supervision: str | None = None
    holders: Mapping[str, Held] = field(default_factory=dict)
    made: Mapping[str, Actors] = field(default_factory=dict)
    uses: Mapping[str, int] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    until: Mapping[str, datetime] = field(default_factory=dict)
    reopened: int = 0

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def to_dict(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "procedure": self.procedure,
            "version": self.version,
            "hash": self.hash,
            "state": self.state,
            "visit": self.visit,
            "opened_at": stamp(self.opened_at),
            "entered_at": stamp(self.entered_at),
            "changed_at": stamp(self.changed_at),
            "outcome": self.outcome,
            "closed_at": stamp(self.closed_at) if self.closed_at else None,
            "clock": self.clock.to_dict() if self.clock else None,
            "total": self.total.to_dict() if self.total else None,
            "pause": _stop_dict(self.pause),
            "wish": _wish_dict(self.wish),
            "supervision": self.supervision,
            "holders": {duty: held_dict(held) for duty, held in self.holders.items()},
            "made": {duty: [list(one) for one in actors] for duty, actors in self.made.items()},
            "uses": dict(self.uses),
            "chosen": dict(self.chosen),
            "until": {move: stamp(at) for move, at in self.until.items()},
            "reopened": self.reopened,
        }

    def to_json(self) -> str:
        """Canonical: keys sorted, no blanks, Chinese as it is."""
        return json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | Mapping[str, Any]) -> Case:
        """From the text, or from the same already parsed (a jsonb column)."""
        return cls.from_dict(json.loads(text) if isinstance(text, str) else text)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Case:
        if data["schema"] != SCHEMA:
            raise ValueError(f"case schema {data['schema']}, expected {SCHEMA}")
        stop, wish = data["pause"], data["wish"]
        return cls(
            data["procedure"],
            data["version"],
            data["hash"],
            data["state"],
            data["visit"],
            moment(data["opened_at"]),
            moment(data["entered_at"]),
            moment(data["changed_at"]),
            data["outcome"],
            moment(data["closed_at"]) if data["closed_at"] else None,
            Clock.from_dict(data["clock"]) if data["clock"] else None,
            Clock.from_dict(data["total"]) if data["total"] else None,
            Stop(stop["kind"], moment(stop["since"]), moment(stop["until"])) if stop else None,
            Wish(wish["kind"], wish["of"], moment(wish["at"])) if wish else None,
            data["supervision"],
            {duty: Held(**held) for duty, held in data["holders"].items()},
            {duty: tuple((a, p) for a, p in actors) for duty, actors in data["made"].items()},
            dict(data["uses"]),
            dict(data["chosen"]),
            {move: moment(at) for move, at in data["until"].items()},
            data["reopened"],
        )


_NAMES = tuple(one.name for one in fields(Case))


def but(case: Case, **changes: Any) -> Case:
    """As `dataclasses.replace`, in a third of its time: every step of every replay makes a case."""
    new = object.__new__(Case)
    for name in _NAMES:
        object.__setattr__(new, name, getattr(case, name))
    for name, value in changes.items():
        object.__setattr__(new, name, value)
    return new


def held_dict(held: Held) -> dict[str, Any]:
    return {"unit": held.unit, "post": held.post, "remit": held.remit, "by": held.by}


def _stop_dict(stop: Stop | None) -> dict[str, Any] | None:
    return {"kind": stop.kind, "since": stamp(stop.since), "until": stamp(stop.until)} if stop else None


def _wish_dict(wish: Wish | None) -> dict[str, Any] | None:
    return {"kind": wish.kind, "of": wish.of, "at": stamp(wish.at)} if wish else None
