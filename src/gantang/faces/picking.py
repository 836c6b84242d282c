"""One of many from a list."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


class Picker(forms.Select):
    """A list to pick one from, drawn as a whole.

    Django renders a template for every option: with the tree of classes a third of what the queue cost.
    """

    def __init__(self, attrs: Mapping[str, Any] | None = None, choices: Iterable[Any] = ()) -> None:
        super().__init__({"class": "form-select", **(attrs or {})}, choices)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The element, as Django's own templates would make it."""
        drawn = self.get_context(name, value, attrs)["widget"]
        inside = format_html_join(
            "", "{}", ((_group(title, some),) for title, some, _at in drawn["optgroups"])
        )
        return format_html('<select name="{}"{}>{}</select>', name, flatatt(drawn["attrs"]), inside)


def _group(title: str | None, options: Iterable[Mapping[str, Any]]) -> SafeString:
    inside = mark_safe("".join(map(_option, options)))  # noqa: S308 (each part is escaped)
    return format_html('<optgroup label="{}">{}</optgroup>', title, inside) if title else inside


def options(pairs: Iterable[tuple[str, Any]], chosen: str) -> SafeString:
    """The options of a list, one of them chosen."""
    attrs = {True: {"selected": True}, False: {}}
    each = ({"value": code, "label": label, "attrs": attrs[code == chosen]} for code, label in pairs)
    return mark_safe("".join(map(_option, each)))  # noqa: S308 (each part is escaped)


def _option(one: Mapping[str, Any]) -> str:
    """Put together by hand: a list has hundreds of them."""
    attrs = flatatt(one["attrs"]) if one["attrs"] else ""
    value, label = conditional_escape(one["value"]), conditional_escape(one["label"])
    return f'<option value="{value}"{attrs}>{label}</option>'
