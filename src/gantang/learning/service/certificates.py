"""Certificates: issued for a passed exam or to a resident, lapsing, removed after another's review."""

from datetime import date, datetime, timedelta
from uuid import UUID

from gantang.catalogue import queries as catalogue
from gantang.kit import clock, keys
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.learning import codes, errors
from gantang.learning.models import Attempt, Certificate, Course, Removal
from gantang.learning.rules import lasting
from gantang.learning.service.common import (
    must_run,
    own_village,
    record_certificate,
)
from gantang.learning.types import REASONS
from gantang.vault import service as vault

PURPOSE = "certificate"
#: The slot with the days that a holder's name is kept after lapse or removal; empty keeps it.
SLOT = "retention.certificates"
_NAME = 60


def issue(*, actor: Actor, course: int, village: str, name: str, key: str, now: datetime) -> UUID:
    """Issue a certificate of 法律明白人 to a resident of a village who passed on paper; the name is sealed.

    The same key is one certificate. Errors: NoCourseError, NotRunnerError, EntryError, KeyReusedError.
    """
    name, today = name.strip(), _day(now)
    if not 0 < len(name) <= _NAME or not name.isprintable():
        raise errors.wrong("holder")
    own_village(actor, village, today)
    with work(actor) as w:
        row = Course.objects.filter(pk=course, ended_on=None).first()
        if row is None or not village.startswith(row.ground):
            raise errors.NoCourseError
        if not row.literate:
            raise errors.wrong("not_literate")
        claim = once(w, actor=actor, key=key, body={"course": course, "village": village, "name": name})
        if claim.again:
            return UUID(claim.ref["certificate"])
        made = _new(row, village, now)
        _keep(w, made, name, now)
        _add(w, made, now)
        claim.keep(201, {"certificate": str(made.id)})
    return made.id


def issue_to_account(w: Work, exam: Attempt, ground: str, now: datetime) -> None:
    """The certificate of an exam that was passed, in the same act."""
    made = _new(exam.course, ground, now)
    made.account, made.post, made.attempt = exam.account, exam.post, exam
    _add(w, made, now)


def ask_removal(*, actor: Actor, certificate: UUID, reason: str, now: datetime) -> None:
    """Ask that a certificate in force be removed. Errors: NoCertificateError, NotRunnerError, EntryError,
    RemovalError."""
    if reason not in REASONS:
        raise errors.wrong("reason")
    with work(actor) as w:
        row, account = _run(actor, certificate)
        in_force = lasting.state(row.lapses_on, row.removed_on, _day(now)) == "valid"
        if not in_force or row.removals.filter(decided_at=None).exists():
            raise errors.RemovalError
        w.add(Removal(certificate=row, reason=reason, asked_by=account, asked_at=now))
        record_certificate(w, row.id, "removal_asked", {"reason": reason}, now)


def decide_removal(*, actor: Actor, certificate: UUID, upheld: bool, now: datetime) -> None:
    """Remove a certificate as asked, or leave it in force: by another person. Errors: NoCertificateError,
    NotRunnerError, RemovalError, SamePersonError."""
    with work(actor) as w:
        row, account = _run(actor, certificate)
        asked = Removal.objects.select_for_update().filter(certificate=row, decided_at=None).first()
        if asked is None:
            raise errors.RemovalError
        if asked.asked_by == account:
            raise errors.SamePersonError
        asked.decided_by, asked.decided_at, asked.upheld = account, now, upheld
        w.change(asked, ["decided_by", "decided_at", "upheld"], decided_at=None)
        if upheld:
            row.removed_on = _day(now)
            w.change(row, ["removed_on"], removed_on=None)
            record_certificate(w, row.id, "removed", {"reason": asked.reason}, now)
        else:
            record_certificate(w, row.id, "removal_refused", {}, now)


def forget_due(*, now: datetime, limit: int = 200) -> int:
    """Erase the names of holders so many days after lapse or removal, where a term is set; how many."""
    slot = catalogue.slot(SLOT, on=_day(now))
    if slot is None or slot.value is None:
        return 0
    last = _day(now) - timedelta(days=int(slot.value))
    sealed = Certificate.objects.exclude(entry=None)
    due = sealed.filter(removed_on__lt=last) | sealed.filter(lapses_on__lt=last)
    found = list(due.order_by("id").values_list("id", flat=True)[:limit])
    for certificate in found:
        with work(SYSTEM, ids=[certificate]) as w:
            _forget(w, certificate, now)
    return len(found)


def _forget(w: Work, certificate: UUID, now: datetime) -> None:
    row = Certificate.objects.select_for_update().exclude(entry=None).filter(pk=certificate).first()
    if row is None:
        return
    vault.erase(w, city=keys.city_of(certificate), matter=certificate, now=now)
    row.entry = None
    w.change(row, ["entry"])
    record_certificate(w, certificate, "forgotten", {}, now)


def _run(actor: Actor, certificate: UUID) -> tuple[Certificate, int]:
    """A certificate of the actor's ground, locked, and who acts. Errors: NoCertificateError,
    NotRunnerError."""
    row = Certificate.objects.select_for_update().filter(pk=certificate).first()
    if row is None:
        raise errors.NoCertificateError
    must_run(actor, row.ground)
    if actor.account is None:
        raise errors.NotRunnerError
    return row, actor.account


def _new(course: Course, ground: str, now: datetime) -> Certificate:
    id_, today = keys.mint(keys.city_on(ground), now), _day(now)
    code = codes.hash_of(codes.code_of(id_))
    until = lasting.lapses(today, course.months)
    return Certificate(id=id_, course=course, ground=ground, code=code, issued_on=today, lapses_on=until)


def _keep(w: Work, row: Certificate, name: str, now: datetime) -> None:
    kept = vault.keep(
        w,
        city=keys.city_of(row.id),
        matter=row.id,
        kind="person",
        plain={"name": name},
        purpose=PURPOSE,
        is_new=True,
        now=now,
    )
    row.entry = kept.id


def _add(w: Work, row: Certificate, now: datetime) -> None:
    w.add(row)
    data = {"course": row.course.code, "ground": row.ground}
    record_certificate(w, row.id, "issued", data, now)


def _day(now: datetime) -> date:
    return now.astimezone(clock.ZONE).date()
