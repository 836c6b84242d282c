"""A matter from its first step to its last: its columns, who takes part, and what stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from gantang.engine import StepError
from gantang.matters.rules import shares
from gantang.matters.rules.evidence import Evidence, Named, evidence
from gantang.matters.rules.follow import Fields, ProcedureOf, follow
from gantang.matters.rules.talks import Talks, talks


@dataclass(frozen=True, slots=True)
class Replayed:
    """What the steps add up to."""

    fields: Fields
    parts: shares.Parts
    evidence: Evidence
    talks: Talks
    steps: int


class ReplayError(ValueError):
    """Steps that do not follow each other: no act of ours made them."""


def replay(steps: Sequence[Named], procedure_of: ProcedureOf) -> Replayed:
    """Follow the steps. Errors: ReplayError; those of ``procedure_of``."""
    fields: Fields = {}
    parts = shares.NOBODY
    try:
        for name, data in steps:
            before, fields = fields, follow(fields, name, data, procedure_of)
            parts = shares.follow(parts, before, fields, name, data)
        if not fields.get("case"):
            raise ReplayError("no case")
        return Replayed(fields, parts, evidence(steps), talks(steps), len(steps))
    except (StepError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReplayError(type(error).__name__) from error
