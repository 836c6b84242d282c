"""Two doors: report, and track."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gantang.kit import clock


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    return render(request, "portal/home.html", {"now": clock.now()})
