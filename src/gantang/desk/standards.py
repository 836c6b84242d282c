"""Standards of organisations (标准): what a kind of organisation must meet stands in a slot and fills a list.

No public source gives the items, so that each slot waits until an administrator writes them down with their
source. They are about what an organisation does, never about anybody in it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang.catalogue import queries as catalogue
from gantang.catalogue.types import Slot
from gantang.faces.forms import Questions
from gantang.faces.rows import MOST, RowsField

PREFIX = "standards."
#: A list whose rows have these columns can be filled by a standard.
COLUMNS = frozenset({"words", "part", "arisen", "goal", "due"})
#: By when an item is due, unless somebody writes another day: ours, nobody's rule.
DUE = timedelta(days=90)
#: Standards of stations, offices and courts; lists of the others are of no kind of their own.
STATIONS = frozenset({"police_station", "justice_office", "court", "village_police"})


@dataclass(frozen=True, slots=True)
class Standard:
    """A kind of organisation: its code, what it is called, how many items are written down (0: none yet)."""

    code: str
    title: str
    many: int


def offered(form: Questions) -> list[Standard]:
    """The standards that a form can be filled by; none for a form without such a list."""
    lang = get_language() or "zh-hans"
    return [_standard(one, lang) for one in _slots()] if _field(form) else []


def filled(form: Questions, code: str, today: date) -> dict[str, Any]:
    """First values of a form by a standard: one row an item, with its source; nothing where it is empty."""
    name = _field(form)
    slot = next((one for one in _slots() if one.code == PREFIX + code), None) if name and code else None
    if slot is None or slot.empty:
        return {}
    kind = "station_standards" if code in STATIONS else "other"
    return {name: [_row(one, slot, today) for one in slot.value[:MOST]], "list_kind": kind}


def _field(form: Questions) -> str:
    """The list that can be filled, "" where there is none."""
    found = (
        name
        for name, one in form.fields.items()
        if isinstance(one, RowsField) and one.columns.keys() >= COLUMNS
    )
    return next(found, "")


def _slots() -> list[Slot]:
    return [one for one in catalogue.slots() if one.code.startswith(PREFIX)]


def _standard(slot: Slot, lang: str) -> Standard:
    return Standard(slot.code.removeprefix(PREFIX), slot.title.of(lang), len(slot.value or ()))


def _row(item: str, slot: Slot, today: date) -> dict[str, str]:
    since = slot.valid_from.isoformat() if slot.valid_from else ""
    goal = _("达到条目要求。依据：%(source)s，%(since)s起") % {"source": slot.source, "since": since}
    due = (today + DUE).isoformat()
    return {"words": item, "part": "fixed", "arisen": "newly_arisen", "goal": goal, "due": due}
