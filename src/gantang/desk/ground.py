"""Changes of ground as the page tells them: an operation in a sentence, what it takes along, old and new
codes."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gantang.desk import inherited
from gantang.faces.vocabulary import Sign
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.matters import queries as matters
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures
from gantang.tallies import queries as tallies
from gantang.territory import queries as territory
from gantang.territory.types import ChangeSetView, GroundChange, Operation, SuccessionView

STATES = {
    "draft": Sign("amber", icon="hourglass-low", word=gettext_lazy("待审核")),
    "reviewed": Sign("dai", icon="calendar-event", word=gettext_lazy("已审核，到期生效")),
    "in_force": Sign("leaf", icon="circle-check", word=gettext_lazy("已生效")),
    "withdrawn": Sign("stone", icon="circle-minus", word=gettext_lazy("已撤回")),
}
KINDS = {
    "split": gettext_lazy("拆分"),
    "merge": gettext_lazy("合并"),
    "retire": gettext_lazy("撤销"),
    "recode": gettext_lazy("改代码"),
    "move": gettext_lazy("划入"),
    "redraw": gettext_lazy("改边界"),
    "class": gettext_lazy("城乡分类"),
}
#: So many lines of old and new codes stand on the page.
SHOWN = 200


def line(change: ChangeSetView, account: int | None) -> dict[str, Any]:
    """A change set in a list."""
    return {
        "change": change,
        "sign": STATES[change.state],
        "mine": change.made_by is not None and change.made_by == account,
        "count": len(change.operations),
    }


def said(operations: Iterable[Operation]) -> list[str]:
    """Each operation as a sentence."""
    found = list(operations)
    codes = {code for _kind, data in found for code in codes_of(data)}
    names = territory.names(codes)
    return [_said(kind, data, names) for kind, data in found]


def codes_of(data: Any) -> list[str]:
    """Every code that an operation names."""
    single = ("grid", "division", "ground", "into", "village", "heir", "code")
    many = [*data.get("grids", ()), *data.get("divisions", ())]
    return [str(data[key]) for key in single if isinstance(data.get(key), str)] + many


def _said(kind: str, data: Any, names: dict[str, str]) -> str:
    def called(code: Any) -> str:
        text = str(code or "")
        return f"{names[text]}（{text}）" if text in names else text

    if kind == inherited.SETTLE:
        return inherited.said(data, called(data.get("ground")), clock.now())
    words = {
        "what": called(data.get("grid") or data.get("division") or data.get("ground")),
        "many": _("、").join(map(called, data.get("grids") or data.get("divisions") or ())),
        "into": called(data.get("into") or data.get("village") or data.get("heir")),
        "code": str(data.get("code") or ""),
        "name": str(data.get("name") or ""),
        "klass": str(data.get("urban_class") or "") or _("随村、社区"),
        "parts": _("、").join(_part(one) for one in data.get("into", ()) if isinstance(one, dict)),
    }
    return _sentence(kind, words) % words


def _part(one: dict[str, Any]) -> str:
    name = str(one.get("name") or _("未命名"))
    households = one.get("households")
    return name if households is None else _("%(name)s%(n)d户") % {"name": name, "n": households}


def _sentence(kind: str, words: dict[str, str]) -> str:
    if kind == "recode" and not words["code"]:
        return _("%(what)s换编号，自动取下一个")
    if kind == "retire" and not words["into"]:
        return _("撤销%(what)s，由所在村、社区承接")
    sentences = {
        "split": _("%(what)s拆成：%(parts)s"),
        "merge": _("%(many)s合并成%(name)s"),
        "retire": _("撤销%(what)s，由%(into)s承接")
        if words["into"]
        else _("撤销%(what)s，由所在村、社区承接"),
        "recode": _("%(what)s换成%(code)s"),
        "move": _("%(what)s划到%(into)s"),
        "redraw": _("%(what)s改边界，代码不变"),
        "merge_divisions": _("%(many)s整体并入%(into)s%(name)s"),
        "recode_division": _("%(what)s及下级改为%(code)s%(name)s"),
        "found": _("新设%(what)s%(name)s"),
        "retire_division": _("撤销%(what)s，由%(into)s承接"),
        "rename": _("%(what)s改名为%(name)s"),
        "classify": _("%(what)s的城乡分类改为%(klass)s"),
    }
    return sentences.get(kind, "%(what)s")


def consequences(actor: Actor, change: GroundChange) -> dict[str, Any]:
    """What a change takes along: grounds, matters, posts, counts; and where codes go."""
    grids = [code for code, _name in change.made if len(code) == 15]
    now = clock.now()
    rules = inherited.following(change, now)
    return {
        "made": len(change.made),
        "made_grids": len(grids),
        "ended": len(change.ended),
        "matters": matters.touched_by_ground(actor, change),
        "staff": posts.touched_by(change),
        "counted": tallies.touched_by(change.roots),
        "campaigns": procedures.campaigns_on(change),
        "rules": inherited.lines(rules, now),
        "settle": inherited.SettleForm(rules, now),
        **successions(change.successions, dict(change.made)),
    }


def successions(lines: Sequence[SuccessionView], made: dict[str, str] | None = None) -> dict[str, Any]:
    """Old and new codes with their names, the widest first."""
    shown = sorted(lines, key=lambda one: (len(one.old), one.old))[:SHOWN]
    names = {**territory.names({code for one in shown for code in (one.old, one.new)}), **(made or {})}
    return {
        "lines": [
            {
                "kind": KINDS[one.kind],
                "old": one.old,
                "old_name": names.get(one.old, ""),
                "new": one.new,
                "new_name": names.get(one.new, ""),
                "share": None if one.share is None else f"{one.share * 100:.1f}%",
                "heir": one.heir,
                "on": one.on,
                "change": one.change,
            }
            for one in shown
        ],
        "more": max(0, len(lines) - SHOWN),
    }


def story(ground: str) -> dict[str, Any] | None:
    """What is known of a code: what it is, since when, where it came from, what became of it, its counts."""
    found = territory.grid(ground) or territory.division(ground) if ground else None
    if found is None:
        return None
    return {
        "code": ground,
        "name": found.name,
        "path": " ".join(territory.path(ground)),
        "since": found.valid_from,
        "until": found.valid_to,
        "urban": found.urban,
        "aliases": sorted(territory.aliases(ground).items()),
        "shares": [(code, share and f"{share * 100:.1f}%") for code, share in _today(ground)],
        "counts": {basis: tallies.total("in", ground=ground, basis=basis) for basis in ("then", "now")},
        "past": [] if len(ground) == 15 else territory.history(ground),
        **successions(territory.lineage(ground)),
    }


def _today(ground: str) -> list[tuple[str, Any]]:
    return [(code, share) for code, share in sorted(territory.shares(ground).items()) if code != ground]


def packed(operations: Sequence[Operation]) -> str:
    """Operations as the form carries them until they are drafted."""
    return json.dumps(list(operations), ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> list[Operation]:
    """Operations again; none where the form was changed by hand. The service checks them anew."""
    try:
        return [(str(kind), dict(data)) for kind, data in json.loads(text or "[]")]
    except (ValueError, TypeError):
        return []
