"""The sentence for each way in which a value may not fit, in the language in force."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

_NUMBER = _("须为整数。")
_OBJECT = _("须为 JSON 对象。")
SENTENCES = {
    "missing": _("必须填写。"),
    "extra_forbidden": _("没有这一项。"),
    "repeated": _("这一项只能写一次。"),
    "string_type": _("须为文字。"),
    "string_too_short": _("至少 {min_length} 个字符。"),
    "string_too_long": _("最多 {max_length} 个字符。"),
    "string_pattern_mismatch": _("格式不正确，或有不能保存的字符。"),
    "string_unicode": _("有不能保存的字符。"),
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_from_float": _NUMBER,
    "float_type": _("须为数字。"),
    "finite_number": _("须为有限的数字。"),
    "bool_type": _("须为 true 或 false。"),
    "bool_parsing": _("须为 true 或 false。"),
    "literal_error": _("只能是 {expected}。"),
    "greater_than_equal": _("不能小于 {ge}。"),
    "less_than_equal": _("不能大于 {le}。"),
    "too_short": _("至少 {min_length} 项。"),
    "too_long": _("最多 {max_length} 项。"),
    "list_type": _("须为列表。"),
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
    "union_tag_not_found": _("须用 {discriminator} 写明办什么。"),
    "union_tag_invalid": _("没有这个办理动作；可用的是 {expected_tags}。"),
    "day": _("须为日期，例如 2026-11-24。"),
    "moment": _("须为带时区的时刻，例如 2026-11-24T09:30:00+08:00。"),
    "uuid": _("须为 UUID。"),
}
OTHERWISE = _("不符合要求。")

#: What names of fields and places in a list look like.
_NAME = re.compile(r"^(?:[A-Za-z_][A-Za-z_-]{0,39}|\d{1,4})$")


def sentence(kind: str, about: Mapping[str, Any]) -> str:
    """What is wrong, by pydantic's name of the fault and what it says about it."""
    try:
        return str(SENTENCES.get(kind, OTHERWISE)).format_map(about)
    except (KeyError, ValueError, IndexError):
        return str(OTHERWISE)


def place(where: Iterable[Any]) -> str:
    """Where it is: ``body.answers.class``, ``query.size``, ``header.Idempotency-Key``.

    A name that could be somebody's words, put where a name belongs, is not said back (``…``).
    """
    parts = [one if _NAME.match(one) else "…" for one in map(str, where)]
    return ".".join(parts[1:] if parts[:2] == ["body", "body"] else parts)
