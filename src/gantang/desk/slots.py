"""Slots as lines of a page: how a value is shown, and read from what was typed."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang.catalogue import queries as catalogue
from gantang.catalogue.types import Slot, Value
from gantang.desk.adminforms import SlotForm
from gantang.engine import Span
from gantang.kit import clock


def lines(form: SlotForm | None) -> list[dict[str, Any]]:
    """Every slot with its form; ``form`` is one that was filled in wrongly."""
    return [_line(slot, form) for slot in catalogue.slots()]


def _line(slot: Slot, form: SlotForm | None) -> dict[str, Any]:
    lang = get_language() or "zh-hans"
    mine = form is not None and form.data.get("code") == slot.code
    fresh = SlotForm(
        initial={"code": slot.code, "value": _typed(slot.value), "valid_from": clock.now().date()},
        auto_id=f"id_{slot.code}_%s",
    )
    return {
        "slot": slot,
        "title": slot.title.of(lang),
        "shown": _shown(slot, lang),
        "form": form if mine else fresh,
        "open": mine,
        "hint": _hint(slot.form),
    }


def _hint(form: str) -> str:
    return {
        "number": _("写整数；留空就是还没定。"),
        "span": _("写如1个月、7天；留空就是还没定。"),
        "list": _("一行一项；留空就是还没定。"),
        "record": _("一行一个，如“名称：……”；留空就是还没定。"),
        "text": _("留空就是还没定。"),
    }[form]


def _shown(slot: Slot, lang: str) -> list[str]:
    if slot.form == "span" and slot.value:
        return [Span.parse(slot.value).words(lang)]
    return _typed(slot.value).splitlines()


def _typed(value: Any) -> str:
    """A value as it is typed."""
    if isinstance(value, dict):
        return "\n".join(f"{name}：{text}" for name, text in value.items())
    if isinstance(value, list):
        return "\n".join(value)
    return "" if value is None else str(value)


def value_of(form: str, text: str) -> Value:
    """What was typed, as the slot keeps it; nothing typed is None. What does not fit the service refuses."""
    rows = [line.strip() for line in text.splitlines() if line.strip()]
    if not rows:
        return None
    if form == "number":
        return int(rows[0]) if rows[0].isdigit() else text
    if form == "span":
        return _span(rows[0])
    if form == "list":
        return rows
    if form == "record":
        pairs = (line.replace(":", "：").partition("：") for line in rows)
        return {name.strip(): rest.strip() for name, _sep, rest in pairs}
    return text.strip()


def _span(text: str) -> str:
    try:
        return str(Span.parse(text))
    except ValueError:
        return text
