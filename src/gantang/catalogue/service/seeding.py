"""Putting in what ships."""

from datetime import datetime
from typing import Any

from django.db.models import Model

from gantang.catalogue import book, facts
from gantang.catalogue.models import Day, Period, Slot, Term, Year
from gantang.catalogue.service.common import record
from gantang.kit.actor import SYSTEM
from gantang.kit.work import work


def seed(*, now: datetime) -> int:
    """Put in what ships and is not there; what was changed here stays. Returns the rows added."""
    if not _lacking():
        return 0
    with work(SYSTEM) as w:
        book.turn()
        new = _lacking()
        for model in (Term, Period, Day, Year, Slot):
            rows: Any = [one for one in new if isinstance(one, model)]
            model._default_manager.bulk_create(rows)
        if new:
            record(w, "seed", "shipped", "seeded", {"rows": len(new)}, now)
    return len(new)


def _lacking() -> list[Model]:
    """The shipped rows whose code, day or year this database never had."""
    terms = set(Term.objects.values_list("kind", "code"))
    periods = set(Period.objects.values_list("code", flat=True))
    days = set(Day.objects.filter(ground="").values_list("on", flat=True))
    years = set(Year.objects.values_list("year", flat=True))
    slots = set(Slot.objects.values_list("code", flat=True))
    return [
        *(one for one in facts.terms() if (one.kind, one.code) not in terms),
        *(one for one in facts.periods() if one.code not in periods),
        *(one for one in facts.days() if one.on not in days and facts.notice_of(one.on) not in years),
        *(one for one in facts.years() if one.year not in years),
        *(one for one in facts.slots() if one.code not in slots),
    ]
