"""What the room hands out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from gantang.engine import Finding, Words


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version in force: since when (None: from the beginning) and on which ground ("": everywhere)."""

    id: int
    name: str
    version: int
    hash: str
    pack: str
    serves: tuple[str, ...]
    ground: str
    in_force_from: datetime | None
    is_end: bool
    variant: str = ""
    #: What was laid over the base: kind, name, version, ground of each layer.
    layers: tuple[tuple[str, str, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UpgradeView:
    """Running matters of `old_hash` in one of `states` go over to `new_hash`.

    `after` is the last matter looked at on this pass through them; None at its beginning.
    """

    id: int
    name: str
    old_hash: str
    new_hash: str
    old_version: int
    new_version: int
    states: Mapping[str, str]
    uses: Mapping[str, str] = field(default_factory=dict)
    basis: tuple[str, ...] = ()
    after: UUID | None = None


@dataclass(frozen=True, slots=True)
class UpgradeState:
    """How far an upgrade of running matters is: `moved` went over; `state` is "waits", "works" or "done".

    It waits until its version is in force, and between two passes; a pass that finds none ends it.
    """

    name: str
    old_version: int
    new_version: int
    state: str
    moved: int
    in_force_from: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProofView:
    """What the checker had against a version: in work (``state`` waiting, working), or done at a moment.

    ``first`` and ``last``: the longest times to the first and the last possible end, None without a bound.
    """

    state: str
    findings: tuple[Finding, ...]
    first: Words | None
    last: Words | None
    ended_at: datetime | None

    @property
    def in_work(self) -> bool:
        """Whether it is still to be made."""
        return self.state != "done"


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """What a campaign is to be. ``grounds`` are prefixes of any length; ``units`` where ``each`` is unit.

    ``until`` is the last day; of a repeated one (``repeat``) the first period ends with its calendar period.
    ``answers`` are closed answers each matter opens with.
    """

    title_zh: str
    title_en: str
    procedure: str
    klass: str
    each: str
    since: date
    until: date
    grounds: tuple[str, ...] = ()
    units: tuple[int, ...] = ()
    repeat: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    basis: str = ""


@dataclass(frozen=True, slots=True)
class CampaignView:
    """One period of a campaign. ``state``: planned, opening, open, closed."""

    id: int
    series: int
    no: int
    title: Words
    procedure: str
    version: int
    klass: str
    each: str
    grounds: tuple[str, ...]
    units: tuple[int, ...]
    answers: Mapping[str, str]
    since: date
    until: date
    repeat: str
    basis: str
    state: str
    targets: int | None
    unit: int | None
    made_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
