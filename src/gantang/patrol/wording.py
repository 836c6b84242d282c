"""Rules of a roster in words: what is missing, what is broken, what cannot hold together."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gantang.patrol.rules.plan import NEED_RULES, Breach, Plan, Rule

#: Qualifications, the room's closed list.
SKILLS = {
    "helm": gettext_lazy("船舶驾驶"),
    "engine": gettext_lazy("轮机"),
    "first_aid": gettext_lazy("急救"),
    "enforcement": gettext_lazy("执法资格"),
}
#: The shifts that a roster of the desk has; a plan's file names its own.
KIND_WORDS = {
    "early": gettext_lazy("早班"),
    "late": gettext_lazy("中班"),
    "night": gettext_lazy("夜班"),
}
POINT_WORDS = {
    "joint": gettext_lazy("联合巡逻点"),
    "post": gettext_lazy("执法点"),
    "wharf": gettext_lazy("码头"),
    "checkpoint": gettext_lazy("卡口"),
    "lookout": gettext_lazy("瞭望点"),
}
VESSEL_WORDS = {
    "ready": gettext_lazy("在用"),
    "repair": gettext_lazy("在修"),
    "laid_up": gettext_lazy("停用"),
}
LEVEL_WORDS = {
    "flood": gettext_lazy("丰水"),
    "normal": gettext_lazy("平水"),
    "low": gettext_lazy("枯水"),
}
ORDER_WORDS = {
    "go_to": gettext_lazy("前往"),
    "inspect": gettext_lazy("查看"),
    "search": gettext_lazy("搜寻"),
    "assist": gettext_lazy("支援"),
    "return": gettext_lazy("返回"),
}
#: How far a roster is, and a shift.
STATE_WORDS = {
    "ordered": gettext_lazy("正在排"),
    "made": gettext_lazy("排好了，等签发"),
    "none": gettext_lazy("排不出"),
    "unknown": gettext_lazy("限定时间里没有排出"),
    "issued": gettext_lazy("已签发"),
    "withdrawn": gettext_lazy("已撤回"),
    "given": gettext_lazy("等收到"),
    "heard": gettext_lazy("收到了"),
    "done": gettext_lazy("办完了"),
    "planned": gettext_lazy("待出勤"),
    "missed": gettext_lazy("没有出勤"),
    "open": gettext_lazy("在水上"),
    "closed": gettext_lazy("已返回"),
    "cancelled": gettext_lazy("已取消"),
}
#: To whom an order was raised that nobody heard.
RAISED_WORDS = {
    "command": gettext_lazy("到时没人收到，已报指挥岗"),
    "leader": gettext_lazy("再次到时没人收到，已报负责岗"),
}
_GENERAL = {
    "one_a_day": gettext_lazy("每人每天最多一班"),
    "rest": gettext_lazy("两班之间的休息时间"),
    "run": gettext_lazy("连续上班的天数"),
    "week": gettext_lazy("任意七天内上班的天数"),
    "most": gettext_lazy("每人的总班数"),
    "minutes": gettext_lazy("每人的最多工时"),
    "least": gettext_lazy("每人的最少工时"),
    "run_least": gettext_lazy("连续上班至少几天"),
    "off_least": gettext_lazy("连续休息至少几天"),
    "weekends": gettext_lazy("每人上班的周末数"),
}
Names = Mapping[str, str]


def day_words(on: date) -> str:
    """A day as a roster names it."""
    return f"{on.month}-{on.day:02}"


def rule_words(plan: Plan, rule: Rule, names: Names | None = None) -> str:
    """A rule, with its day, place and kind of shift where it has them."""
    if rule.rule == "leave":
        return _("%(day)s的休假") % {"day": day_words(plan.date_of(rule.day))}
    if rule.rule not in NEED_RULES:
        return str(_GENERAL[rule.rule])
    return f"{_where(plan, rule, names or {})} {_needed(rule, names or {})}"


def breach_words(plan: Plan, one: Breach, names: Names | None = None) -> str:
    """A broken rule with how many there are of how many; an officer by the number of the post."""
    said = rule_words(plan, one.rule, names)
    if one.post and one.rule.rule in NEED_RULES:
        return _("%(rule)s：岗位%(post)s的班没有人要求") % {"rule": said, "post": one.post}
    figures = {"rule": said, "have": one.have, "need": one.need, "post": one.post}
    if not one.post:
        return _("%(rule)s：要%(need)s，只有%(have)s") % figures
    if one.rule.rule == "leave":
        return _("%(rule)s：岗位%(post)s排了班") % figures
    return _("%(rule)s：岗位%(post)s是%(have)s，规定%(need)s") % figures


def _where(plan: Plan, rule: Rule, names: Names) -> str:
    place, kind = names.get(rule.place, rule.place), names.get(f"kind:{rule.kind}", rule.kind)
    return f"{day_words(plan.date_of(rule.day))} {place} {kind}"


def _needed(rule: Rule, names: Names) -> str:
    if rule.rule == "skill":
        return _("有%(what)s资格的人数") % {"what": SKILLS.get(rule.what, rule.what)}
    if rule.rule == "agency":
        return _("%(what)s的人数") % {"what": names.get(f"agency:{rule.what}", rule.what)}
    return _("不同单位的数目") if rule.rule == "mixed" else _("人数")
