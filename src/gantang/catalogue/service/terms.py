"""Classes, causes, channels and legal periods: added, renamed, ended, filled in."""

from datetime import date, datetime

from django.db.models import Max

from gantang.catalogue import errors, rules
from gantang.catalogue.models import Period, Term
from gantang.catalogue.service.common import change, ended, record
from gantang.engine import Span
from gantang.kit.actor import Actor


def set_term(
    *,
    actor: Actor,
    kind: str,
    code: str,
    zh: str,
    en: str,
    source: str,
    valid_from: date,
    now: datetime,
) -> None:
    """Add a class, cause or channel, or give one other names from a day on.

    Errors: NotAdminError, TermError.
    """
    if not rules.is_code(code):
        raise errors.wrong_code(code)
    with change(actor) as w:
        parent = rules.parent_of(code)
        if parent and not Term.objects.filter(kind=kind, code=parent, valid_to=None).exists():
            raise errors.no_parent(code)
        old = ended(Term.objects.filter(kind=kind, code=code), valid_from)
        position = old.position if old else _next_position(kind)
        Term.objects.create(
            kind=kind, code=code, zh=zh, en=en, position=position, source=source, valid_from=valid_from
        )
        record(w, kind, code, "renamed" if old else "added", {"from": valid_from.isoformat()}, now)


def end_term(*, actor: Actor, kind: str, code: str, valid_to: date, now: datetime) -> None:
    """End a term from a day on.

    Errors: NotAdminError, UnknownTermError, TermError while some stand below it.
    """
    with change(actor) as w:
        if Term.objects.filter(kind=kind, code__startswith=f"{code}.", valid_to=None).exists():
            raise errors.has_children(code)
        if ended(Term.objects.filter(kind=kind, code=code), valid_to) is None:
            raise errors.UnknownTermError(details={"code": code})
        record(w, kind, code, "ended", {"to": valid_to.isoformat()}, now)


def set_period(
    *, actor: Actor, code: str, span: str, extension: str = "", source: str, valid_from: date, now: datetime
) -> None:
    """Fill in or change a legal period from a day on; the names stay.

    Errors: NotAdminError, UnknownTermError, TermError.
    """
    for text in (span, extension):
        _check_span(text)
    with change(actor) as w:
        old = ended(Period.objects.filter(code=code), valid_from)
        if old is None:
            raise errors.UnknownTermError(details={"code": code})
        Period.objects.create(
            code=code,
            zh=old.zh,
            en=old.en,
            span=span,
            extension=extension,
            source=source,
            valid_from=valid_from,
        )
        record(w, "period", code, "set", {"span": span, "from": valid_from.isoformat()}, now)


def _next_position(kind: str) -> int:
    return int(Term.objects.filter(kind=kind).aggregate(last=Max("position"))["last"] or 0) + 1


def _check_span(text: str) -> None:
    try:
        if text:
            Span.parse(text)
    except ValueError as error:
        raise errors.wrong_span(text) from error
