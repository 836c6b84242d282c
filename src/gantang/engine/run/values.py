"""What the run-time takes and gives: doer, facts, steps, refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gantang.engine.model import Words

CHINA = timezone(timedelta(hours=8))


def stamp(moment: datetime) -> str:
    """An instant as it stands in steps and cases: ISO 8601 in +08:00."""
    return (moment if moment.tzinfo is CHINA else moment.astimezone(CHINA)).isoformat()


@lru_cache(maxsize=4096)
def moment(text: str) -> datetime:
    """The instant of a stamp; one and the same stands several times in the steps of a matter."""
    return datetime.fromisoformat(text).astimezone(CHINA)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a duty: a unit, perhaps one of its posts; `remit` where the remit said so."""

    unit: int
    post: int | None = None
    remit: int | None = None


@dataclass(frozen=True, slots=True)
class Doer:
    """Who acts, for which post, with which duties on this matter (class × ground)."""

    account: int | None = None
    unit: int | None = None
    post: int | None = None
    duties: frozenset[str] = frozenset()


#: The clock itself, as it stands in steps.
CLOCK_DOER = Doer(duties=frozenset({"clock"}))


@dataclass(frozen=True, slots=True)
class Facts:
    """What the engine cannot know by itself, as of `now` and with the answers taken into account.

    `holders` are those of the class and ground the matter will have after the answers;
    `children` counts open child matters by procedure, `required` those opened as required,
    which hold this matter's ends; `gates` are those of its subject, True where one has opened,
    False while one is under way, and none at all otherwise; `vacant` are posts nobody fills, so
    that their unit's leader may act for them. `imported`: over elsewhere, so that no clock
    starts. `willing`: at least two sides, all of them willing;
    `refused`: one of them has said no. `minor`: a minor is among its people, or among those of
    the matter it was opened for.
    """

    holders: Mapping[str, Holder | None] = field(default_factory=dict)
    reachable: bool = True
    classed: bool = False
    children: Mapping[str, int] = field(default_factory=dict)
    required: int = 0
    documents: frozenset[str] = frozenset()
    gates: Mapping[str, bool] = field(default_factory=dict)
    willing: bool = False
    refused: bool = False
    minor: bool = False
    imported: bool = False
    vacant: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the ledger: codes, ids, moments, versions; never text."""

    name: str
    data: dict[str, Any]

    @property
    def at(self) -> datetime:
        return moment(self.data["at"])


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why not. `because` and `law` are the procedure's own, where it says so."""

    code: str
    sentence: Words
    because: Words | None = None
    law: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Either steps or refusals. `due` are the clock's steps by now, also when refused.

    When allowed, `steps` begins with them.
    """

    steps: tuple[Step, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    due: tuple[Step, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.refusals


@dataclass(frozen=True, slots=True)
class Possible:
    """A move as the doer finds it: `here` if it starts in this state, and all reasons against it."""

    move: str
    title: Words
    here: bool
    allowed: bool
    duty: str | None = None
    asks: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    grounds: tuple[Words, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    because: Words | None = None
