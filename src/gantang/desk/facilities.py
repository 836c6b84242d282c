"""Facilities and places as the desk shows them: conditions as signs, grounds and units by their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gantang.faces.vocabulary import Sign
from gantang.kit.actor import Actor
from gantang.matters import queries as matters
from gantang.matters.types import Filters
from gantang.posts import queries as posts
from gantang.territory import queries, service
from gantang.territory.types import FacilityKindView, FacilityView, PlaceView, ServiceView

CONDITIONS = {
    "working": Sign("leaf", icon="circle-check", word=gettext_lazy("正常")),
    "faulty": Sign("zhu", icon="alert-triangle", word=gettext_lazy("有故障")),
    "out_of_service": Sign("stone", icon="circle-minus", word=gettext_lazy("停用")),
}
#: Who answers on how wide a ground grids are looked at one by one: a county's, or less.
COUNTY, TOWNSHIP = 6, 9


@dataclass(frozen=True, slots=True)
class Asked:
    """How a list of facilities is narrowed."""

    ground: str = ""
    kind: str = ""
    condition: str = ""
    due: bool = False

    def query(self, **change: Any) -> str:
        """The same, but for what changes, as an address writes it."""
        given = {"ground": self.ground, "kind": self.kind, "condition": self.condition, "due": self.due}
        kept = {name: value for name, value in {**given, **change}.items() if value}
        return "?" + urlencode({name: "1" if value is True else value for name, value in kept.items()})


def listed(actor: Actor, asked: Asked, cursor: str | None, *, today: date) -> dict[str, Any]:
    """A page of facilities with the chips and choices that narrow it. Errors: InvalidError for the cursor."""
    within = posts.grounds_of(actor)
    page = queries.facilities(
        within,
        ground=asked.ground,
        kind=asked.kind,
        condition=asked.condition,
        due_by=today if asked.due else None,
        cursor=cursor,
    )
    counts = queries.facility_counts(within, asked.ground)
    return {
        "asked": asked,
        "lines": _lines(page.items, today),
        "more": asked.query(cursor=page.next) if page.next else "",
        "chips": _chips(asked, counts),
        "broken": sum(n for (_kind, condition), n in counts.items() if condition == "faulty"),
        "total": sum(counts.values()),
        "kinds": kinds(queries.facility_kinds()),
        "grounds": _grounds(within),
        "due_url": asked.query(due=not asked.due),
    }


def _chips(asked: Asked, counts: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    """One for each condition, with how many are in it; pressed again it is taken off."""
    return [
        {
            "sign": sign,
            "count": sum(n for (kind, c), n in counts.items() if c == code and asked.kind in ("", kind)),
            "here": asked.condition == code,
            "url": asked.query(condition="" if asked.condition == code else code),
        }
        for code, sign in CONDITIONS.items()
    ]


def _lines(found: Sequence[FacilityView], today: date) -> list[dict[str, Any]]:
    names = queries.names({code for one in found for code in (one.ground, one.ground[:12])})
    words = dict(kinds(queries.facility_kinds()))
    units = posts.unit_names(one.keeper for one in found if one.keeper)
    return [
        {
            "facility": one,
            "kind": words.get(one.kind, one.kind),
            "sign": CONDITIONS[one.condition],
            "where": _where(one.ground, names),
            "keeper": units.get(one.keeper, "") if one.keeper else "",
            "due": one.due_on is not None and one.due_on <= today,
        }
        for one in found
    ]


def _where(ground: str, names: Mapping[str, str]) -> str:
    village, grid = names.get(ground[:12], ""), names.get(ground, "") if len(ground) > 12 else ""
    return f"{village} {grid}".strip() or ground


def _grounds(within: Sequence[str]) -> list[tuple[str, str]]:
    """The own grounds and one level below, to narrow the list to."""
    found: list[tuple[str, str]] = []
    for root in within[:3]:
        found.append((root, " ".join(queries.path(root)[-2:])))
        below = queries.grids(root) if len(root) == 12 else ()
        found += [(one.code, f"　{one.name}") for one in below if one.valid_to is None]
        found += [(one.prefix, f"　{one.name}") for one in queries.children(root) if one.valid_to is None]
    return found


def kinds(found: Sequence[FacilityKindView | ServiceView]) -> list[tuple[str, str]]:
    """Codes with their words in the language in force."""
    en = (get_language() or "zh").startswith("en")
    return [(one.code, one.en if en else one.zh) for one in found]


def faults() -> list[tuple[str, str]]:
    """What may be wrong with a facility."""
    en = (get_language() or "zh").startswith("en")
    return [(one.code, one.en if en else one.zh) for one in queries.FAULTS.values()]


def page_of(actor: Actor, one: FacilityView, *, today: date, now: Any) -> dict[str, Any]:
    """A facility with its looks and the open matters about it that the actor sees."""
    (line,) = _lines([one], today)
    looks, words = queries.inspections(one.id, size=20), dict(faults())
    titles = posts.post_titles(look.post for look in looks.items if look.post)
    open_matters = matters.queue(actor, filters=Filters(open_only=True, facility=one.id), now=now, size=20)
    return {
        **line,
        "path": " ".join(queries.path(one.ground)),
        "says": _says(one, today),
        "looks": [
            {
                "look": look,
                "sign": CONDITIONS[look.condition],
                "faults": _("、").join(words.get(code, code) for code in look.faults),
                "by": titles.get(look.post, "") if look.post else "",
            }
            for look in looks.items
        ],
        "matters": open_matters.items,
        "standing": one.valid_to is None,
        "may_tend": one.valid_to is None and service.may_tend(actor, one.ground),
        "may_report": one.valid_to is None and bool(actor.sight) and service.may_tend(actor, one.ground),
    }


def _says(one: FacilityView, today: date) -> str:
    """One sentence: how it is, and what is next."""
    if one.valid_to is not None:
        return _("%(on)s拆除，编号不再使用。") % {"on": one.valid_to}
    if one.due_on is None:
        return _("没有规定巡检间隔。")
    if one.due_on <= today:
        return _("该巡检了，到期日%(on)s。") % {"on": one.due_on}
    return _("下次巡检%(on)s。") % {"on": one.due_on}


def coverage(within: Sequence[str], ground: str, *, today: date) -> dict[str, Any]:
    """How far the rules are kept on a county or less, by township; wider ground is to be opened first."""
    inside = ground and any(ground.startswith(one) for one in within)
    chosen = ground if inside else (within[0] if within else "")
    if len(chosen) < COUNTY:
        below = queries.children(chosen, on=today) if chosen else []
        return {"ground": chosen, "below": [(one.prefix, one.name) for one in below], "rows": []}
    found = queries.facility_coverage(chosen, on=today)
    names = queries.names({*(one.ground for one in found), chosen})
    words = dict(kinds(queries.facility_kinds()))
    return {
        "ground": chosen,
        "name": names.get(chosen, chosen),
        "below": [],
        "ruled": any(one.needs for one in queries.facility_kinds()),
        "short": sum(one.short for one in found),
        "rows": [
            {
                "ground": one.ground,
                "name": names.get(one.ground, one.ground),
                "kind": words.get(one.kind, one.kind),
                "grids": one.grids,
                "short": one.short,
                "percent": (one.grids - one.short) * 100 // one.grids,
            }
            for one in found
        ],
        "gaps": _gaps(chosen, today) if len(chosen) >= TOWNSHIP else [],
    }


def _gaps(ground: str, today: date) -> list[dict[str, Any]]:
    """The grids that are short, of a township or less."""
    found = queries.facility_gaps(ground, on=today)
    names = queries.names({code for one in found for code in (one.grids[0], one.grids[0][:12])})
    return [
        {
            "code": one.grids[0],
            "where": _where(one.grids[0], names),
            "have": one.amount or 0,
            "least": one.detail,
        }
        for one in found
    ]


def places(found: Sequence[PlaceView]) -> list[dict[str, Any]]:
    """Places with their grounds and services by name."""
    names = queries.names({code for one in found for code in (one.ground, one.ground[:12])})
    words = dict(kinds(queries.place_services()))
    return [
        {
            "place": one,
            "where": _where(one.ground, names),
            "services": [words.get(code, code) for code in one.services],
        }
        for one in found
    ]
