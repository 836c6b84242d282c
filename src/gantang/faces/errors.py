"""Errors as pages: what, why, what to do, and the code in small type at the end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language

from gantang.faces.again import again
from gantang.kit.errors import ConflictError, GantangError, UnavailableError

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as a template shows it."""

    code: str
    sentence: str
    remedy: str
    status: int
    reasons: tuple[str, ...] = ()

    @property
    def tone(self) -> str:
        """A conflict is plum, everything else vermilion."""
        return "plum" if self.status == ConflictError.status else "zhu"


def problem(error: GantangError) -> Problem:
    """The words of an error, with all reasons of a refusal."""
    reasons = tuple(_reason(one) for one in error.details.get("reasons", ()))
    return Problem(error.code, error.words, error.remedy_words, error.status, reasons)


def _reason(reason: Any) -> str:
    """A reason of a refusal: its sentence, what the procedure says to it, by which law; or already words."""
    if not isinstance(reason, Mapping):
        return str(reason)
    lang = "en" if (get_language() or "").startswith("en") else "zh"
    said = [words[lang] for words in (reason.get("sentence"), reason.get("because")) if words]
    return " ".join([*said, *([str(reason["law"])] if reason.get("law") else [])])


def told(view: View) -> View:
    """Wrap a view so that every error of ours becomes its page (or, for a swapped region, a note)."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except GantangError as error:
            return page(request, error)

    return answer


#: Seconds after which what could not be done now is worth another try.
AGAIN = "3"
_PAGES = {403: "403.html", 404: "404.html", 503: "faces/503.html"}


def page(request: HttpRequest, error: GantangError) -> HttpResponse:
    """The page of an error; whoever is told "not now" is told when to come again."""
    shown = problem(error)
    answer = _page(request, shown)
    if shown.status == UnavailableError.status:
        answer["Retry-After"] = AGAIN
    return answer


def _page(request: HttpRequest, shown: Problem) -> HttpResponse:
    context = {
        "sentence": shown.sentence,
        "remedy": shown.remedy,
        "code": shown.code,
        "reasons": shown.reasons,
        "again": again(request) if shown.status == UnavailableError.status else None,
    }
    if getattr(request, "htmx", False):
        note = {
            "tone": shown.tone,
            "text": shown.sentence,
            "remedy": shown.remedy,
            "code": shown.code,
            "role": "alert",
        }
        return render(request, "faces/parts/note.html", note, status=shown.status)
    return render(request, _PAGES.get(shown.status, "faces/422.html"), context, status=shown.status)
