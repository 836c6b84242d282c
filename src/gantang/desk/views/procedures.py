"""Procedures as they are in force, drawn and read-only; or the very version that a matter follows."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from gantang import engine
from gantang.desk import proving, versions
from gantang.desk.admin import actor_of
from gantang.desk.guard import frame, staffed
from gantang.engine.draw import THEMES, draw, size_of
from gantang.kit import clock
from gantang.procedures import queries as procedures
from gantang.procedures import service
from gantang.procedures.errors import UnknownProcedureError
from gantang.procedures.types import VersionView

LANGS = ("zh-Hans", "en")


@require_safe
@staffed
def listed(request: HttpRequest) -> HttpResponseBase:
    """Every procedure in force: what it serves, where, since when."""
    lines, now = frame(request, "procedures"), clock.now()
    context = {**lines, "lines": versions.listed(now), "upgrades": versions.upgrades(now)}
    return render(request, "desk/procedures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def procedure(request: HttpRequest, name: str) -> HttpResponseBase:
    """A procedure (a variant as `dispute+medical`); ``?of=`` names the version that a matter follows."""
    one = _wanted(request, name)
    if request.method == "POST":
        service.order_proof(actor=actor_of(request), digest=one.hash, now=clock.now())
        return redirect(f"{reverse('desk:procedure', args=[one.key])}?of={one.hash}#proved")
    lang = "en" if (get_language() or "").startswith("en") else "zh-Hans"
    theme = "dark" if frame(request)["theme"] == "dark" else "light"
    proof = proving.proof(one.hash, lang)
    faulty = proof is not None and bool(proof.lines)
    wide, high = size_of(_picture(one.hash, lang, theme, faulty))
    asked = urlencode({"of": one.hash, "lang": lang, "theme": theme} | ({"found": "1"} if faulty else {}))
    context = {
        "proof": proof,
        "may_prove": actor_of(request).admin,
        **frame(request, "procedures"),
        "title": one.title.of(lang),
        "version": one.version,
        "basis": one.basis,
        "picture": {
            "url": f"{reverse('desk:drawing', args=[one.key])}?{asked}",
            "wide": wide,
            "high": high,
        },
        "key": one.key,
        "hash": one.hash,
        "history": versions.history(one.key),
        "siblings": versions.siblings(one, clock.now()),
        "against": _against(request, one),
    }
    return render(request, "desk/procedure.html", context)


@require_safe
@staffed
@cache_control(private=True, max_age=86400)
def drawing(request: HttpRequest, name: str) -> HttpResponseBase:
    """The drawing alone; a version never changes, nor does its picture."""
    lang, theme = request.GET.get("lang", ""), request.GET.get("theme", "")
    picture = _picture(
        _wanted(request, name).hash,
        lang if lang in LANGS else "zh-Hans",
        theme if theme in THEMES else "light",
        "found" in request.GET,
    )
    return HttpResponse(picture, content_type="image/svg+xml; charset=utf-8")


def _wanted(request: HttpRequest, name: str) -> engine.Procedure:
    """The version asked for, of that name; else the one in force. Errors: UnknownProcedureError."""
    asked = request.GET.get("of", "")
    if asked:
        one = procedures.by_hash(asked)
        if one.key == name:
            return one
    found = [each for each in _in_force() if versions.key_of(each) == name]
    if not found or asked:
        raise UnknownProcedureError(details={"what": name})
    return procedures.by_hash(found[0].hash)


def _against(request: HttpRequest, one: engine.Procedure) -> dict[str, Any] | None:
    """What differs from the version, or the other procedure, that `with` names by its hash."""
    asked = request.GET.get("with", "")
    if not asked:
        return None
    other = procedures.by_hash(asked)
    return {
        "title": other.title.of(get_language() or "zh-hans"),
        "version": other.version,
        "lines": versions.differences(other, one),
    }


def _in_force() -> list[VersionView]:
    return [one for one in procedures.all_in_force(clock.now()) if not one.is_end]


def _picture(digest: str, lang: str, theme: str, found: bool) -> str:
    return _drawn(digest, lang, theme, proving.findings(digest) if found else ())


@lru_cache(maxsize=128)
def _drawn(digest: str, lang: str, theme: str, findings: tuple[engine.Finding, ...]) -> str:
    return draw(procedures.by_hash(digest), lang=lang, theme=theme, findings=findings)
