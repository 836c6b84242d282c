"""The books of good samaritans' funds as they were published, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from gantang.faces.errors import told
from gantang.fund import queries
from gantang.kit import clock
from gantang.portal import funds as shown


@require_safe
@told
def funds(request: HttpRequest) -> HttpResponse:
    """Every published year; the newest of each fund first."""
    lang = get_language() or ""
    found = [(one, one.name(lang)) for one in queries.publications()]
    return render(request, "portal/funds.html", {"now": clock.now(), "years": found})


@require_safe
@told
def year(request: HttpRequest, fund: int, year: int) -> HttpResponse:
    """A year of a fund. Errors: NoYearError."""
    context = shown.page_of(queries.published(fund, year))
    return render(request, "portal/fund_year.html", {"now": clock.now(), **context})


@require_safe
@told
def sheet(request: HttpRequest, fund: int, year: int) -> HttpResponse:
    """The same as CSV. Errors: NoYearError."""
    text = shown.written(queries.published(fund, year))
    headers = {"Content-Disposition": f'attachment; filename="fund-{fund}-{year}.csv"'}
    return HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8", headers=headers)
