"""The numbers of documents (文号): each unit's own, from 1 in each year, without a gap.

A number is drawn by one of the last statements of the act that prints it. The row that holds the last one
stays locked until the act ends, so that an act that comes to nothing gives its number back.
"""

from datetime import datetime

from django.db import connection

from gantang.catalogue import queries as catalogue
from gantang.engine import Procedure
from gantang.kit import clock, keys
from gantang.matters.models import DocumentSeries
from gantang.matters.rules.declared import OWN, declared
from gantang.posts import queries as posts

#: Documents that leave the house have a number; those for the staff alone have none.
NUMBERED = frozenset({"reporter", "party", "public"})
#: Nobody publishes them as a list; each house has its own.
SIGNS = "document.signs"
_DRAW = """
INSERT INTO matter_document_series (city, unit, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (city, unit, year) DO UPDATE SET last = matter_document_series.last + 1 RETURNING last
"""


def is_numbered(procedure: Procedure, kind: str, unit: int | None) -> bool:
    """A series without a gap would betray a sealed matter, so its documents have no number (data layer
    §1.5)."""
    if kind in OWN:  # it goes with the document that it is about
        return False
    return unit is not None and declared(procedure, kind).audience in NUMBERED and not procedure.sealed


def sign(unit: int, at: datetime) -> str:
    """The unit's letters before its numbers (机关代字), as the administrators have entered them by the unit's
    number or name; none where they have not."""
    slot = catalogue.slot(SIGNS, on=at.astimezone(clock.ZONE).date())
    signs: dict[str, str] = (slot.value if slot is not None else None) or {}
    return signs.get(str(unit)) or signs.get(posts.unit_names([unit]).get(unit, "")) or ""


def last(unit: int, at: datetime) -> int:
    """The last number given out. Not locked: it may be another one by the time it is used."""
    rows = DocumentSeries.objects.filter(city=_seat(unit), unit=unit, year=_year(at))
    return rows.values_list("last", flat=True).first() or 0


def draw(unit: int, at: datetime) -> int:
    """The next number; others of the unit wait for it until this act ends."""
    with connection.cursor() as cursor:
        cursor.execute(_DRAW, [_seat(unit), unit, _year(at)])
        return int(cursor.fetchone()[0])


def _year(at: datetime) -> int:
    return at.astimezone(clock.ZONE).year


def _seat(unit: int) -> int:
    """The city in which a unit's series is kept: where it was begun, though its ground came to another city
    since, or else that of its ground."""
    begun = DocumentSeries.objects.filter(unit=unit).order_by("year").values_list("city", flat=True).first()
    return begun or keys.city_on(posts.unit(unit).ground)
