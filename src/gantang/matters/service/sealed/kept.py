"""What the server must know of a tip to run its clock: the case without any answer, and which units may
hold it.

It is sealed under the site's master key and padded, so that the database alone tells nothing; what the tip
says is no part of it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.engine import Calendar, Case, Facts, Holder, Procedure, Step
from gantang.kit import crypto
from gantang.kit.canonical import canonical
from gantang.matters.models import SealedTip
from gantang.matters.rules.sealed_sizes import padded, unpadded
from gantang.procedures import queries as procedures

PACK = "tip"
#: Moves that hand a tip to the next unit above.
UPWARD = frozenset({"declare_conflict", "second_declares", "move_up"})
OWNERS = ("receiver", "handler", "verifier")
_KNOWN = frozenset({"answers", "kept", "chosen"})


@dataclass(frozen=True, slots=True)
class Kept:
    """``chain`` are (box, unit) from the nearest up, ``at`` says which has it; ``told`` are the units that
    a late rule told, with the moment; ``body`` is the keyed hash of what was sent."""

    case: Case
    chain: tuple[tuple[int, int], ...]
    at: int
    body: str
    told: tuple[tuple[int, str], ...] = ()

    @property
    def box(self) -> int | None:
        return self.chain[self.at][0] if self.at < len(self.chain) else None

    @property
    def unit(self) -> int:
        """The unit that has it in hand; 0 where none may."""
        return self.chain[self.at][1] if self.at < len(self.chain) else 0

    @property
    def scope(self) -> str:
        """The sealed ground of the unit, which no range of ground reaches."""
        return f"~{self.unit}"

    @property
    def procedure(self) -> Procedure:
        return procedures.by_hash(self.case.hash)

    @property
    def facts(self) -> Facts:
        """Who holds the duties: the unit in hand, and as supervisor the next fit one above, if any."""
        holder = Holder(self.unit) if self.unit else None
        above = Holder(self.above) if self.above else None
        return Facts(holders={**dict.fromkeys(OWNERS, holder), "supervisor": above})

    @property
    def above(self) -> int:
        """The next unit that may hold it; 0 where there is none."""
        return self.chain[self.at + 1][1] if self.at + 1 < len(self.chain) else 0

    def lifted(self, step: Step) -> Step:
        """A step upward is held by the unit above from its very moment."""
        if not goes_up(step):
            return step
        held = {"unit": self.above, "post": None, "remit": None, "by": "remit"}
        return Step(step.name, {**step.data, "holders": {"receiver": held}})

    def after(self, step: Step) -> "Kept":
        """What is kept after a step; answers are never kept here."""
        case = engine.apply(self.case, bare(step))
        told = self.told
        if step.name == "told":
            told = (*told, *((unit, step.data["at"]) for unit in self._heard(step.data["tell"])))
        return replace(self, case=case, at=self.at + goes_up(step), told=told)

    def _heard(self, duties: list[str]) -> list[int]:
        """A late rule is heard by whoever has it in hand and by the next unit above, never by another's
        leader."""
        heard = [self.unit if duty in OWNERS else self.above for duty in duties]
        return [unit for unit in dict.fromkeys(heard) if unit]


def goes_up(step: Step) -> bool:
    """Whether a step hands the tip to the unit above."""
    return step.name == "moved" and step.data["move"] in UPWARD


def bare(step: Step) -> Step:
    """A step without what was answered."""
    return Step(step.name, {key: value for key, value in step.data.items() if key not in _KNOWN})


def calendar(now: datetime) -> Calendar:
    """The country's: the calendar of a ground would tell the ground."""
    return catalogue.calendar_for("", at=now)


def pack(now: datetime) -> Procedure:
    """The procedure that new tips follow."""
    return procedures.named(PACK, "", now)


def seal(tip: UUID, kept: Kept) -> bytes:
    """As it stands in the row."""
    plain = {
        "case": kept.case.to_dict(),
        "chain": kept.chain,
        "at": kept.at,
        "body": kept.body,
        "told": kept.told,
    }
    return crypto.wrap(padded(canonical(plain)), _where(tip))


def of(row: SealedTip) -> Kept:
    """What a row keeps. Errors: SealError."""
    found: Mapping[str, Any] = json.loads(unpadded(crypto.unwrap(bytes(row.kept), _where(UUID(str(row.id))))))
    return Kept(
        Case.from_dict(found["case"]),
        tuple((box, unit) for box, unit in found["chain"]),
        found["at"],
        found["body"],
        tuple((unit, at) for unit, at in found["told"]),
    )


def wake_at(kept: Kept, now: datetime) -> datetime | None:
    """When the clock has something to do next: a late rule, or the end of keeping."""
    case, procedure = kept.case, kept.procedure
    if case.closed_at is None:
        return engine.wake_at(procedure, case)
    if procedure.keep is None:
        return None
    return engine.deadline(case.closed_at, procedure.keep.after_close, calendar(now), side="people").due


def _where(tip: UUID) -> bytes:
    return b"sealed kept" + tip.bytes
