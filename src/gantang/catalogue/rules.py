"""How codes nest, and how the days of several grounds become one calendar. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256

from gantang.catalogue.types import Hours, LocalDay, Term
from gantang.engine import Calendar, Day, DayKind

CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
#: Lengths of codes of ground: a day may hold for any of them, or for the whole country.
LENGTHS = (2, 4, 6, 9, 12, 15)
ANY = "*"


def is_code(code: str) -> bool:
    """Whether this is a dotted path of small English words, at most 64 characters."""
    return len(code) <= 64 and CODE.fullmatch(code) is not None


def parent_of(code: str) -> str:
    """The code above, "" at the top."""
    return code.rpartition(".")[0]


def covers(wide: str, narrow: str) -> bool:
    """Whether ``wide`` is ``narrow`` or stands above it; ``*`` is above all."""
    return wide in (ANY, narrow) or narrow.startswith(f"{wide}.")


def tree(terms: Sequence[Term]) -> list[Term]:
    """In order, children behind their parent, leaves marked; a child whose parent is gone stays."""
    parents = {term.parent for term in terms}
    place = {term.code: number for number, term in enumerate(terms)}

    def key(term: Term) -> list[int]:
        parts = term.code.split(".")
        return [place.get(".".join(parts[: n + 1]), len(terms)) for n in range(len(parts))]

    marked = (
        Term(t.code, t.title, t.parent, t.code not in parents, t.source, t.valid_from, t.valid_to)
        for t in terms
    )
    return sorted(marked, key=key)


def grounds_above(ground: str) -> list[str]:
    """The grounds whose days hold on a ground, the country first: "", "36", … itself."""
    if ground.startswith("~"):
        return [""]
    return ["", *(ground[:n] for n in LENGTHS if n <= len(ground))]


def calendar(days: Mapping[str, Collection[LocalDay]], published: Iterable[int]) -> Calendar:
    """One calendar: the days of the country (""), those of each deeper ground laid on top in order."""
    years = sorted(published)
    base = Calendar(_spelled("", days.get("", ()), years), _days(days.get("", ())), published=years)
    version = base.version
    for ground in sorted(ground for ground in days if ground):
        version = f"{version}/{_spelled(ground, days[ground], ())}"
        base = base.overlaid(version, _days(days[ground]))
    return base


def hours_fit(on: date, hours: Hours) -> bool:
    """Whether opening hours can be read: times of day in order, without overlap."""
    try:
        Calendar("", {on: Day(DayKind.WORKING, hours=hours)})
    except ValueError:
        return False
    return bool(hours)


def _days(days: Iterable[LocalDay]) -> dict[date, Day]:
    return {one.on: Day(DayKind(one.kind), one.title.zh, one.title.en, one.hours) for one in days}


def _spelled(ground: str, days: Iterable[LocalDay], years: Sequence[int]) -> str:
    """The name of exactly these days: ``cn2026-1f3a…``, ``360428-77ab…``."""
    listed = sorted((one.on.isoformat(), one.kind, repr(one.hours)) for one in days)
    mark = sha256(repr((listed, list(years))).encode()).hexdigest()[:12]
    return f"{ground or f'cn{years[-1] if years else 0}'}-{mark}"
