"""What is past its term: matters that ended so long ago that their people and words are to be erased."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.engine import Span
from gantang.kit import clock, scope
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.matters.models import Matter
from gantang.matters.queries.standing import ALL
from gantang.matters.rules import terms
from gantang.matters.types import Term
from gantang.procedures import queries as procedures

#: The slot in which a deployment writes terms of its own: a procedure's name and its span.
SLOT = "retention.terms"
MOST = 1000
_BATCH = 200

Place = tuple[datetime, UUID]


def due(now: datetime) -> Iterator[tuple[int, UUID]]:
    """(city, id) of the matters past their term, version by version, the longest ended first."""
    own = own_terms(now)
    for digest in _versions():
        span = terms.term_of(procedures.by_hash(digest), own)
        if span is not None:
            yield from _of_version(digest, span, now)


def retention_terms(now: datetime) -> list[Term]:
    """Each procedure's term, whose it is, and how many matters are past it, at most ``MOST`` counted of each
    version."""
    own, found = own_terms(now), dict[str, Term]()
    for digest in _versions():
        procedure = procedures.by_hash(digest)
        span = terms.term_of(procedure, own)
        past = 0 if span is None else sum(1 for _one in islice(_of_version(digest, span, now), MOST))
        before = found[procedure.name].due if procedure.name in found else 0
        found[procedure.name] = Term(procedure.name, span, procedure.name in own, before + past)
    return [found[name] for name in sorted(found)]


def own_terms(now: datetime) -> Mapping[str, str]:
    """The terms that the deployment set itself, in force now, by procedure."""
    slot = catalogue.slot(SLOT, on=now.astimezone(clock.ZONE).date())
    return slot.value if slot is not None and slot.value else {}


def is_past(row: Matter, now: datetime) -> bool:
    """Whether a matter has ended and its term has passed."""
    span = terms.term_of(procedures.by_hash(row.procedure_hash), own_terms(now))
    return span is not None and _is_past(row, span, now)


def kept_until(row: Matter, now: datetime) -> datetime | None:
    """When the people of a matter that has ended are erased; None while it is open, or without a term."""
    span = terms.term_of(procedures.by_hash(row.procedure_hash), own_terms(now))
    if span is None or row.ended_at is None:
        return None
    return engine.deadline(row.ended_at, span, catalogue.calendar_for(row.scope, at=now), side="people").due


def _versions() -> list[str]:
    return sorted({one.hash for one in procedures.versions() if one.hash})


def _of_version(digest: str, span: Span, now: datetime) -> Iterator[tuple[int, UUID]]:
    """Those of one version, in batches; the first that is within its term ends it."""
    after: Place | None = None
    while rows := _batch(digest, span, now, after):
        for row in rows:
            if not _is_past(row, span, now):
                return
            yield row.city, row.id
            after = (row.ended_at or now, row.id)


def _batch(digest: str, span: Span, now: datetime, after: Place | None) -> list[Matter]:
    with reading(SYSTEM):
        scope.enter(ranges=ALL)
        rows = Matter.objects.filter(procedure_hash=digest, erased_at=None, legal_hold_until=None)
        rows = rows.filter(ended_at__lt=terms.ended_before(span, now))
        if after is not None:
            rows = rows.filter(TupleGreaterThan(Tuple(F("ended_at"), F("id")), after))
        return list(rows.order_by("ended_at", "id").only("city", "id", "ended_at", "scope")[:_BATCH])


def _is_past(row: Matter, span: Span, now: datetime) -> bool:
    if row.ended_at is None:
        return False
    calendar = catalogue.calendar_for(row.scope, at=now)
    return engine.deadline(row.ended_at, span, calendar, side="people").due <= now
