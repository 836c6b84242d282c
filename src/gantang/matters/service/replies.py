"""The answer to an act, and how its idempotency key keeps it: codes and ids, never texts."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from gantang.matters.models import Matter
from gantang.matters.types import Acted


def acted_of(row: Matter, opened: Sequence[UUID] = ()) -> Acted:
    """The answer to an act."""
    return Acted(row.city, row.id, row.number, row.version, row.state, row.status, tuple(opened))


def ref_of(acted: Acted) -> dict[str, Any]:
    """What the idempotency key keeps of the answer: codes and ids."""
    return {
        "city": acted.city,
        "matter": str(acted.matter),
        "number": acted.number,
        "version": acted.version,
        "state": acted.state,
        "status": acted.status,
        "opened": [str(one) for one in acted.opened],
    }


def acted_again(ref: Mapping[str, Any]) -> Acted:
    """The answer of the first time."""
    return Acted(
        ref["city"],
        UUID(ref["matter"]),
        ref["number"],
        ref["version"],
        ref["state"],
        ref["status"],
        tuple(UUID(one) for one in ref["opened"]),
    )
