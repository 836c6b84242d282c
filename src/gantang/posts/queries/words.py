"""Remits in words."""

from collections.abc import Callable

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gantang.catalogue import queries as catalogue
from gantang.posts.queries.listing import post_titles, unit_names
from gantang.posts.types import Reason, RemitView, StaffFinding
from gantang.territory import queries as territory

DUTY_WORDS = {
    "receiver": gettext_lazy("受理"),
    "dispatcher": gettext_lazy("分派"),
    "handler": gettext_lazy("办理"),
    "cooperator": gettext_lazy("协办"),
    "mediator": gettext_lazy("调解"),
    "verifier": gettext_lazy("核验"),
    "arbiter": gettext_lazy("裁定"),
    "supervisor": gettext_lazy("督办"),
    "leader": gettext_lazy("分管领导"),
    "privacy": gettext_lazy("个人信息保护"),
}
SEATS = {
    "own": gettext_lazy("由%(post)s承担。"),
    "shared": gettext_lazy("单位里有几个岗位都能接。"),
    "leader": gettext_lazy("这个岗位现在没有人，由单位负责人代办。"),
    "nobody": gettext_lazy("单位里现在没有人能接，请尽快补上。"),
}

FUNCTION_WORDS = {
    "command": gettext_lazy("指挥调度"),
    "information": gettext_lazy("信息应用"),
    "warning": gettext_lazy("预测预警"),
    "prevention": gettext_lazy("防范处置"),
    "service": gettext_lazy("为民服务"),
}
ROLE_WORDS = {
    "grid_head": gettext_lazy("网格长"),
    "grid_worker": gettext_lazy("网格员"),
    "volunteer": gettext_lazy("平安志愿者"),
    "village_police": gettext_lazy("驻村民警或辅警"),
}
TASK_WORDS = {
    "information": gettext_lazy("信息员"),
    "patrol": gettext_lazy("巡防员"),
    "mediation": gettext_lazy("调解员"),
    "management": gettext_lazy("管理员"),
    "service": gettext_lazy("服务员"),
    "publicity": gettext_lazy("宣传员"),
}
FINDING_WORDS = {
    "vacant": gettext_lazy("岗位空缺"),
    "no_function": gettext_lazy("五项功能没有人承担"),
    "grid_short": gettext_lazy("网格人员不足"),
    "grid_tasks": gettext_lazy("六员不全"),
    "training": gettext_lazy("培训学时不够"),
    "no_police": gettext_lazy("没有一村一警"),
    "no_justice": gettext_lazy("没有司法所"),
    "justice_none": gettext_lazy("无人所"),
    "justice_one": gettext_lazy("一人所"),
}


def finding_words(one: StaffFinding) -> str:
    """What is missing, in a sentence; where, is the ground's name."""
    titles = post_titles([one.post]) if one.post else {}
    said = {
        "have": one.have,
        "need": one.need,
        "post": titles.get(one.post or 0, ""),
        "unit": unit_names([one.unit]).get(one.unit, "") if one.unit else "",
    }
    return str(_SAID[one.kind](one) % said)


def _vacant(one: StaffFinding) -> str:
    if one.detail:
        return _("%(unit)s的%(post)s空缺%(have)s天，有人代理。")
    return _("%(unit)s的%(post)s空缺%(have)s天，没有人代理。")


def _short(one: StaffFinding) -> str:
    return _("%(role)s要%(need)s人，只有%(have)s人。") % {
        "role": ROLE_WORDS[one.detail],
        "need": one.need,
        "have": one.have,
    }


def _tasks(one: StaffFinding) -> str:
    names = _("、").join(str(TASK_WORDS[task]) for task in one.detail.split(","))
    return _("六员里缺%(names)s。") % {"names": names}


def _function(one: StaffFinding) -> str:
    said = {"unit": "%(unit)s", "function": FUNCTION_WORDS[one.detail]}
    return _("%(unit)s的“%(function)s”没有单位承担。") % said


_SAID: dict[str, Callable[[StaffFinding], str]] = {
    "vacant": _vacant,
    "no_function": _function,
    "grid_short": _short,
    "grid_tasks": _tasks,
    "training": lambda _one: _("%(unit)s的%(post)s要培训%(need)s学时，只记了%(have)s学时。"),
    "no_police": lambda _one: _("没有驻村民警或辅警。"),
    "no_justice": lambda _one: _("没有司法所。"),
    "justice_none": lambda _one: _("%(unit)s一个人也没有。"),
    "justice_one": lambda _one: _("%(unit)s只有一个人。"),
}


def reason_words(one: Reason) -> str:
    """Who answers and why, as sentences in the language in force."""
    if one.remit is None or one.answering is None:
        return _("“%(klass)s”在%(ground)s的%(duty)s没有单位负责：没有一条归口说到这里。") % _asked(one)
    found = one.answering
    unit = unit_names([found.unit]).get(found.unit, str(found.unit))
    title = post_titles([found.post]).get(found.post, "") if found.post is not None else ""
    first = _("“%(klass)s”在%(ground)s的%(duty)s由%(unit)s负责。") % {**_asked(one), "unit": unit}
    return "".join([first, _by(one.remit), _before(one), SEATS[one.seat] % {"post": title}])


def _asked(one: Reason) -> dict[str, str]:
    return {
        "klass": class_words(one.klass),
        "ground": ground_words(one.ground),
        "duty": str(DUTY_WORDS.get(one.duty, one.duty)),
    }


def _by(remit: RemitView) -> str:
    return _(
        "依据归口第%(number)s条（%(basis)s，%(since)s起）：类别写到“%(klass)s”，地域写到%(ground)s。"
    ) % {
        "number": remit.id,
        "basis": remit.basis,
        "since": remit.valid_from.isoformat(),
        "klass": class_words(remit.klass),
        "ground": ground_words(remit.ground),
    }


def _before(one: Reason) -> str:
    if not one.behind:
        return ""
    return _("另有%(count)s条也说到这里，但写得没有它细。") % {"count": len(one.behind)}


def class_words(code: str) -> str:
    """A class in words."""
    if code in ("", "*"):
        return _("全部类别")
    found = catalogue.get_class(code)
    return found.title.of(get_language() or "zh-hans") if found else code


def ground_words(code: str) -> str:
    """A ground in words: its own name behind that of the one above it."""
    return "".join(territory.path(code)[-2:]) or code
