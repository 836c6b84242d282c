"""Names of classes and channels in the language in force: the one place where pages read them."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang.catalogue import queries as catalogue


def classes() -> dict[str, str]:
    """Title by class code, in the catalogue's order."""
    lang = get_language() or "zh-hans"
    return {one.code: one.title.of(lang) for one in catalogue.classes()}


def class_path(code: str, titles: dict[str, str]) -> str:
    """A class with those above it: 公共设施 › 道路照明."""
    parts = code.split(".")
    above = (".".join(parts[: n + 1]) for n in range(len(parts)))
    return " › ".join(titles[one] for one in above if one in titles)


def channels() -> dict[str, str]:
    """Title by channel code."""
    lang = get_language() or "zh-hans"
    return {one.code: one.title.of(lang) for one in catalogue.channels()}


def causes() -> dict[str, str]:
    """Title by code of cause, those that ended among them, in the catalogue's order."""
    lang = get_language() or "zh-hans"
    return {one.code: one.title.of(lang) for one in catalogue.causes_ever()}


def cause(code: str, titles: dict[str, str] | None = None) -> str:
    """A cause with those above it; that none was told where there is none."""
    return (class_path(code, titles or causes()) or code) if code else _("未填")
