"""Receivers of news outside (webhooks) on the own ground: how each stands, and the form of a new one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gantang.desk.admin import home_of, may_change, own_grounds
from gantang.desk.adminforms import select_of, text_of
from gantang.desk.connections import ENDED, FLOWS, STUCK, WAITS
from gantang.faces.vocabulary import Sign
from gantang.kit.actor import Actor
from gantang.kit.errors import NotFoundError
from gantang.outbox import queries, registry
from gantang.outbox.types import Receiver

#: The kinds of news in words; one that is not named here stands by its code.
KINDS: dict[str, str | Promise] = {
    "matter.opened": _("有新事项"),
    "matter.changed": _("事项的状态变了"),
    "matter.ended": _("事项结束了"),
    "matter.session": _("约了、改了、取消了一次调解"),
    "patrol.order_given": _("给了一条巡护指令"),
    "patrol.order_raised": _("巡护指令没人收到，提级了"),
}
PAUSED = Sign("amber", icon="hourglass-low", word=_("暂停着，消息留着"))
#: How the last test stands.
TRIED = {
    "waiting": Sign("amber", icon="hourglass-low", word=_("试送：还在路上")),
    "sent": Sign("leaf", icon="circle-check", word=_("试送：收到了")),
    "skipped": Sign("stone", icon="circle-minus", word=_("试送：没有送")),
    "dead": Sign("zhu", icon="alert-triangle", word=_("试送：没送达")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A receiver as the page lists it."""

    one: Receiver
    sign: Sign
    tried: Sign | None
    kinds: str


class ReceiverForm(forms.Form):
    """Where news goes, which, of what ground, on what it rests."""

    use_required_attribute = False
    address = text_of(
        _("接收地址"), 500, required=True, help_text=_("以https://开头。内网地址须先由运维写进服务器的设置。")
    )
    kinds = forms.MultipleChoiceField(label=_("送哪些消息"), choices=[], widget=forms.CheckboxSelectMultiple)
    ground = select_of(_("哪片地方的"), [], required=False)
    basis = text_of(_("依据哪份文件"), 200, required=True)

    def __init__(self, *args: Any, grounds: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kinds"].choices = [(one, _named(one)) for one in sorted(registry.events())]  # type: ignore[attr-defined]
        self.fields["ground"].choices = grounds  # type: ignore[attr-defined]


def form_of(actor: Actor, given: Any = None) -> ReceiverForm:
    """The form with the grounds that the actor administers."""
    return ReceiverForm(given, grounds=own_grounds(actor))


def lines(actor: Actor) -> list[Line]:
    """The receivers of the own ground, those that ended at the end."""
    home_of(actor)
    found = [one for one in queries.webhooks(actor) if may_change(actor, one.ground)]
    return [_line(one) for one in sorted(found, key=lambda each: each.ended_at is not None)]


def of_ours(actor: Actor, number: str) -> Receiver:
    """A receiver of the own ground. Errors: NotFoundError."""
    found = next((each.one for each in lines(actor) if str(each.one.id) == number), None)
    if found is None:
        raise NotFoundError
    return found


def _line(one: Receiver) -> Line:
    return Line(one, _sign(one), TRIED.get(one.tried), "、".join(str(_named(each)) for each in one.kinds))


def _sign(one: Receiver) -> Sign:
    if one.ended_at:
        return ENDED
    if one.paused_at:
        return PAUSED
    return STUCK if one.dead else WAITS if one.waiting else FLOWS


def _named(kind: str) -> str | Promise:
    return KINDS.get(kind, kind)
