"""What the room hands out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


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
