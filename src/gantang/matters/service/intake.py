"""多元受理: what somebody raises becomes a matter, by any channel, for oneself or on behalf, once."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from gantang.catalogue import queries as catalogue
from gantang.engine import Doer, Procedure
from gantang.engine.run.answers import fits
from gantang.kit import keys, window
from gantang.kit.actor import Actor, lies_apart
from gantang.kit.errors import ForbiddenError, GantangError
from gantang.kit.once import once
from gantang.kit.pieces import PIECE
from gantang.kit.work import Work, reading, work
from gantang.matters import notices
from gantang.matters.errors import unfit
from gantang.matters.models import Matter, Party
from gantang.matters.rules.report import faults
from gantang.matters.service import attachments, people
from gantang.matters.service.ground import Place, find
from gantang.matters.service.opening import Opening, begin_matter, opened_items
from gantang.matters.types import Made, Receipt, Report
from gantang.procedures import queries as procedures
from gantang.territory import queries as territory
from gantang.territory import service as facilities
from gantang.vault import service as vault

CLOSED = ("choice", "choices", "yes_no", "number", "rating", "date", "moment")


def intake(*, actor: Actor, report: Report, key: str, now: datetime, made: Made | None = None) -> Receipt:
    """Take a report in. The same key with the same report gives the same receipt and one matter; ``made`` on
    a phone is kept beside it.

    Errors: ReportInvalidError (all faults at once), KeyReusedError, AttachmentInvalidError, ForbiddenError
    for somebody who takes reports on behalf of others without a post.
    """
    with window.window():
        _check(actor, report, now)
        files = [attachments.fit(data, shows_place=report.shows_place) for data in report.files]
        place = _apart(actor, report, _place(report, now))
        matter = keys.mint(place.city, now)
        with work(actor, ids=[matter]) as w:
            claim = once(w, actor=actor, key=key, body=body_of(report))
            if claim.again:
                return _again(actor, claim.ref)
            receipt = _take_in(w, actor, report, matter, place, files, now, made)
            claim.keep(201, _ref(receipt))
    return receipt


def intake_many(
    *, actor: Actor, reports: Sequence[tuple[str, Report]], now: datetime
) -> list[Receipt | GantangError]:
    """Several reports, each with its key and on its own: a faulty one tells its error, the others go in."""
    found: list[Receipt | GantangError] = []
    for key, report in reports:
        try:
            found.append(intake(actor=actor, report=report, key=key, now=now))
        except GantangError as error:
            found.append(error)
    return found


def _check(actor: Actor, report: Report, now: datetime) -> None:
    wrong = list(faults(report, channels=[one.code for one in catalogue.channels()], now=now))
    if report.class_code and catalogue.get_class(report.class_code) is None:
        wrong.append(("class_code", "unknown_class"))
    if wrong:
        raise unfit(wrong)
    if report.on_behalf and not actor.sight:
        raise ForbiddenError


def _place(report: Report, now: datetime) -> Place:
    """Where it lies, as it was told; of a facility where nobody told it, where that stands. Errors:
    ReportInvalidError, FacilityMissingError."""
    ground, point = report.ground, report.point
    if report.facility is not None and not ground and point is None:
        found = territory.facility(report.facility, [""])
        ground, point = found.ground, _point(found.lon, found.lat)
    return find(ground, point, on=now.date())


def _apart(actor: Actor, report: Report, place: Place) -> Place:
    """A service to a person lies with the unit that takes it in, never with its ground. Errors:
    ReportInvalidError where nobody's unit gives it."""
    if not lies_apart(report.class_code):
        return place
    if not report.on_behalf or actor.unit is None:
        raise unfit([("class_code", "unknown_class")])
    own = place.apart(actor.unit)
    if not actor.duties(report.class_code, own.scope):
        raise unfit([("class_code", "unknown_class")])
    return own


def _point(lon: float | None, lat: float | None) -> tuple[float, float] | None:
    return None if lon is None or lat is None else (lon, lat)


def _take_in(
    w: Work,
    actor: Actor,
    report: Report,
    matter: UUID,
    place: Place,
    files: Sequence[attachments.Fit],
    now: datetime,
    made: Made | None,
) -> Receipt:
    procedure = procedures.in_force(report.class_code, place.county or place.scope, now)
    if place.is_apart and (procedure.counted or procedure.access_code):
        raise unfit([("class_code", "unknown_class")])  # work that is counted or told outside lies on ground
    if not (procedure.access_code or report.on_behalf):
        raise unfit([("class_code", "staff_class")])  # the staff's own work is not reported from outside
    duties = actor.duties(report.class_code, place.scope) if report.on_behalf else frozenset({"reporter"})
    doer = Doer(actor.account, actor.unit, actor.post, duties)
    opening = opening_of(report, procedure=procedure, place=place, doer=doer, made=made)
    begun = opened_items(opening, now)
    row, entered = begin_matter(w, opening, matter, begun, at=now, actor=actor, now=now)
    if report.facility is not None:
        facilities.report_fault(w, actor=actor, facility=report.facility, matter=matter, now=now)
    for file in files:
        attachments.add(w, row, file, actor=actor, public=False, party=people.REPORTER, now=now)
    if files:
        attachments.note(w, row, actor=actor, now=now)
    for one in entered:
        notices.receipt(w, row, one.row, now=now)
    warnings = (*place.warnings, *_secrets(report))
    return _receipt(row, entered[0].row, on_behalf=report.on_behalf, warnings=warnings)


