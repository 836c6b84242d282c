"""Published figures: a picture first, the table under it, the files to take away."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gantang.faces.errors import told
from gantang.kit import clock
from gantang.portal import figures as shown
from gantang.reception import queries


@require_safe
@told
def figures(request: HttpRequest, edition: int | None = None) -> HttpResponse:
    """The newest edition, or a named one."""
    one = queries.newest() if edition is None else queries.published(edition)
    context = {"now": clock.now(), "editions": queries.editions()}
    return render(request, "portal/figures.html", {**context, **(shown.page_of(one) if one else {})})


@require_safe
@told
def sheet(request: HttpRequest, edition: int) -> HttpResponse:
    """An edition as CSV."""
    text = shown.written(queries.published(edition))
    headers = {"Content-Disposition": f'attachment; filename="figures-{edition}.csv"'}
    return HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
@told
def data(request: HttpRequest, edition: int) -> HttpResponse:
    """An edition as JSON."""
    return JsonResponse(shown.spelt(queries.published(edition)), json_dumps_params={"ensure_ascii": False})
