"""What is kept how long, what was removed, what waits for a second person's word."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gantang import engine
from gantang.desk.versions import UNITS
from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.types import Term
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures
from gantang.territory import queries as territory

#: So far back what was removed is shown.
BACK = timedelta(days=90)
BECAUSE = {
    "term": gettext_lazy("保存期限到了"),
    "secret": gettext_lazy("含有国家秘密或工作秘密"),
    "own_request": gettext_lazy("本人要求查看或更正"),
}
#: Of so many matters past the term are counted of each version.
MOST = 1000


def may_see(actor: Actor) -> bool:
    """Whoever administers, and whoever watches over what is kept."""
    return actor.admin or any(one.duty in queries.WATCH for one in actor.sight)


def shown(actor: Actor, now: datetime) -> dict[str, Any]:
    """The page, as far as the actor may see it; the terms for whoever administers."""
    ground = posts.unit(actor.unit).ground if actor.unit is not None else ""
    told = queries.removed(actor, ground, cities=_cities(ground), since=now - BACK, now=now)
    lines = [(one, BECAUSE.get(one.because, one.because)) for one in told]
    terms = _terms(now) if actor.admin else []
    return {
        "asked": [one for one in lines if one[0].is_asked],
        "gone": [one for one in lines if not one[0].is_asked],
        "holds": [(one, one.review_on <= now.date()) for one in queries.holds(actor)],
        "terms": terms,
        "due": sum(one["due"] for one in terms),
    }


def _cities(ground: str) -> list[int]:
    if len(ground) >= len("3604"):
        return [keys.city_on(ground)]
    return [keys.city_on(one.prefix) for one in territory.children(ground)]


def _terms(now: datetime) -> list[dict[str, Any]]:
    plain = [one for one in procedures.all_in_force(now) if one.hash and not one.variant and not one.ground]
    titles = {one.name: procedures.by_hash(one.hash) for one in plain}
    found = [one for one in queries.retention_terms(now) if one.procedure in titles]
    return [_term(one, titles[one.procedure]) for one in sorted(found, key=lambda one: -one.due)]


def _term(one: Term, procedure: engine.Procedure) -> dict[str, Any]:
    span = (
        _("没有期限，不删") if one.span is None else f"{one.span.n}{UNITS.get(one.span.unit, one.span.unit)}"
    )
    title = procedure.title.of(get_language() or "zh-hans")
    return {"title": title, "span": span, "own": one.own, "due": one.due, "more": one.due >= MOST}
