"""Local calendars and a ground's own procedures in a change of ground: what follows where, and the question
whose hold where several meet."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang.catalogue import queries as catalogue
from gantang.desk.adminforms import select_of
from gantang.kit.errors import GantangError
from gantang.procedures import queries as procedures
from gantang.territory import queries as territory
from gantang.territory.types import GroundChange, Inherited, Operation

SETTLE = "settle"
_ENDS = "ends"


def following(change: GroundChange, now: datetime) -> list[Inherited]:
    """Everything of the kind that a change takes along."""
    return [*catalogue.following(change, at=now), *procedures.following(change)]


class SettleForm(forms.Form):
    """A question for each ground where somebody may choose whose rules hold, with what is chosen."""

    use_required_attribute = False

    def __init__(self, found: Sequence[Inherited], now: datetime) -> None:
        super().__init__()
        asked = [one for one in found if len(one.options) > 1 or one.fault]
        for place, one in enumerate(asked):
            field = select_of(_asked(one, now), _choices(one), required=one.of is None, help_text=one.fault)
            field.initial = _value(one, one.of) if one.of is not None else ""
            self.fields[f"{SETTLE}-{place}"] = field


def _asked(one: Inherited, now: datetime) -> str:
    what = _("本地日历") if one.what == territory.CALENDAR else titled(one.name, now)
    return _("%(ground)s的%(what)s以哪一处为准") % {"ground": called(one.ground), "what": what}


def _choices(one: Inherited) -> list[tuple[str, str]]:
    empty = [("", _("请选一处"))] if one.of is None else []
    held = [(_value(one, code), called(code)) for code in one.options if code != one.unfit]
    ends = [(_value(one, ""), _("都不延续"))] if one.what == territory.PROCEDURE else []
    return [*empty, *held, *ends]


def _value(one: Inherited, of: str | None) -> str:
    return "|".join((one.what, one.name, of or one.options[-1], "" if of else _ENDS))


def chosen(given: Mapping[str, str], operations: Sequence[Operation]) -> list[Operation]:
    """The operations with what was chosen in the place of what was chosen before."""
    answers = [value for key, value in given.items() if key.startswith(f"{SETTLE}-")]
    if not answers:
        return list(operations)
    values = [value for value in answers if value.count("|") == 3]
    return [*(one for one in operations if one[0] != SETTLE), *map(_operation, values)]


def _operation(value: str) -> Operation:
    what, name, ground, ends = value.split("|")
    data: dict[str, Any] = {"what": what, "ground": ground}
    return SETTLE, {**data, **({"name": name} if name else {}), **({_ENDS: True} if ends else {})}


def said(data: Mapping[str, Any], where: str, now: datetime) -> str:
    """A choice as a sentence."""
    what = _("本地日历") if data.get("what") == territory.CALENDAR else titled(str(data.get("name")), now)
    words = {"what": what, "ground": where}
    return (_("%(ground)s的%(what)s不延续") if data.get(_ENDS) else _("%(what)s以%(ground)s为准")) % words


def lines(found: Sequence[Inherited], now: datetime) -> list[str]:
    """What follows where, in a sentence each."""
    return [_line(one, now) for one in found]


def _line(one: Inherited, now: datetime) -> str:
    what = _("本地日历") if one.what == territory.CALENDAR else titled(one.name, now)
    words = {"what": what, "ground": called(one.ground), "of": called(one.of or "")}
    if one.of is None:
        return _("%(ground)s：%(what)s还没有说以哪一处为准") % words
    if not one.of:
        return _("%(ground)s：%(what)s不再延续") % words
    if one.of == one.ground:
        return _("%(ground)s：%(what)s用自己的，并入的不再延续") % words
    return _("%(ground)s：延续%(of)s的%(what)s") % words


def called(code: str) -> str:
    """A ground by its name and code."""
    name = territory.names([code]).get(code) if code else ""
    return f"{name}（{code}）" if name else code


def titled(name: str, now: datetime) -> str:
    """A procedure by its title, in marks."""
    try:
        title = procedures.named(name, "", now).title.of(get_language() or "zh-hans")
    except GantangError:
        title = name
    return _("“%(title)s”的地方规定") % {"title": title}
