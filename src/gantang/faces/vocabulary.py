"""The one list of status words: tone, icon and word, always the three (colour never speaks alone).

Matters' states name a status (`engine.STATUSES`); clocks name a mark. Templates draw both through `chip`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Sign:
    """How one status is shown."""

    tone: str
    icon: str
    word: str | Promise


MATTER: dict[str, Sign] = {
    "received": Sign("stone", icon="inbox", word=_("待受理")),
    "routed": Sign("dai", icon="arrow-bear-right", word=_("已分派")),
    "handling": Sign("dai", icon="tools", word=_("办理中")),
    "mediating": Sign("dai", icon="messages", word=_("调解中")),
    "contested": Sign("plum", icon="scale", word=_("归口待裁定")),
    "asking": Sign("amber", icon="message-question", word=_("等您补充")),
    "answered": Sign("leaf", icon="eye-check", word=_("待核验")),
    "closed": Sign("leaf", icon="circle-check", word=_("已办结")),
    "reopened": Sign("zhu", icon="refresh-alert", word=_("重新办理")),
    "withdrawn": Sign("stone", icon="circle-minus", word=_("已撤回")),
}

CLOCK: dict[str, Sign] = {
    "ok": Sign("leaf", icon="clock", word=_("在期限内")),
    "soon": Sign("amber", icon="hourglass-low", word=_("快到期")),
    "late": Sign("zhu", icon="alarm", word=_("已超期")),
    "paused": Sign("stone", icon="player-pause", word=_("暂停")),
    "extended": Sign("amber", icon="calendar-plus", word=_("已延长")),
    "on_time": Sign("leaf", icon="clock-check", word=_("按时办结")),
    "overrun": Sign("zhu", icon="clock-exclamation", word=_("逾期办结")),
}

SUPERVISION: dict[str, Sign] = {
    "normal": Sign("solid-zhu", icon="rubber-stamp", word=_("普通督办")),
    "yellow": Sign("solid-zhu", icon="rubber-stamp", word=_("黄牌督办")),
    "red": Sign("solid-zhu", icon="rubber-stamp", word=_("红牌督办")),
}

#: Why people stay past their term, in words.
LEGAL_HOLD = {
    "proceedings": _("诉讼、仲裁或复议还没有结束"),
    "inquiry": _("监督检查或调查需要"),
    "archive": _("档案鉴定还没有做完"),
}

#: Who holds which duty, in words.
DUTIES = {
    "receiver": _("受理"),
    "dispatcher": _("分派"),
    "handler": _("主办"),
    "cooperator": _("协办"),
    "mediator": _("调解"),
    "verifier": _("核验"),
    "arbiter": _("裁定"),
    "supervisor": _("督办"),
    "leader": _("责任领导"),
    "privacy": _("个人信息保护"),
    "reporter": _("反映人"),
    "party": _("当事人"),
    "clock": _("到期自动"),
}

UNKNOWN = Sign("stone", icon="help-circle", word="")


def matter_sign(status: str) -> Sign:
    """The sign of a matter's status; an unknown one is shown as it is written."""
    return MATTER.get(status) or Sign(UNKNOWN.tone, UNKNOWN.icon, status)


def clock_sign(mark: str) -> Sign:
    """The sign of a clock's mark: ok, soon, late, paused, extended, on_time, overrun."""
    return CLOCK.get(mark) or Sign(UNKNOWN.tone, UNKNOWN.icon, mark)
