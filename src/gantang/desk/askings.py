"""The register of what people asked about their own data, in words; nobody is named."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gantang.desk.adminforms import date_of, select_of, text_of
from gantang.engine import Span
from gantang.faces.vocabulary import Sign
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.matters import queries, service
from gantang.matters.errors import MatterNotFoundError
from gantang.matters.types import AskingView, NewAsking
from gantang.posts import queries as posts

Words = dict[str, str | Promise]
KINDS: Words = {
    "access": gettext_lazy("查询、复制"),
    "correction": gettext_lazy("更正、补充"),
    "erasure": gettext_lazy("删除"),
}
WAYS: Words = {
    "counter": gettext_lazy("当面"),
    "phone": gettext_lazy("电话"),
    "letter": gettext_lazy("信件"),
    "online": gettext_lazy("网上"),
}
NOT_DONE: Words = {
    "not_shown": gettext_lazy("没有核对出是本人或受托人"),
    "kept_by_law": gettext_lazy("法律规定要保存"),
    "harms_others": gettext_lazy("会泄露别人的信息"),
    "not_ours": gettext_lazy("不归本单位，告知了该找谁"),
}
SIGNS = {
    "received": Sign("amber", icon="hourglass-low", word=gettext_lazy("没人接手")),
    "taken": Sign("dai", icon="clock", word=gettext_lazy("在答复")),
    "answered": Sign("leaf", icon="circle-check", word=gettext_lazy("答复了")),
    "refused": Sign("stone", icon="circle-minus", word=gettext_lazy("没有照办")),
}
LATE = Sign("zhu", icon="alarm", word=gettext_lazy("过了期限"))


class AskingForm(forms.Form):
    """What came in: what, how, when; never who."""

    use_required_attribute = False
    kind = select_of(gettext_lazy("要求什么"), list(KINDS.items()))
    way = select_of(gettext_lazy("怎么来的"), list(WAYS.items()))
    received_on = date_of(gettext_lazy("哪天收到"), required=True)
    number = text_of(gettext_lazy("关于哪一件（编号，没有就不写）"), 20)
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["key"].initial = secrets.token_urlsafe(16)
        self.fields["received_on"].initial = clock.now().date()


@dataclass(frozen=True, slots=True)
class Line:
    """One asking in words."""

    one: AskingView
    kind: str | Promise
    way: str | Promise
    sign: Sign
    late: Sign | None
    who: str
    because: str | Promise
    key: str


def shown(actor: Actor, given: Mapping[str, str]) -> dict[str, Any]:
    """A page of the register with the term as it stands today."""
    over, now = given.get("over") == "yes", clock.now()
    page = queries.askings(actor, over=over, cursor=given.get("after") or None)
    names = posts.post_words({one.post for one in page.items if one.post is not None})
    asked = {"over": "yes"} if over else {}
    slot = queries.asking_term(now.date())
    term = Span.parse(str(slot.value)).words(get_language() or "zh-hans") if slot and slot.value else ""
    return {
        "lines": [_line(one, names) for one in page.items],
        "over": over,
        "more_url": "?" + urlencode({**asked, "after": page.next}) if page.next else "",
        "term": term,
        "not_done": list(NOT_DONE.items()),
    }


def received(actor: Actor, form: AskingForm) -> str:
    """Enter what came in; what to say then. Errors: those of ``matters.receive_asking``."""
    given = form.cleaned_data
    new = NewAsking(given["kind"], given["way"], given["received_on"], given["number"].strip())
    key = given["key"] or str(form.fields["key"].initial)
    service.receive_asking(actor=actor, asking=new, key=key, now=clock.now())
    return _("登记好了。")


def done(actor: Actor, given: Mapping[str, str]) -> str:
    """Take one on, answer or refuse it; what to say then. Errors: those of the room."""
    asking, key = _id(given.get("asking", "")), given.get("key") or secrets.token_urlsafe(16)
    act, now = given.get("act", ""), clock.now()
    if act == "take":
        service.take_asking(actor=actor, asking=asking, key=key, now=now)
        return _("由您这个岗答复。")
    because = given.get("because", "") if act == "refuse" else None
    service.answer_asking(actor=actor, asking=asking, because=because, key=key, now=now)
    return _("记下了：没有照办，理由要告诉本人。") if because else _("记下了：答复了。")


def _line(one: AskingView, names: Mapping[int, str]) -> Line:
    late = one.due_at is not None and one.due_at < (one.answered_at or clock.now())
    return Line(
        one,
        KINDS.get(one.kind, one.kind),
        WAYS.get(one.way, one.way),
        SIGNS[one.state],
        LATE if late else None,
        names.get(one.post or 0, ""),
        NOT_DONE.get(one.because, one.because),
        secrets.token_urlsafe(16),
    )


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise MatterNotFoundError from None
