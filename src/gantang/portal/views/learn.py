"""Whether a certificate is in force: by the code on it, for everybody. No name, and no code in an address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.faces.errors import problem, told
from gantang.kit import clock
from gantang.kit.errors import GantangError, NotFoundError
from gantang.learning import queries
from gantang.learning.types import Checked
from gantang.portal import held, throttle
from gantang.territory import queries as territory


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told
def verify(request: HttpRequest) -> HttpResponse:
    """Enter the code; a post says valid, lapsed, removed or unknown."""
    given = request.POST.get("code", "")[:40]
    found: Checked | None = None
    error: GantangError | None = None
    if request.method == "POST":
        try:
            found = _found(request, held.entered(request))
        except GantangError as refused:
            error = refused
    context = {
        "now": clock.now(),
        "found": found,
        "title": found.title.of(get_language() or "") if found else "",
        "place": " ".join(territory.path(found.ground[:6])[-2:]) if found else "",
        "given": given,
        "problem": problem(error) if error else None,
    }
    return render(request, "portal/learn_verify.html", context, status=error.status if error else 200)


def _found(request: HttpRequest, code: str) -> Checked:
    """Errors: NoCertificateError, TooManyCodesError."""
    throttle.check_code(request)
    try:
        return queries.check(code)
    except NotFoundError:
        throttle.wrong_code(request)
        raise
