"""Verifications that were asked for, made by the worker: how far they are, and what they found.

One at a time of a city, and of all. Taken under a lease: whoever has told nothing for ``LEASE`` is gone, and
the next one goes on with what is left of it (the file of ``parts.State``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db.models import Max, Q, QuerySet

from gantang.kit import keys, trouble
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.ledger.models import Checkpoint, Verification
from gantang.ledger.types import Last, Report, Verifying

log = structlog.get_logger()

JOB = "verification"
LEASE = timedelta(minutes=2)
#: A long one is made in turns, so that the worker can be stopped and is never taken for stuck.
TURN = timedelta(seconds=20)
#: So many findings are kept to be shown, and so many verifications are listed.
SHOWN, LISTED = 50, 10
_OPEN = (Verification.WAITING, Verification.WORKING)


def order_verification(*, actor: Actor, city: int | None, key: str, now: datetime) -> int:
    """Have the worker verify a city, or (None) all of it; its id. The same key, or the same city while it is
    in work, give the same. Whoever asks has checked that it is the actor's city. Errors: ForbiddenError."""
    if not actor.admin:
        raise ForbiddenError
    with work(actor) as w:
        claim = once(w, actor=actor, key=key, body={"verify": city})
        if claim.again:
            return int(claim.ref["verification"])
        row, new = Verification.objects.get_or_create(city=city, state__in=_OPEN, defaults={"asked_at": now})
        if new:
            _record(w, "verification.asked", {"verification": row.pk, "of_city": city}, now)
        claim.keep(202, {"verification": row.pk})
    return int(row.pk)


def verify_due(*, clock: Callable[[], datetime]) -> int:
    """The worker's turn: make what was asked for, the oldest first; how many were made."""
    asked = Verification.objects.filter(_free(clock())).order_by("pk").values_list("pk", flat=True)
    return trouble.attempt_each(JOB, asked, clock, lambda number: _make(number, clock))


def verifications(city: int | None) -> list[Verifying]:
    """Those of a city and of all, the newest first; with None, every one."""
    rows = Verification.objects.order_by("-pk")
    if city is not None:
        rows = rows.filter(Q(city=city) | Q(city=None))
    return [_view(row) for row in rows[:LISTED]]


def last_checkpoints() -> list[Last]:
    """The last checkpoint of each city. What is kept sealed has one of its own, shown to its holders only."""
    newest = Checkpoint.objects.exclude(city=0).values("city").annotate(last=Max("no"))
    named = Q(pk__in=[(one["city"], one["last"]) for one in newest])
    rows = Checkpoint.objects.filter(named).order_by("city")
    return [Last(row.city, row.no, row.day, row.made_at, row.streams, row.steps) for row in rows]


def _free(now: datetime) -> Q:
    return Q(state=Verification.WAITING) | Q(state=Verification.WORKING, told_at__lt=now - LEASE)


class _TurnOverError(Exception):
    """The rest is for the next turn."""


@dataclass(slots=True)
class _Turn:
    """Hears how far a verification is, tells it, and ends the turn when its time is over; what was going on
    when it began counts for nothing."""

    rows: "QuerySet[Verification]"
    clock: Callable[[], datetime]
    until: datetime
    is_on: bool = False

    def __call__(self, done: int, of: int) -> None:
        """Errors: _TurnOverError."""
        now = self.clock()
        self.rows.filter(state=Verification.WORKING).update(done=done, of=of, told_at=now)
        if self.is_on and now >= self.until and done < of:
            raise _TurnOverError
        self.is_on = True


def _make(number: int, clock: Callable[[], datetime]) -> bool:
    """A turn of one, unless somebody else is at it; whether it ended."""
    from gantang.ledger.queries import verify_in_parts

    rows = Verification.objects.filter(pk=number)
    if not rows.filter(_free(clock())).update(state=Verification.WORKING, told_at=clock()):
        return False
    city = rows.get().city
    turn = _Turn(rows, clock, clock() + TURN)
    try:
        report = verify_in_parts(city, state=_place(number), now=clock(), progress=turn)
    except _TurnOverError:
        rows.filter(state=Verification.WORKING).update(state=Verification.WAITING)
        return False
    _keep(number, report, clock())
    return True


def _place(number: int) -> Path:
    return Path(settings.GANTANG_WORK_DIR) / f"verification-{number}.jsonl"


def _keep(number: int, report: Report, now: datetime) -> None:
    """Its end: what it read, what it found, and a step that says so."""
    chain = [[one.fault, one.city, "checkpoint", "", one.no] for one in report.chain]
    found = [[one.fault, one.city, one.kind, str(one.stream), one.seq] for one in report.faults]
    many = len(report.faults) + report.more + len(report.chain)
    with work(SYSTEM) as w:
        row = Verification.objects.select_for_update().get(pk=number)
        if row.state != Verification.WORKING:
            return
        row.state, row.ended_at, row.done = Verification.DONE, now, row.of
        row.streams, row.steps, row.checkpoints = report.streams, report.steps, report.checkpoints
        row.faults, row.found = many, (chain + found)[:SHOWN]
        w.change(row, [*_ENDED])
        _record(w, "verification.ended", {"verification": number, "faults": many}, now)
    if many:
        log.error("ledger.verification_found", verification=number, faults=many)


_ENDED = "state", "ended_at", "done", "streams", "steps", "checkpoints", "faults", "found"


def _record(w: Work, name: str, data: dict[str, Any], now: datetime) -> None:
    """All verifications have one stream."""
    from gantang.ledger import service

    stream = service.stream_of("verification", "ledger")
    service.append(
        w,
        actor=w.actor,
        city=keys.home(),
        stream=stream,
        kind="verification",
        key="ledger",
        items=[(name, data)],
        happened_at=now,
        now=now,
    )


def _view(row: Verification) -> Verifying:
    found = tuple((str(f), int(c), str(k), str(s), int(n)) for f, c, k, s, n in row.found)
    return Verifying(
        row.pk,
        row.city,
        row.state,
        row.done,
        row.of,
        row.streams,
        row.steps,
        row.checkpoints,
        row.faults,
        found,
        row.asked_at,
        row.ended_at,
    )
