"""Whether a paper is what it says: by the square code on it, for everybody, and by its file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.faces.errors import problem, told
from gantang.kit import clock, keys
from gantang.kit.errors import GantangError, InvalidError, NotFoundError
from gantang.matters import queries
from gantang.matters.errors import DocumentNotFoundError
from gantang.matters.types import Verified
from gantang.portal import held, throttle
from gantang.posts import queries as posts

PAGE = "portal/verify_document.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told
def find(request: HttpRequest) -> HttpResponse:
    """Enter the code that stands below a document."""
    given = request.POST.get("code", "")
    if request.method != "POST":
        return _page(request)
    try:
        code = keys.normal_code(held.entered(request))
    except held.CodeMissingError as error:
        return _page(request, error=error)
    except InvalidError:
        return _page(request, error=DocumentNotFoundError(), given=given[:40])
    return redirect("portal:verify_document", proof=keys.show_access(code))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told
def verify(request: HttpRequest, proof: str) -> HttpResponse:
    """What the code leads to; a post asks whether a file is that document. The file is not kept."""
    file = request.FILES.get("file") if request.method == "POST" else None
    try:
        throttle.check_code(request)
        if file is not None:
            throttle.file(request)
        found = _found(request, proof, file.read() if file is not None else None)
    except GantangError as error:
        return _page(request, error=error, given=proof[:40])
    return _page(request, found=found, code=proof)


def _found(request: HttpRequest, code: str, data: bytes | None) -> Verified:
    try:
        return queries.verify(code, data=data)
    except NotFoundError:
        throttle.wrong_code(request)
        raise


def _page(
    request: HttpRequest,
    *,
    found: Verified | None = None,
    error: GantangError | None = None,
    **more: Any,
) -> HttpResponse:
    unit = found.view.unit if found else None
    context = {
        "now": clock.now(),
        "found": found,
        "unit": posts.unit_names([unit]).get(unit, "") if unit is not None else "",
        "problem": problem(error) if error else None,
        **more,
    }
    return render(request, PAGE, context, status=error.status if error else 200)
