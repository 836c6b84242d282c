"""The only way to change the catalogue: the shipped facts, terms, legal periods, days of the calendar."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Max, Model

from gantang.catalogue import book, errors, facts, rules
from gantang.catalogue.models import Day, Period, Term, Year
from gantang.catalogue.types import LocalDay
from gantang.engine import DayKind, Span
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.work import Work, work
from gantang.ledger import service as ledger
from gantang.territory import queries as territory

R = TypeVar("R", Term, Period)


def seed(*, now: datetime) -> int:
    """Put in what ships and is not there; what was changed here stays. Returns the rows added."""
    if not _lacking():
        return 0
    with work(SYSTEM) as w:
        book.turn()
        new = _lacking()
        for model in (Term, Period, Day, Year):
            rows: Any = [one for one in new if isinstance(one, model)]
            model._default_manager.bulk_create(rows)
        if new:
            _record(w, "seed", "shipped", "seeded", {"rows": len(new)}, now)
    return len(new)


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
    with _change(actor) as w:
        parent = rules.parent_of(code)
        if parent and not Term.objects.filter(kind=kind, code=parent, valid_to=None).exists():
            raise errors.no_parent(code)
        old = _ended(Term.objects.filter(kind=kind, code=code), valid_from)
        position = old.position if old else _next_position(kind)
        Term.objects.create(
            kind=kind, code=code, zh=zh, en=en, position=position, source=source, valid_from=valid_from
        )
        _record(w, kind, code, "renamed" if old else "added", {"from": valid_from.isoformat()}, now)


def end_term(*, actor: Actor, kind: str, code: str, valid_to: date, now: datetime) -> None:
    """End a term from a day on.

    Errors: NotAdminError, UnknownTermError, TermError while some stand below it.
    """
    with _change(actor) as w:
        if Term.objects.filter(kind=kind, code__startswith=f"{code}.", valid_to=None).exists():
            raise errors.has_children(code)
        if _ended(Term.objects.filter(kind=kind, code=code), valid_to) is None:
            raise errors.UnknownTermError(details={"code": code})
        _record(w, kind, code, "ended", {"to": valid_to.isoformat()}, now)


def set_period(
    *, actor: Actor, code: str, span: str, extension: str = "", source: str, valid_from: date, now: datetime
) -> None:
    """Fill in or change a legal period from a day on; the names stay.

    Errors: NotAdminError, UnknownTermError, TermError.
    """
    for text in (span, extension):
        _check_span(text)
    with _change(actor) as w:
        old = _ended(Period.objects.filter(code=code), valid_from)
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
        _record(w, "period", code, "set", {"span": span, "from": valid_from.isoformat()}, now)


def set_day(*, actor: Actor, day: LocalDay, now: datetime) -> None:
    """Make a day a holiday, a working day or a half-day on a ground. Errors: NotAdminError, DayError."""
    _check_day(day)
    with _change(actor) as w:
        _put_day(day, now)
        data = {"on": day.on.isoformat(), "kind": day.kind, "hours": _hours(day)}
        _record(w, "calendar", day.ground or "country", "day", data, now)


def clear_day(*, actor: Actor, ground: str, on: date, now: datetime) -> bool:
    """Take a listed day back: the wider calendar holds again. False if none was. Errors: NotAdminError."""
    with _change(actor) as w:
        if not Day.objects.filter(ground=ground, on=on, known_to=None).update(known_to=now):
            return False
        _record(w, "calendar", ground or "country", "cleared", {"on": on.isoformat()}, now)
    return True


def publish_year(*, actor: Actor, year: int, days: Sequence[LocalDay], source: str, now: datetime) -> None:
    """Put in a year's national notice: its days, and that it is settled. Errors: NotAdminError, DayError."""
    for day in days:
        _check_day(day)
        if day.ground or not (day.on.year == year or date(year - 1, 12, 29) <= day.on < date(year, 1, 1)):
            raise errors.other_year(year, day.on)
    with _change(actor) as w:
        for day in days:
            _put_day(day, now)
        Year.objects.get_or_create(year=year, defaults={"source": source, "known_from": now})
        _record(w, "calendar", "country", "published", {"year": year, "days": len(days)}, now)


@contextmanager
def _change(actor: Actor) -> Iterator[Work]:
    """A transaction for an administering actor; the version's row makes changes come one at a time."""
    if not actor.admin:
        raise errors.NotAdminError
    with work(actor) as w:
        book.turn()
        yield w


def _lacking() -> list[Model]:
    """The shipped rows whose code, day or year this database never had."""
    terms = set(Term.objects.values_list("kind", "code"))
    periods = set(Period.objects.values_list("code", flat=True))
    days = set(Day.objects.filter(ground="").values_list("on", flat=True))
    years = set(Year.objects.values_list("year", flat=True))
    return [
        *(one for one in facts.terms() if (one.kind, one.code) not in terms),
        *(one for one in facts.periods() if one.code not in periods),
        *(one for one in facts.days() if one.on not in days and facts.notice_of(one.on) not in years),
        *(one for one in facts.years() if one.year not in years),
    ]


def _ended(rows: Any, on: date) -> Any:
    """End the open row on a day and give it, None if none is open. Errors: TermError if it begins later."""
    row = rows.filter(valid_to=None).first()
    if row is None:
        return None
    if row.valid_from is not None and on < row.valid_from:
        raise errors.wrong_dates(row.code)
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    return row


def _next_position(kind: str) -> int:
    return int(Term.objects.filter(kind=kind).aggregate(last=Max("position"))["last"] or 0) + 1


def _check_span(text: str) -> None:
    try:
        if text:
            Span.parse(text)
    except ValueError as error:
        raise errors.wrong_span(text) from error


def _check_day(day: LocalDay) -> None:
    if day.kind not in set(DayKind):
        raise errors.wrong_kind(day.kind)
    rests = day.kind == DayKind.REST
    if day.hours is not None and (rests or not rules.hours_fit(day.on, day.hours)):
        raise errors.wrong_hours(day.on)
    if day.ground and not territory.exists(day.ground, day.on):
        raise errors.wrong_ground(day.ground)


def _put_day(day: LocalDay, now: datetime) -> None:
    Day.objects.filter(ground=day.ground, on=day.on, known_to=None).update(known_to=now)
    Day.objects.create(
        ground=day.ground,
        on=day.on,
        kind=day.kind,
        zh=day.title.zh,
        en=day.title.en,
        hours=_hours(day),
        source=day.source,
        known_from=now,
    )


def _hours(day: LocalDay) -> list[list[str]] | None:
    return [list(span) for span in day.hours] if day.hours else None


def _record(w: Work, kind: str, key: str, step: str, data: Mapping[str, Any], now: datetime) -> None:
    """One step in the stream of the term, period or calendar that changed."""
    stream = ledger.stream_of(f"catalogue.{kind}", key)
    ledger.append(
        w,
        actor=w.actor,
        city=int(settings.GANTANG_PROVINCE.ljust(4, "0")),
        stream=stream,
        kind="catalogue",
        items=[(f"catalogue.{step}", {"what": kind, **data})],
        happened_at=now,
        now=now,
        key=f"{kind} {key}",
    )
