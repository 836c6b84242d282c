"""A protected tip: a form and a receipt, nothing else. No script, no cookie, no address that says anything.

No cookie is read or set, so none can link two visits; that is why these addresses carry no token against
forged requests either. Nothing of the visitor's stands behind a tip, so there is nothing that a forged
request could use.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.matters.service import sealed
from gantang.portal import held
from gantang.portal import places as where
from gantang.portal.forms import new_token
from gantang.portal.tips import KINDS, LEVELS, TipForm, units_on

View = Callable[..., HttpResponse]
#: The word in the address that asks for 长辈版.
LARGE = "large"


def alone(view: View) -> View:
    """Keep nothing of the page anywhere, and tell no other page that it was read."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return csrf_exempt(never_cache(require_http_methods(["GET", "HEAD", "POST"])(answer)))


@alone
def tip(request: HttpRequest) -> HttpResponse:
    """The form; a post takes the tip in and shows the receipt, in the same words whoever may receive it."""
    today = clock.now().date()
    if request.method != "POST":
        return _page(request, TipForm(initial={"token": new_token()}), where.ladder("", on=today))
    ladder = where.ladder(where.chosen(request.POST.dict()), on=today)
    if request.POST.get("step") == "places":
        return _page(request, TipForm(initial=request.POST.dict()), ladder)
    form = TipForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, ladder, status=422)
    try:
        receipt = sealed.receive(
            token=form.cleaned_data["token"], tip=form.tip(ladder.ground), now=clock.now()
        )
    except GantangError as error:
        return _page(request, form, ladder, error=error, status=error.status)
    return _shown(request, "portal/tip_receipt.html", {"receipt": receipt})


def _page(
    request: HttpRequest,
    form: TipForm,
    ladder: where.Ladder,
    *,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "ladder": ladder,
        "kinds": KINDS,
        "levels": LEVELS,
        "units": [(str(number), name) for number, name in units_on(ladder, on=clock.now().date())],
        "problem": problem(error) if error else None,
    }
    return _shown(request, "portal/tip.html", context, status=status)


@alone
def talk(request: HttpRequest) -> HttpResponse:
    """What a receipt opens; it stands in the form's body each time, never in an address or a cookie."""
    if request.method != "POST":
        return _shown(request, "portal/tip_find.html", {"given": ""})
    given, now = request.POST.get("receipt", "")[:80], clock.now()
    move, words = request.POST.get("move", ""), request.POST.get("words", "").strip()[:8000]
    error: GantangError | None = None
    try:
        held.entered(request, "receipt")
        if request.POST.get("paper"):
            return _paper(sealed.statement(receipt=given, now=now))
        if move in MOVES:
            error = _refused(given, move, words, now)
        told = sealed.told(receipt=given, now=now)
    except GantangError as unknown:
        context = {"given": given, "problem": problem(unknown)}
        return _shown(request, "portal/tip_find.html", context, status=unknown.status)
    context = {
        "told": told,
        "title": (told.outcome_title or told.title).of(get_language() or ""),
        "receipt": given,
        "problem": problem(error) if error else None,
        "taken": move in MOVES and error is None,
        "said_move": move if error else "",
        "said_words": words,
        "now": now,
    }
    return _shown(request, "portal/tip_talk.html", context, status=error.status if error else 200)


def _refused(receipt: str, move: str, words: str, now: datetime) -> GantangError | None:
    """Say it; what was refused comes back with its words, which stay on the page."""
    try:
        sealed.say(receipt=receipt, move=move, words=words, now=now)
    except GantangError as error:
        return error
    return None


def _shown(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page, in 长辈版 where the address asks for it, from page to page, as no cookie is read. What came by
    sending something is not turned into it: a receipt is shown once."""
    is_large = LARGE in request.GET
    context.update(large=is_large, way=f"?{LARGE}" if is_large else "", turns=request.method != "POST")
    return render(request, template, context, status=status)


def _paper(data: bytes) -> HttpResponse:
    """A paper under a name that says nothing."""
    headers = {"Content-Disposition": 'inline; filename="paper.pdf"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


#: What a receipt can do.
MOVES = frozenset({"add", "confirm", "object", "ask_again"})
