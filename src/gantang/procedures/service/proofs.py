"""Versions proved once more by the checker of today, on demand: made by the worker, kept by version.

A proof takes seconds to a minute. Taken under a lease, as orders of figures are; a version never changes, so
its proof stays until somebody asks again.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Q

from gantang import engine
from gantang.kit import trouble
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import work
from gantang.procedures import queries
from gantang.procedures.models import Proof
from gantang.procedures.service.seeding import installed
from gantang.procedures.service.telling import tell

JOB = "proof"
LEASE = timedelta(minutes=5)


def order_proof(*, actor: Actor, digest: str, now: datetime) -> None:
    """Have the worker prove a version; while it is in work, nothing more is asked for. Errors:
    ForbiddenError, UnknownProcedureError."""
    if not actor.admin:
        raise ForbiddenError
    name = queries.by_hash(digest).name
    with work(actor) as w:
        row, new = Proof.objects.get_or_create(hash=digest, defaults={"asked_at": now})
        if not new and row.state != Proof.DONE:
            return
        if not new:
            row.state, row.asked_at = Proof.WAITING, now
            w.change(row, ["state", "asked_at"])
        tell(w, name, "proof_asked", {"hash": digest}, now)


def prove_due(*, clock: Callable[[], datetime]) -> int:
    """The worker's turn: what was asked for, the oldest first; how many were made."""
    asked = Proof.objects.filter(_free(clock())).order_by("asked_at").values_list("hash", flat=True)
    return trouble.attempt_each(
        JOB, asked, clock, lambda digest: _make(digest, clock), name=lambda digest: digest[:32]
    )


def _free(now: datetime) -> Q:
    return Q(state=Proof.WAITING) | Q(state=Proof.WORKING, told_at__lt=now - LEASE)


def _make(digest: str, clock: Callable[[], datetime]) -> bool:
    rows = Proof.objects.filter(hash=digest)
    if not rows.filter(_free(clock())).update(state=Proof.WORKING, told_at=clock()):
        return False
    found, bound = proved(queries.by_hash(digest), installed())
    rows.filter(state=Proof.WORKING).update(
        state=Proof.DONE,
        findings=[_plain(one) for one in found],
        first=_words(bound.first),
        last=_words(bound.last),
        ended_at=clock(),
    )
    return True


def proved(
    one: engine.Procedure, packs: list[engine.Pack]
) -> tuple[tuple[engine.Finding, ...], engine.Bound]:
    """What the checker has against a version, beside the packs on disk, and how long it can take."""
    from gantang.catalogue import queries as catalogue

    days = catalogue.shipped_calendar()
    rest = [_without(pack, one.key) for pack in packs]
    others = {name: each for pack in rest for name, each in pack.procedures.items()}
    return engine.check(one, calendar=days, packs=rest), engine.bound(one, days, others=others)


def _without(pack: engine.Pack, key: str) -> engine.Pack:
    """A pack on disk as the others of a version: what stands in its place there is not asked."""
    return replace(pack, procedures={name: one for name, one in pack.procedures.items() if name != key})


def _plain(one: engine.Finding) -> dict[str, object]:
    said = {"sentence": [one.sentence.zh, one.sentence.en], "remedy": [one.remedy.zh, one.remedy.en]}
    file = one.file.rpartition("packs/")[2]
    return {"kind": one.kind, "file": file, "line": one.line, "place": one.place, **said}


def _words(length: object) -> list[str]:
    words = length.words() if length is not None else None  # type: ignore[attr-defined]
    return [words.zh, words.en] if words is not None else []
