"""Every error in one form: application/problem+json (RFC 9457) with code, sentence and remedy."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import Field

from gantang.exchange.api.v1.values import Shown
from gantang.kit.errors import GantangError

MEDIA = "application/problem+json"


class FieldFault(Shown):
    """One place of the request that does not fit."""

    field: str = Field(description="Where: body.reporter.phone, query.size, header.Idempotency-Key.")
    code: str
    sentence: str


class Reason(Shown):
    """One reason why the procedure does not allow it."""

    code: str
    sentence: str
    because: str | None = Field(description="The procedure's own words, where it has some.")
    law: str | None


class Details(Shown):
    """What the error is about, place by place and reason by reason."""

    fields: list[FieldFault]
    reasons: list[Reason]


class Problem(Shown):
    """An error: what happened, and what to do about it, in the language asked for."""

    type: str = Field(description="urn:gantang:problem: and the code.")
    title: str = Field(description="What kind of error, the same for each of its status.")
    status: int = Field(ge=400, le=599)
    code: str
    sentence: str
    remedy: str
    details: Details


def problem(error: GantangError) -> Problem:
    """The problem that an error is told as."""
    return Problem(
        type=f"urn:gantang:problem:{error.code}",
        title=_title(error.status),
        status=error.status,
        code=error.code,
        sentence=error.words,
        remedy=error.remedy_words,
        details=Details(
            fields=_fields(error.details.get("fields")), reasons=reasons(error.details.get("reasons", ()))
        ),
    )


def response(error: GantangError) -> HttpResponse:
    """The answer to a request that failed."""
    answer = HttpResponse(problem(error).model_dump_json(), status=error.status, content_type=MEDIA)
    if error.status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="gantang"'
    if error.status == 503:
        answer["Retry-After"] = "3"
    answer["Cache-Control"] = "no-store"
    return answer


def reasons(given: Iterable[Any]) -> list[Reason]:
    """Refusals of the engine, as values or as `matters` spells them, in the language in force."""
    return [
        Reason(
            code=_part(one, "code"),
            sentence=_words(_part(one, "sentence")) or "",
            because=_words(_part(one, "because")),
            law=_part(one, "law"),
        )
        for one in given
    ]


def _part(one: Any, name: str) -> Any:
    return one.get(name) if isinstance(one, Mapping) else getattr(one, name)


def _words(said: Any) -> str | None:
    """A wording in two languages, in the one asked for."""
    if not said:
        return None
    is_english = (get_language() or "").startswith("en")
    return str(_part(said, "en" if is_english else "zh"))


def _fields(given: Any) -> list[FieldFault]:
    """The places a room's error names, or those found here."""
    return [
        one
        if isinstance(one, FieldFault)
        else FieldFault(field=f"body.{one['field']}", code=one["code"], sentence=str(one["sentence"]))
        for one in given or ()
    ]


def _title(status: int) -> str:
    titles = {
        400: _("请求读不懂"),
        401: _("需要凭证"),
        403: _("没有权限"),
        404: _("没有找到"),
        405: _("方法不支持"),
        409: _("与现状冲突"),
        412: _("前提已变"),
        413: _("内容太大"),
        415: _("格式不支持"),
        422: _("内容不符合要求"),
        429: _("次数太多"),
        503: _("暂时不可用"),
    }
    return titles.get(status) or _("出错")
