"""What templates may call: icons, chips, moments in words. Thin: every decision stands in a pure module."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gantang.faces import again, marking, picking, vocabulary, words
from gantang.kit import numbers

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite; it stands beside a word, so it is hidden from readers."""
    return _icon(name)


@lru_cache(maxsize=512)
def _icon(name: str) -> SafeString:
    href = f"{static('vendor/icons.svg')}#{name}"
    return format_html('<svg class="ico" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
def chip(sign: vocabulary.Sign, word: Any = "", size: str = "") -> SafeString:
    """A status: tone, icon and word; `word` replaces the sign's own. A list has one in each line, so no
    template is drawn for it."""
    looks = f"{sign.tone} {size}" if size else sign.tone
    return format_html('<span class="chip t-{}">{}{}</span>', looks, icon(sign.icon), word or sign.word)


@register.simple_tag
def options(pairs: Iterable[tuple[str, Any]], chosen: str = "") -> SafeString:
    """What a list to choose from offers, drawn as a whole."""
    return picking.options(pairs, chosen)


@register.filter
def matter_sign(status: str) -> vocabulary.Sign:
    """The sign of a matter's status."""
    return vocabulary.matter_sign(status)


@register.filter
def clock_sign(mark: str) -> vocabulary.Sign:
    """The sign of a clock's mark."""
    return vocabulary.clock_sign(mark)


@register.filter
def duty(code: str) -> Any:
    """A duty in words."""
    return vocabulary.DUTIES.get(code, code)


@register.filter
def marked(text: str, words: str) -> SafeString:
    """A text with the words in it marked."""
    return marking.marked(text, words or "")


@register.filter
def number(code: str) -> str:
    """A matter's number in groups: QK7-M4R-2PX."""
    return numbers.show(code)


@register.simple_tag(takes_context=True)
def moment(context: Context, at: datetime) -> SafeString:
    """A moment in words, inside `<time>`; the page's context holds `now`."""
    return format_html(
        '<time datetime="{}">{}</time>',
        at.isoformat(timespec="minutes"),
        words.moment(at, now=context["now"]),
    )


@register.simple_tag(takes_context=True)
def short(context: Context, at: datetime) -> SafeString:
    """A moment for a table cell."""
    return format_html(
        '<time datetime="{}">{}</time>', at.isoformat(timespec="minutes"), words.short(at, now=context["now"])
    )


@register.simple_tag(takes_context=True)
def stamp(context: Context, at: datetime) -> SafeString:
    """A moment on two lines for a timeline: the day, then the time."""
    on = words.day(at.date(), today=context["now"].date(), weekday=False)
    return format_html(
        '<time datetime="{}"><b>{}</b> {}</time>', at.isoformat(timespec="minutes"), on, at.strftime("%H:%M")
    )


@register.simple_tag(takes_context=True)
def day(context: Context, on: date) -> str:
    """A day in words."""
    return words.day(on, today=context["now"].date())


@register.simple_tag(takes_context=True)
def left(context: Context, due: datetime) -> str:
    """What is left until a moment, in words."""
    return words.left(due, now=context["now"])


@register.inclusion_tag("faces/parts/ruler.html")
def ruler(cells: Any, label: str, key: bool = False, slim: bool = False) -> dict[str, Any]:
    """The day ruler; `key` adds what its looks mean."""
    return {"cells": cells, "label": label, "key": key, "slim": slim, "kinds": {cell.kind for cell in cells}}


@register.simple_tag(takes_context=True)
def sent_by_us(context: Context) -> again.Again | None:
    """What a page of ours sent in vain, to be sent once more; None where it came from elsewhere."""
    return again.own(context["request"])
