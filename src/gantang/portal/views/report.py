"""A resident reports: one form, five steps with script, one page without; sent twice, it counts once."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gantang.faces import names, words
from gantang.faces.errors import problem, told
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError, InvalidError
from gantang.matters import service as matters
from gantang.matters.errors import warnings_of
from gantang.matters.types import Contact, Receipt, Report
from gantang.portal import human, throttle, visitor
from gantang.portal import places as where
from gantang.portal.drawn import picture
from gantang.portal.forms import ReportForm, new_token
from gantang.portal.suggesting import suggest
from gantang.portal.views.following import offered
from gantang.portal.views.slip import square
from gantang.procedures import queries as procedures

CHANNEL = "portal"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told
def report(request: HttpRequest) -> HttpResponse:
    """The form; a post takes the report in and shows the receipt."""
    today = clock.now().date()
    if request.method != "POST":
        return _page(request, ReportForm(initial={"token": new_token()}), where.ladder("", on=today))
    ladder = _ladder(request)
    if request.POST.get("step") == "places" or "take" in request.POST:
        typed = request.POST.dict()
        typed["class_code"] = typed.get("take", typed.get("class_code", ""))
        return _page(request, ReportForm(initial=typed), ladder)
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid() or not _placed(form, ladder):
        return _page(request, form, ladder, status=422)
    try:
        human.check(request.POST.get("token", ""), form.cleaned_data["found"], now=clock.now())
        throttle.report(request)
        receipt = _take_in(form, ladder)
    except human.OldPageError as error:
        fresh = ReportForm({**request.POST.dict(), "token": new_token()})
        return _page(request, fresh, ladder, error=error, status=error.status)
    except (InvalidError, human.HastyError, throttle.TooManyReportsError) as error:
        return _page(request, form, ladder, error=error, status=error.status)
    response = _receipt(request, receipt)
    visitor.meet(request, response, now=clock.now())
    return response


@require_safe
@told
def places(request: HttpRequest) -> HttpResponse:
    """The lists again, for a ground just chosen or a point just found: a region of the form."""
    on = clock.now().date()
    if "lon" in request.GET:
        found = where.located(request.GET["lon"], request.GET.get("lat", ""), on=on)
    else:
        found = where.ladder(request.GET.get("at", "")[:15], on=on)
    drawing = picture(found.ground, point=found.point)
    return render(request, "portal/parts/places.html", {"ladder": found, "picture": drawing})


@require_POST
@never_cache
@told
def kind(request: HttpRequest) -> HttpResponse:
    """What the words speak for: a region of the form. They come in the body, never in an address."""
    found = suggest(request.POST.get("words", "")[:4000])
    return render(request, "portal/parts/kind.html", {"suggestion": found})


def _ladder(request: HttpRequest) -> where.Ladder:
    on, ground = clock.now().date(), where.chosen(request.POST.dict())
    point = (request.POST.get("lon", ""), request.POST.get("lat", ""))
    if all(point):
        found = where.located(*point, on=on)
        if found.point and found.ground.startswith(ground):
            return found
    return where.ladder(ground, on=on)


def _placed(form: ReportForm, ladder: where.Ladder) -> bool:
    """Whether it is known where: a ground from the lists, or at least a place in words."""
    if ladder.ground or form.cleaned_data["place"]:
        return True
    form.add_error("ground", _("还不知道在哪里。请选到村；不好选，就写门牌或附近的什么。"))
    return False


def _take_in(form: ReportForm, ladder: where.Ladder) -> Receipt:
    given, token = form.cleaned_data, form.cleaned_data["token"]
    told_by = Contact(name=given["name"], phone=given["phone"], email=given["email"])
    reporter = told_by if given["tell"] == "contact" and told_by.known() else None
    suggestion = suggest(given["words"])
    made = Report(
        words=given["words"],
        channel=CHANNEL,
        class_code=given["class_code"],
        ground=ladder.ground,
        point=(float(ladder.point[0]), float(ladder.point[1])) if ladder.point else None,
        place=given["place"],
        reporter=reporter,
        anonymous=reporter is None,
        files=tuple(given["files"]),
        shows_place=given["shows_place"],
        suggested=suggestion.kept(given["suggested"]) if suggestion else None,
    )
    client = f"form:{hashlib.sha256(token.encode()).hexdigest()}"
    return matters.intake(actor=Actor(client=client), report=made, key=token, now=clock.now())


def _page(
    request: HttpRequest,
    form: ReportForm,
    ladder: where.Ladder,
    *,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "now": clock.now(),
        "form": form,
        "ladder": ladder,
        "picture": picture(ladder.ground, point=ladder.point),
        "kinds": _kinds(str(form["class_code"].value() or "")),
        "suggestion": suggest(str(form["words"].value() or "")),
        "near": offered(request) if request.method == "POST" else [],
        "bits": human.BITS,
        "contact": [form["name"], form["phone"], form["email"]],
        "problem": problem(error) if error else None,
    }
    return render(request, "portal/report.html", context, status=status)


def _receipt(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    now, code = clock.now(), receipt.access_code
    context = {
        "now": now,
        "receipt": receipt,
        "warnings": warnings_of(receipt.warnings),
        "access_code": code,
        "qr": square(code) if code else "",
        "due_words": words.moment(receipt.due_at, now=now) if receipt.due_at else "",
    }
    return render(request, "portal/receipt.html", context)


def _kinds(chosen: str) -> list[tuple[str, str]]:
    """The kinds that people report, by code and title, and a narrower one where it was chosen: without those
    that staff open among themselves."""
    serving, now = procedures.chooser(), clock.now()
    kinds = [(code, title) for code, title in names.classes().items() if "." not in code or code == chosen]
    return [(code, title) for code, title in kinds if serving(code, "", now).access_code]
