"""The patrol on the phone: one's own shifts with their orders, to be read and answered with no signal.

Going out, coming back, hearing an order and having done it go by the queue, each once, at the moment they
were said on the phone. Where a vessel is is said at the desk alone.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gantang.faces import words
from gantang.field.shapes import ItemIn, PatrolIn
from gantang.kit.actor import Actor
from gantang.patrol import queries, service
from gantang.patrol.queries import words as said
from gantang.patrol.types import OrderView, ShiftView


def watch(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """The post's shifts that are not over, today's first. Errors: as ``queries.mine``."""
    shifts = [one for one in queries.mine(actor, now=now) if one.state in ("planned", "open")]
    if not shifts:
        return {"now": now.isoformat(), "shifts": []}
    names, orders = _names(actor), queries.orders(actor)
    drawn = [_shift(one, names, [each for each in orders if each.shift == one.id], now) for one in shifts]
    return {"now": now.isoformat(), "shifts": drawn}


def _names(actor: Actor) -> dict[UUID, str]:
    names = {one.id: one.name for one in queries.points(actor, ended=True)}
    names |= {one.id: one.name for one in queries.vessels(actor, ended=True)}
    return names | {one.id: one.name for one in queries.routes(actor)}


def take(actor: Actor, item: ItemIn, body: PatrolIn, *, now: datetime) -> dict[str, Any]:
    """What came of it, in words. Errors: those of the patrol's services."""
    acts: dict[str, Callable[..., object]] = {
        "out": service.go_out,
        "back": service.come_back,
        "hear": service.hear,
        "done": service.report_done,
    }
    of = {"shift": body.shift} if body.act in ("out", "back") else {"order": body.order or body.shift}
    acts[body.act](actor=actor, now=now, when=_when(item, now), key=item.key, **of)
    return {"number": "", "shown": _WORDS[body.act](), "due": "", "warnings": []}


_WORDS: dict[str, Callable[[], str]] = {
    "out": lambda: _("出航已记"),
    "back": lambda: _("返航已记"),
    "hear": lambda: _("已听到"),
    "done": lambda: _("已办好"),
}


def _when(item: ItemIn, now: datetime) -> datetime:
    """The moment of the phone, set right by how far it knew itself to be off; now where it never knew."""
    if item.offset is None:
        return now
    return min(item.made_at + timedelta(seconds=item.offset), now)


def _shift(one: ShiftView, names: dict[UUID, str], orders: list[OrderView], now: datetime) -> dict[str, Any]:
    kind = said.KIND_WORDS.get(one.kind, one.kind)
    begins, ends = words.moment(one.starts_at, now=now), words.moment(one.ends_at, now=now)
    things = [names.get(thing, "") for thing in (one.vessel, one.route) if thing]
    return {
        "id": str(one.id),
        "title": f"{names.get(one.point, '')} · {kind}",
        "note": " · ".join([f"{begins} – {ends}", *filter(None, things)]),
        "state": one.state,
        "word": str(said.STATE_WORDS[one.state]),
        "vessel": one.vessel is not None,
        "waits": one.concerns > 0,
        "orders": [_order(each, names, now) for each in orders],
    }


def _order(one: OrderView, names: dict[UUID, str], now: datetime) -> dict[str, Any]:
    due = _("%(time)s前听到") % {"time": words.moment(one.due_at, now=now)} if one.due_at else ""
    about = [names.get(one.point, "") if one.point else "", one.matter, due if one.state == "given" else ""]
    return {
        "id": str(one.id),
        "title": str(said.ORDER_WORDS.get(one.kind, one.kind)),
        "note": " · ".join(filter(None, about)),
        "state": one.state,
        "word": str(said.STATE_WORDS[one.state]),
    }
