"""What makes the app: page, manifest, service worker."""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from gantang.field import shell, snapshot, wording
from gantang.kit import clock
from gantang.kit.errors import GantangError

THEME, PAPER = "#24583C", "#FAF7F0"


@gzip_page
@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The app's page, for whoever is signed in, with the day's data in it: the first opening asks for nothing
    more before it shows them. The phone then keeps the bare page."""
    return render(request, "field/shell.html", {**_context(), "day": _day(request)})


@gzip_page
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The same page as the phone keeps it: it holds nothing of anybody."""
    return render(request, "field/shell.html", _context())


def _day(request: HttpRequest) -> dict[str, object] | None:
    """Nothing where it is refused: the app asks itself then, and is told why."""
    try:
        return snapshot.today(request, now=clock.now())
    except GantangError:
        return None


def _context() -> dict[str, object]:
    return {"words": wording.told(), "scripts": [static(name) for name in shell.scripts()]}


@gzip_page
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the edition that stands now."""
    page = render_to_string("field/shell.html", _context()).encode()
    home = reverse("field:page")
    files = {**shell.files(), reverse("field:manifest"): "", home: shell.integrity(page)}
    context = {
        "edition": json.dumps(shell.edition(page)),
        "files": json.dumps(files),
        "page": json.dumps(home),
        "home": json.dumps(reverse("field:home")),
    }
    return render(request, "field/sw.js", context, content_type="text/javascript; charset=utf-8")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What the phone needs to install the app."""
    icons = [
        {
            "src": static(f"field/mark-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": why,
        }
        for size in (192, 512)
        for why in ("any", "maskable")
    ]
    told = {
        "name": _("甘棠网格"),
        "short_name": _("甘棠网格"),
        "lang": "zh-CN",
        "id": reverse("field:home"),
        "start_url": reverse("field:home"),
        "scope": reverse("field:home"),
        "display": "standalone",
        "theme_color": THEME,
        "background_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")
