"""How everything stands that leads out of the house: destinations, dead letters, receivers, stopped jobs."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gantang.faces.vocabulary import Sign
from gantang.kit import trouble
from gantang.kit.actor import Actor
from gantang.outbox import queries
from gantang.outbox.types import Backlog, Receiver

NAMES: dict[str, str | Promise] = {
    "mail": _("邮件"),
    "sms": _("短信"),
    "matters": _("事项：归口、日历、区划变了的消息"),
    "advice": _("分类建议：定了的类别"),
    "posts": _("离任：交接和退出登录"),
}
FLOWS, WAITS, STUCK = (
    Sign("leaf", icon="circle-check", word=_("通畅")),
    Sign("amber", icon="hourglass-low", word=_("有等着的")),
    Sign("zhu", icon="alert-triangle", word=_("有没送达的")),
)
#: A way that nobody has set up: nothing leaves by it, whatever waits.
UNSET = Sign("stone", icon="circle-minus", word=_("没有设定，不往外送"))
ENDED = Sign("stone", icon="circle-minus", word=_("已停止"))
#: The setting by which a way leaves; the inner destinations need none.
WAYS = {"mail": "EMAIL_HOST", "sms": "GANTANG_SMS_URL"}
#: So many dead letters stand on the page, the newest.
SHOWN = 50


def shown(actor: Actor) -> dict[str, Any]:
    """What the page tells an administrator: codes, numbers and moments, never an address of a person."""
    stands = {one.destination: one for one in queries.backlog(actor)}
    receivers = queries.webhooks(actor)
    dead = queries.dead(actor, limit=SHOWN)
    return {
        "lines": _lines(stands),
        "receivers": [{"one": one, "sign": _sign(one)} for one in receivers],
        "dead": [{"one": one, "where": name_of(one.destination)} for one in dead],
        "more": max(0, sum(one.dead for one in stands.values()) - len(dead)),
        "troubles": trouble.troubles(),
    }


def name_of(destination: str) -> str | Promise:
    """What a destination is called; a receiver outside by its number."""
    family, _dot, number = destination.partition(".")
    return f"webhook {number}" if number else NAMES.get(family, family)


def _lines(stands: dict[str, Backlog]) -> Iterable[dict[str, Any]]:
    """Every inner destination and every way out, those with nothing in hand too."""
    named = [*NAMES, *(name for name in stands if name not in NAMES and "." not in name)]
    for name in named:
        stand = stands.get(name, Backlog(name, 0, 0, None, None))
        sign = UNSET if _is_unset(name) and not stand.dead else _state(stand.waiting, stand.dead)
        yield {"name": name_of(name), "stand": stand, "sign": sign}


def _is_unset(name: str) -> bool:
    """Whether mail or SMS has no server of its own to leave by."""
    return name in WAYS and not getattr(settings, WAYS[name], "")


def _sign(one: Receiver) -> Sign:
    return ENDED if one.ended_at else _state(one.waiting, one.dead)


def _state(waiting: int, dead: int) -> Sign:
    return STUCK if dead else WAITS if waiting else FLOWS