def _secrets(report: Report) -> tuple[str, ...]:
    """A word to whoever wrote what may be secret; it goes in all the same."""
    return ("may_be_secret",) if vault.secret_marks(f"{report.words} {report.place}") else ()


def opening_of(
    report: Report,
    *,
    procedure: Procedure,
    place: Place,
    doer: Doer,
    told: bool = True,
    made: Made | None = None,
) -> Opening:
    """What a report begins with; where nobody is ``told`` no code leaves. Errors: ReportInvalidError."""
    _check_answers(procedure, report)
    sealed = procedure.form.vault_fields()
    return Opening(
        procedure=procedure,
        place=place,
        words=report.words.strip(),
        channel=report.channel,
        people=people.entering(
            report.reporter,
            report.parties,
            on_behalf=report.on_behalf,
            coded=procedure.access_code,
            told=told,
        ),
        doer=doer,
        class_code=report.class_code,
        urgent=report.urgent,
        where=report.place.strip(),
        happened_at=report.happened_at,
        facility=report.facility,
        answers={name: value for name, value in report.answers.items() if name not in sealed},
        kept={name: value for name, value in report.answers.items() if name in sealed},
        made=made,
        suggested=report.suggested,
    )


def _check_answers(procedure: Procedure, report: Report) -> None:
    """Only closed answers of the form may be given beside the words: a step holds no text."""
    asked = procedure.form.fields
    wrong = [
        name
        for name, value in report.answers.items()
        if name not in asked or asked[name].kind not in CLOSED or not fits(asked[name], value)
    ]
    if wrong:
        raise unfit([(f"answers.{name}", "unknown_answer") for name in wrong])


def _receipt(row: Matter, reporter: Party, *, on_behalf: bool, warnings: Iterable[str]) -> Receipt:
    issue = reporter.issue if reporter.has_code and not on_behalf else None
    return Receipt(row.city, row.id, row.number, _code(row.id, issue), row.due_at, tuple(warnings), issue)


def _code(matter: UUID, issue: int | None) -> str | None:
    return keys.access_code(matter, people.REPORTER, issue) if issue is not None else None


def _ref(receipt: Receipt) -> dict[str, Any]:
    """What the receipt is made from again: the deadline and the code of that moment, whatever came since."""
    return {
        "city": receipt.city,
        "matter": str(receipt.matter),
        "due": receipt.due_at.isoformat() if receipt.due_at else None,
        "issue": receipt.issue,
        "warnings": list(receipt.warnings),
    }


def _again(actor: Actor, ref: dict[str, Any]) -> Receipt:
    """The receipt of the first time. Its code is derived again; one that was replaced since opens nothing,
    and the one in its place is not told: it left by mail to the person only."""
    matter, issue = UUID(ref["matter"]), ref.get("issue")
    with reading(actor, ids=[matter]):
        number = Matter.objects.only("number").get(city=ref["city"], id=matter).number
    due = datetime.fromisoformat(ref["due"]) if ref.get("due") else None
    return Receipt(ref["city"], matter, number, _code(matter, issue), due, tuple(ref["warnings"]), issue)


def body_of(report: Report) -> dict[str, Any]:
    """What makes two reports the same, as the idempotency key compares it."""
    about: dict[str, Any] = {} if report.facility is None else {"facility": str(report.facility)}
    about |= {"shows_place": True} if report.shows_place else {}
    return {
        **about,
        "words": report.words,
        "channel": report.channel,
        "class": report.class_code,
        "ground": report.ground,
        "point": [str(one) for one in report.point] if report.point else None,
        "place": report.place,
        "reporter": report.reporter.known() if report.reporter else None,
        "parties": [one.known() for one in report.parties],
        "flags": [report.anonymous, report.on_behalf, report.urgent],
        "happened_at": report.happened_at.isoformat() if report.happened_at else None,
        "answers": dict(report.answers),
        "files": [_digest(one) for one in report.files],
    }


def _digest(file: bytes | BinaryIO) -> str:
    """A hash of a file as it came."""
    if isinstance(file, bytes):
        return hashlib.sha256(file).hexdigest()
    file.seek(0)
    work = hashlib.sha256()
    while piece := file.read(PIECE):
        work.update(piece)
    return work.hexdigest()
