"""The key of a count in an address, as the screen's numbers carry it: resolved here, in one's own sight."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gantang.desk.countforms import URBAN
from gantang.faces import names, words
from gantang.matters.types import Behind
from gantang.posts import queries as posts

#: What of an address belongs to it.
KEY = ("counted", "since", "until", "by", "basis", "cause", "urban")
#: How an address says that there is no cause.
NO_CAUSE = "-"
TITLES = {
    "open": gettext_lazy("在办"),
    "in": gettext_lazy("新收"),
    "closed": gettext_lazy("办结"),
    "late": gettext_lazy("超期"),
    "refused": gettext_lazy("退单"),
    "reopened": gettext_lazy("重开"),
    "accepted": gettext_lazy("受理"),
    "on_time": gettext_lazy("按时办结"),
    "late_closed": gettext_lazy("逾期办结"),
    "disputed": gettext_lazy("群众不认可"),
    "supervised": gettext_lazy("督办"),
    "extended": gettext_lazy("延长"),
    "paused": gettext_lazy("暂停"),
    "rated": gettext_lazy("评价"),
    "found": gettext_lazy("排查发现"),
}


def behind(given: Mapping[str, str]) -> Behind | None:
    """The key that an address names; None where it names no count."""
    measure = given.get("counted", "")
    if measure not in TITLES:
        return None
    unit = given.get("by", "")
    return Behind(
        measure,
        _day(given.get("since", "")),
        _day(given.get("until", "")),
        int(unit) if unit.isdecimal() and unit.isascii() and len(unit) < 19 else None,
        given.get("basis") == "then",
        _cause(given.get("cause", "")[:64]),
        given.get("urban", "") if given.get("urban", "") in URBAN else "",
    )


def _cause(text: str) -> str | None:
    return "" if text == NO_CAUSE else text or None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def told(key: Behind, today: date) -> str:
    """What the list is of: the measure, its days, its unit."""
    parts = [str(TITLES[key.measure])]
    days = [words.day(one, today=today, weekday=False) for one in (key.since, key.until) if one]
    if days:
        parts.append("–".join(dict.fromkeys(days)))
    if key.unit:
        parts.append(posts.unit_names([key.unit]).get(key.unit, ""))
    if key.then:
        parts.append(_("按当时的辖区"))
    if key.cause is not None:
        parts.append(names.cause(key.cause))
    if key.urban:
        parts.append(str(URBAN[key.urban]))
    return " · ".join(part for part in parts if part)
