"""Errors that a door can show: a code, a sentence and a remedy, with the HTTP status that fits."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class GantangError(Exception):
    """Something a person can be told. Subclasses may fix code, sentence and remedy as class attributes.

    ``sentence`` and ``remedy`` are Chinese msgids, translated when shown; ``{names}`` in them are filled from
    ``details``, which must hold no personal text: it is logged.
    """

    status: int = 500
    code: str = "error"
    sentence: Text = _("系统出错，请稍后再试。")
    remedy: Text = ""

    def __init__(
        self,
        code: str | None = None,
        sentence: Text | None = None,
        *,
        remedy: Text | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        self.code = code if code is not None else self.code
        self.sentence = sentence if sentence is not None else self.sentence
        self.remedy = remedy if remedy is not None else self.remedy
        self.details: dict[str, Any] = dict(details or {})
        super().__init__(self.code)

    def __reduce__(self) -> tuple[Any, ...]:
        """An error may come from another process, whatever its class is made from."""
        return _as_it_was, (type(self), self.__dict__)

    @property
    def words(self) -> str:
        """The sentence in the language in force, with its details filled in."""
        return _fill(self.sentence, self.details)

    @property
    def remedy_words(self) -> str:
        """The remedy in the language in force, with its details filled in."""
        return _fill(self.remedy, self.details)

    def __str__(self) -> str:
        return f"{self.code}: {self.words}"


def _as_it_was(kind: type[GantangError], told: dict[str, Any]) -> GantangError:
    error = kind.__new__(kind, told["code"])
    error.__dict__.update(told)
    return error


def _fill(text: Text, details: Mapping[str, Any]) -> str:
    """Fill the details in; a text whose places do not fit is shown as it is, an error must not hide an
    error."""
    try:
        return str(text).format_map(details)
    except (KeyError, ValueError, IndexError, AttributeError):
        return str(text)


class InvalidError(GantangError):
    """What was given cannot be read or does not fit (422)."""

    status = 422
    code = "invalid"
    sentence = _("填写的内容不符合要求。")


class RefusedError(GantangError):
    """Understood, but the rules do not allow it (422)."""

    status = 422
    code = "refused"
    sentence = _("按规则不能这样办理。")


class ForbiddenError(GantangError):
    """The actor may not do this (403)."""

    status = 403
    code = "forbidden"
    sentence = _("当前岗位没有这项权限。")


class NotFoundError(GantangError):
    """Not there, or not in the actor's sight: the answer is the same (404)."""

    status = 404
    code = "not_found"
    sentence = _("没有找到。")


class ConflictError(GantangError):
    """Somebody else was faster (409)."""

    status = 409
    code = "conflict"
    sentence = _("内容刚刚被他人更新。")
    remedy = _("请刷新后再试。")


class UnavailableError(GantangError):
    """Not now (503)."""

    status = 503
    code = "unavailable"
    sentence = _("系统暂时不可用。")
    remedy = _("请稍后再试。")


class KeyReusedError(InvalidError):
    """The same idempotency key came with another body (422)."""

    code = "kit.key_reused"
    sentence = _("同一个请求编号已用于另一份内容。")
    remedy = _("请为新的内容使用新的请求编号。")
