"""What tests of changed ground have in common: a second administrator, and a change set that is in force."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.outbox import service as outbox
from gantang.procedures import service as procedures
from gantang.territory import service
from gantang.territory.types import Operation


def second(actor: Actor) -> Actor:
    """Another administrator."""
    return replace(actor, account=(actor.account or 0) + 1_000_000, client="account:second")


def drafted(
    admin: Actor, *operations: Operation, on: date | None = None, now: datetime | None = None, **given: Any
) -> UUID:
    """A draft."""
    moment = now or clock.now()
    return service.draft_change(
        actor=admin,
        title=given.get("title", "示例调整"),
        basis=given.get("basis", "示例〔2026〕1号"),
        effective_on=on or moment.date(),
        operations=operations,
        now=moment,
    )


def in_force(
    admin: Actor, *operations: Operation, on: date | None = None, now: datetime | None = None
) -> UUID:
    """Drafted, reviewed by a second administrator, taken by the job; the news has left."""
    moment = now or clock.now()
    change = drafted(admin, *operations, on=on, now=moment)
    service.review_change(actor=second(admin), change=change, now=moment)
    assert procedures.take_ground_changes(now=moment) == 1
    delivered(moment)
    return change


def delivered(now: datetime) -> None:
    while outbox.deliver_once(now=now):
        pass


def halves(
    outline: Sequence[Sequence[float]],
) -> tuple[list[list[list[float]]], list[list[list[float]]]]:
    """The west and the east half of a box, each as one part without a hole."""
    west, east = min(p[0] for p in outline), max(p[0] for p in outline)
    south, north = min(p[1] for p in outline), max(p[1] for p in outline)
    middle = (west + east) / 2
    return tuple(  # type: ignore[return-value]
        [[[[a, south], [b, south], [b, north], [a, north]], []]] for a, b in ((west, middle), (middle, east))
    )
