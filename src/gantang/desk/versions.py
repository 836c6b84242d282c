"""Procedures in force and before: who they serve, since when, where; and what differs between two of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.desk.saying import Saying
from gantang.procedures import queries
from gantang.procedures.types import VersionView
from gantang.territory import queries as territory

#: The parts of a procedure that are compared one by one, by their name on it.
PARTS: dict[str, str | Promise] = {
    "states": _("环节"),
    "moves": _("动作"),
    "fields": _("要填的"),
    "documents": _("文书"),
}
#: What a part says of itself, in words.
ATTRIBUTES: dict[str, str | Promise] = {
    "title": _("名称"),
    "status": _("状态词"),
    "owner": _("谁负责"),
    "within": _("时限"),
    "pause": _("停表"),
    "extend": _("延长"),
    "ends": _("结果"),
    "outcomes": _("结果"),
    "public": _("对外可见"),
    "sources": _("从哪些环节"),
    "to": _("到哪个环节"),
    "by": _("谁能办"),
    "asks": _("要填的"),
    "needs": _("条件"),
    "does": _("随之发生"),
    "because": _("说明"),
    "law": _("法律依据"),
    "documents": _("文书"),
    "kind": _("种类"),
    "options": _("选项"),
    "required": _("必填"),
    "help": _("提示"),
    "span": _("时限"),
    "up_to": _("最长"),
    "at_most": _("最多几次"),
    "granted_by": _("谁批准"),
    "rows": _("分几种"),
    "opens": _("另开的事项"),
    "outcome_by": _("结果看哪一项"),
    "until": _("到什么时候为止"),
    "from_open": _("没结束都能办"),
    "vault": _("存进保险库"),
    "of": _("谁来填"),
    "columns": _("表格的各列"),
    "audience": _("给谁看"),
    "uses": _("文书里用到的"),
}
UNITS: dict[str, str | Promise] = {
    "working days": _("个工作日"),
    "working hours": _("个工作小时"),
    "days": _("天"),
    "hours": _("小时"),
    "months": _("个月"),
    "years": _("年"),
}
#: What stands in a part beside its meaning: where it was written, and what it is called in code.
BESIDE = frozenset({"place", "name"})
Parts = Mapping[str, Any]
#: How the old and the new one say their parts.
Sayings = tuple[Saying, Saying]
UPGRADE: dict[str, str | Promise] = {
    "waits": _("等新版施行，或等下一遍"),
    "works": _("正在升"),
    "done": _("做完了"),
}
#: So many differences are told; a procedure that differs in more is another one.
MOST = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that only one of two has, or that is not the same in both."""

    part: str | Promise
    title: str
    was: str
    now: str


def key_of(one: VersionView) -> str:
    """A procedure's name, with its variant."""
    return f"{one.name}+{one.variant}" if one.variant else one.name


def listed(at: datetime) -> list[dict[str, Any]]:
    """Every procedure in force, with the classes it serves and the ground it stands on."""
    found = [one for one in queries.all_in_force(at) if not one.is_end]
    classes = {one.code: one.title.of(_lang()) for one in catalogue.classes()}
    places = territory.names({one.ground for one in found if one.ground})
    return [
        {
            "key": key_of(one),
            "one": one,
            "title": queries.by_hash(one.hash).title.of(_lang()),
            "serves": [_class(code, classes) for code in one.serves],
            "where": places.get(one.ground, one.ground) if one.ground else gettext("全国"),
            "wider": _wider(one, found),
        }
        for one in found
    ]


def upgrades(at: datetime) -> list[dict[str, Any]]:
    """How far running matters went over to new versions of their procedures, the newest first."""
    titles = _titles()
    return [
        {"one": one, "title": titles.get(one.name, one.name), "state": UPGRADE[one.state]}
        for one in queries.upgrades(at)
    ]


def _wider(one: VersionView, found: list[VersionView]) -> str:
    """The hash of what a ground's own form is laid over: the nearest ground that holds it; "" for none."""
    above = [
        each
        for each in found
        if key_of(each) == key_of(one) and each.ground != one.ground and one.ground.startswith(each.ground)
    ]
    return max(above, key=lambda each: len(each.ground)).hash if above else ""


def _class(pattern: str, titles: Mapping[str, str]) -> str:
    """A class that is served, or all those below one (`dispute.*`), or whatever no other serves (`*`)."""
    code = pattern.removesuffix("*").removesuffix(".")
    return titles.get(code, code) if code else gettext("别的流程不管的各类")


def history(key: str) -> list[dict[str, Any]]:
    """Every entry into force of a procedure, the newest first, and those that ended it."""
    found = [one for one in queries.versions() if key_of(one) == key]
    places = territory.names({one.ground for one in found if one.ground})
    return [
        {
            "one": one,
            "where": places.get(one.ground, one.ground) if one.ground else gettext("全国"),
            "layers": [f"{name} {version}" for _kind, name, version, _ground in one.layers],
        }
        for one in sorted(found, key=lambda one: one.id, reverse=True)
    ]


def siblings(one: engine.Procedure, at: datetime) -> list[tuple[str, str]]:
    """The other variants and local forms of the same procedure, by hash, to be compared with."""
    found = {each.hash: each for each in queries.all_in_force(at) if each.name == one.name and each.hash}
    found.pop(one.hash, None)
    return [
        (digest, f"{queries.by_hash(digest).title.of(_lang())} {each.ground}".strip())
        for digest, each in found.items()
    ]


def differences(old: engine.Procedure, new: engine.Procedure) -> list[Difference]:
    """What differs between two procedures, part by part; nothing where only the place in a file does."""
    found: list[Difference] = []
    titles = _titles()
    sayings = Saying(old, _lang(), titles), Saying(new, _lang(), titles)
    for name, title in PARTS.items():
        before, after = getattr(old, name), getattr(new, name)
        found += _of_part(title, before, after, sayings)
    return found[:MOST]


def _titles() -> dict[str, str]:
    """What the procedures in force are called: one may open another."""
    found = [one for one in queries.versions() if one.hash and not one.variant and not one.ground]
    return {one.name: queries.by_hash(one.hash).title.of(_lang()) for one in found}


def _of_part(part: str | Promise, before: Parts, after: Parts, sayings: "Sayings") -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            yield Difference(part, _title(was or now), _there(was), _there(now))
        else:
            yield from _inside(part, _title(now), was, now, sayings)


def _title(one: Any) -> str:
    title: str = one.title.of(_lang())
    return title


def _there(one: Any) -> str:
    return gettext("没有") if one is None else gettext("有")


def _inside(part: str | Promise, title: str, was: Any, now: Any, sayings: Sayings) -> Iterator[Difference]:
    before, after = sayings
    for one in fields(was):
        if one.name in BESIDE:
            continue
        old = before.attribute(one.name, getattr(was, one.name))
        new = after.attribute(one.name, getattr(now, one.name))
        if old != new:
            yield Difference(part, f"{title} · {ATTRIBUTES.get(one.name, one.name)}", old, new)


def _lang() -> str:
    return get_language() or "zh-hans"
