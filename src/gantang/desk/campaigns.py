"""Campaigns as the desk shows them: figures with their words, grounds with their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gantang.desk import mapped
from gantang.faces import vocabulary
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.types import Covered
from gantang.procedures import queries as procedures
from gantang.procedures.service import ORDERING
from gantang.procedures.types import CampaignView
from gantang.territory import queries as territory

STATES = {
    "planned": vocabulary.Sign("stone", icon="hourglass-low", word=gettext_lazy("还没开始")),
    "opening": vocabulary.Sign("dai", icon="tools", word=gettext_lazy("正在开件")),
    "open": vocabulary.Sign("dai", icon="eye-check", word=gettext_lazy("进行中")),
    "over": vocabulary.Sign("leaf", icon="circle-check", word=gettext_lazy("本期已过")),
    "closed": vocabulary.Sign("stone", icon="circle-minus", word=gettext_lazy("已结束")),
}
EACH = {
    "grid": gettext_lazy("每个网格"),
    "village": gettext_lazy("每个村居"),
    "township": gettext_lazy("每个乡镇"),
    "unit": gettext_lazy("每个单位"),
}
REPEATS = {
    "": gettext_lazy("只做一期"),
    "daily": gettext_lazy("每天一期"),
    "weekly": gettext_lazy("每周一期"),
    "half_monthly": gettext_lazy("每半月一期"),
    "monthly": gettext_lazy("每月一期"),
    "quarterly": gettext_lazy("每季度一期"),
}
GRID = 15


@dataclass(frozen=True, slots=True)
class Figures:
    """A ground's figures, with its name and how far down it can be opened."""

    name: str
    ground: str
    opened: int
    reported: int
    zero: int
    found: int
    missing: int
    percent: int
    deeper: bool

    @property
    def word(self) -> str:
        """How far it is, in as few words as a map has room for; what was not reached is said."""
        if not self.opened:
            return _("没开件")
        return f"{self.percent}%" if self.reported else _("没走到")


@dataclass(frozen=True, slots=True)
class Line:
    """A campaign in the list."""

    campaign: CampaignView
    title: str
    sign: vocabulary.Sign
    what: str
    figures: Figures


def lines(actor: Actor, found: Sequence[CampaignView], *, today: date) -> list[Line]:
    """The campaigns of a page, each with the figures of what the actor sees of it."""
    covered = queries.coverages(actor, found)
    return [
        Line(
            one,
            title_of(one),
            sign_of(one, today),
            what_of(one),
            figures(covered[one.id]),
        )
        for one in found
    ]


def title_of(one: CampaignView) -> str:
    """In the language in force."""
    return one.title.of(get_language() or "zh-hans")


def sign_of(one: CampaignView, today: date) -> vocabulary.Sign:
    """The state as a sign; a period that has passed is said."""
    return STATES["over" if one.state == "open" and one.until < today else one.state]


def what_of(one: CampaignView) -> str:
    """What gets a matter, and how often."""
    every = _("%(each)s一件") % {"each": EACH.get(one.each, one.each)}
    period = _("第%(no)d期") % {"no": one.no} if one.repeat else ""
    return " · ".join(part for part in (every, str(REPEATS.get(one.repeat, "")), period) if part)


def figures(one: Covered, name: str = "") -> Figures:
    """Figures with their rate, whole percents, rounded down: 100 only where all have reported."""
    percent = one.reported * 100 // one.opened if one.opened else 0
    return Figures(
        name,
        one.ground,
        one.opened,
        one.reported,
        one.zero,
        one.found,
        one.missing,
        percent,
        len(one.ground) < GRID,
    )


def page_of(actor: Actor, number: int, ground: str, *, today: date) -> dict[str, Any]:
    """The coverage of a campaign on a ground in sight. Errors: UnknownCampaignError."""
    found = queries.campaign(actor, number)
    whole, below = queries.coverage(actor, number, ground)
    names = territory.names({*(one.ground for one in below), ground})
    roots = queries.grounds_of(actor, found)
    return {
        "campaign": found,
        "title": title_of(found),
        "sign": sign_of(found, today),
        "what": what_of(found),
        "ground": ground,
        "place": " ".join(territory.path(ground)[-2:]) if ground else _("本岗看得见的地方"),
        "path": _path(ground, roots),
        "whole": figures(whole),
        **_rows(below, names, _one(ground, roots)),
        "opening": _opening(found),
        "may_end": found.state != "closed" and may_order(actor, found.klass, found.grounds),
    }


def _one(ground: str, roots: Sequence[str]) -> str:
    """The one ground that the page is about, "" where there are several."""
    return ground or (roots[0] if len(roots) == 1 else "")


def _rows(below: Sequence[Covered], names: Mapping[str, str], ground: str) -> dict[str, Any]:
    """What lies one level below, and the map of the same; a place where nothing was opened is there too, and
    said to be."""
    rows = [figures(one, names.get(one.ground, one.ground)) for one in below]
    if not rows or not ground or len(ground) >= GRID:
        return {"rows": rows, "mapped": False}
    page, known = mapped.shown(ground), {one.ground for one in rows}
    beside = [
        figures(Covered(one["code"], 0, 0, 0, 0), one["name"])
        for one in page["places"]
        if one["code"] not in known and len(one["code"]) == len(rows[0].ground)
    ]
    every = sorted([*rows, *beside], key=lambda one: one.ground)
    return {"rows": every, "mapped": page["mapped"], "schematic": page["schematic"], "here": ground}


def may_order(actor: Actor, klass: str, grounds: Sequence[str]) -> bool:
    """Whether the post orders campaigns on all of some ground."""
    return bool(grounds) and all(actor.duties(klass, ground) & set(ORDERING) for ground in grounds)


def _path(ground: str, roots: Sequence[str]) -> list[tuple[str, str]]:
    """The grounds above this one that are in sight, widest first."""
    steps = [ground[:digits] for digits in (2, 4, 6, 9, 12) if digits < len(ground)]
    seen = [step for step in steps if any(step.startswith(root) for root in roots)]
    names = territory.names(seen)
    return [(step, names.get(step, step)) for step in seen]


def _opening(found: CampaignView) -> dict[str, int] | None:
    """How far the opening is while it goes on."""
    if found.state != "opening" or not found.targets:
        return None
    done = queries.campaign_totals(found).opened
    return {"done": done, "targets": found.targets, "percent": min(100, done * 100 // found.targets)}


def kinds(now: Any) -> list[tuple[str, str]]:
    """The procedures that a campaign may open for a class of their own, by name."""
    names = dict.fromkeys(one.name for one in procedures.all_in_force(now))
    made = [(name, procedures.named(name, "", now)) for name in names]
    lang = get_language() or "zh-hans"
    return [(name, one.title.of(lang)) for name, one in made if one.campaign is not None and one.serves]
