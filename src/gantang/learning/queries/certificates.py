"""Certificates: by their code for everybody, one's own, and those of a ground for whoever administers it."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from gantang.engine import Words
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.learning import codes
from gantang.learning.errors import NoCertificateError
from gantang.learning.models import Certificate
from gantang.learning.queries.courses import home
from gantang.learning.rules import lasting
from gantang.learning.types import CertificateView, Checked

MOST = 60


def check(code: str, *, on: date | None = None) -> Checked:
    """What everybody may know by a code. Errors: NoCertificateError, the same for a wrong one."""
    row = _rows().filter(code__in=codes.hashes_of(code)).first()
    if row is None:
        raise NoCertificateError
    one = _view(row, on or _today())
    return Checked(one.state, one.title, one.ground, one.issued_on, one.lapses_on, one.removed_on)


def mine(actor: Actor, *, on: date | None = None) -> list[CertificateView]:
    """One's own, the newest first, each with its code."""
    rows = _rows().filter(account=actor.account or 0).order_by("-id")
    return [_view(row, on or _today(), told=True) for row in rows]


def certificate(actor: Actor, number: UUID, *, on: date | None = None) -> CertificateView:
    """One's own, or one of the ground that one administers. Errors: NoCertificateError."""
    row = _rows().filter(pk=number).first()
    if row is None or not (_own(actor, row) or _run(actor, row)):
        raise NoCertificateError
    return _view(row, on or _today(), told=True)


def issued(actor: Actor, *, within: str = "", waiting: bool = False) -> list[CertificateView]:
    """The newest of the ground that one administers, or of a part of it; ``waiting`` for a review. No code,
    no name. Errors: NotRunnerError."""
    rows = _rows().filter(ground__startswith=home(actor)).filter(ground__startswith=within)
    if waiting:
        rows = rows.filter(removals__isnull=False, removals__decided_at=None)
    return [_view(row, _today()) for row in rows.order_by("-id")[:MOST]]


def runs(actor: Actor, one: CertificateView) -> bool:
    """Whether one administers the ground of a certificate, and so may ask for its removal."""
    return actor.admin and one.ground.startswith(home(actor))


def _own(actor: Actor, row: Certificate) -> bool:
    return actor.account is not None and row.account == actor.account


def _run(actor: Actor, row: Certificate) -> bool:
    return actor.admin and row.ground.startswith(home(actor))


def _view(row: Certificate, on: date, *, told: bool = False) -> CertificateView:
    asked = [one for one in row.removals.all() if one.decided_at is None or one.upheld]
    return CertificateView(
        row.id,
        Words(row.course.zh, row.course.en),
        row.ground,
        row.course.literate,
        lasting.state(row.lapses_on, row.removed_on, on),
        row.issued_on,
        row.lapses_on,
        row.removed_on,
        any(one.decided_at is None for one in asked),
        asked[-1].reason if asked else "",
        codes.code_of(row.id) if told else "",
        row.entry,
    )


def _rows() -> QuerySet[Certificate]:
    return Certificate.objects.select_related("course").prefetch_related("removals")


def _today() -> date:
    return clock.now().astimezone(clock.ZONE).date()
