"""How codes nest, and how the days of several grounds become one calendar. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256

from gantang.catalogue.types import CalendarChange, Hours, LocalDay, Term, Value
from gantang.engine import Calendar, Day, DayKind, Span
from gantang.engine.time.calendar import TAIL

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


def in_notice(on: date, year: int) -> bool:
    """Whether a day may stand in a year's national notice: in the year, or in the last days before it."""
    return on.year == year or (on.year == year - 1 and (on.month, on.day) >= TAIL)


def differences(held: Collection[LocalDay], change: CalendarChange) -> tuple[list[LocalDay], list[LocalDay]]:
    """What a change really puts in and takes back, given the days listed for its ground."""
    known = {one.on: one for one in held}
    wanted = {one.on: one for one in change.put}
    put = [one for one in wanted.values() if known.get(one.on) is None or not alike(known[one.on], one)]
    gone = {on for on in change.clear if on in known and on not in wanted}
    for year in change.whole:
        gone |= {on for on in known if _of_year(on, year, change.ground) and on not in wanted}
    return put, [known[on] for on in sorted(gone)]


def _of_year(on: date, year: int, ground: str) -> bool:
    """Whether a listed day is of a year: of the country's, by the notice it belongs to."""
    return on.year == year if ground else in_notice(on, year) and not in_notice(on, year + 1)


def alike(one: LocalDay, other: LocalDay) -> bool:
    """Whether two listed days count alike and are called alike."""
    return said(one)[1:] == said(other)[1:]


def said(one: LocalDay) -> tuple[object, ...]:
    """A listed day, how it counts and what it is called; not where, nor by which paper."""
    return one.on, one.kind, one.title, one.hours


def value_fits(form: str, value: Value) -> bool:
    """Whether a slot of this form may hold the value."""
    if form == "number":
        return type(value) is int and value >= 0
    if form == "span":
        return isinstance(value, str) and _is_span(value)
    if form == "text":
        return isinstance(value, str) and bool(value.strip())
    if form == "list":
        return isinstance(value, list) and bool(value) and all(_is_text(one) for one in value)
    return isinstance(value, dict) and bool(value) and all(map(_is_text, (*value, *value.values())))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= 200


def _is_span(text: str) -> bool:
    try:
        Span.parse(text)
    except ValueError:
        return False
    return True


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
