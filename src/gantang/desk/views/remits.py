"""Remits for whoever administers: who answers here and why, what changed, one or a sheet of them taken in
after a preview."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gantang.desk import blindspots, choices, mapped
from gantang.desk import remits as shown
from gantang.desk.admin import actor_of, administered, home_of
from gantang.desk.guard import frame
from gantang.desk.remitforms import KINDS, DiffForm, RemitForm, SheetForm, WhoForm
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.matters import queries as matters
from gantang.posts import queries, service
from gantang.posts.types import SheetReport


@never_cache
@require_safe
@administered
def remits(request: HttpRequest) -> HttpResponse:
    """Who answers for what, what changed between two days, and the forms that change it."""
    return _page(request)


@require_POST
@administered
def one(request: HttpRequest) -> HttpResponse:
    """What one remit would change; nothing is taken yet."""
    form = _remit_form(request, asked=True)
    if not form.is_valid():
        return _page(request, remit_form=form, status=422)
    return _preview(request, "remits", shown.sheet_of(form.cells()), replace=True)


@require_POST
@administered
def sheet(request: HttpRequest) -> HttpResponse:
    """What a sheet would change; rows that are wrong are told and the sheet is handed back with them."""
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, sheet_form=form, status=422)
    given = form.cleaned_data
    return _preview(request, given["kind"], given["table"].read(), replace=given["replace"])


@require_POST
@administered
def take(request: HttpRequest) -> HttpResponse:
    """Take in what was previewed; taken twice it changes nothing."""
    try:
        data = shown.unpacked(request.POST.get("sheet", ""))
        report = _import(request, request.POST.get("kind", ""), data, dry=False)
    except GantangError as error:
        return _page(request, error=error, status=error.status)
    if report.errors:  # somebody else was faster
        return _shown(request, report, "", replace=False)
    told = {"added": report.count("added"), "changed": report.count("changed")}
    messages.success(request, _("生效了：新增%(added)d，变更%(changed)d。在办的由后台改派。") % told)
    return redirect("desk:remits")


def _preview(request: HttpRequest, kind: str, data: bytes, *, replace: bool) -> HttpResponse:
    try:
        report = _import(request, kind, BytesIO(data), replace=replace)
        return _shown(request, report, shown.packed(data), replace=replace)
    except GantangError as error:
        return _page(request, error=error, status=error.status)


def _import(
    request: HttpRequest, kind: str, data: BytesIO, *, dry: bool = True, replace: bool | None = None
) -> SheetReport:
    return service.import_sheet(
        actor=actor_of(request),
        table=data,
        kind=kind if kind in dict(KINDS) else "remits",
        within=home_of(actor_of(request)).ground,
        replace=request.POST.get("replace") == "1" if replace is None else replace,
        dry=dry,
        now=clock.now(),
    )


def _shown(request: HttpRequest, report: SheetReport, data: str, *, replace: bool) -> HttpResponse:
    context = {
        **frame(request, "remits"),
        **shown.preview(actor_of(request), report, now=clock.now()),
        "kind": dict(KINDS)[report.kind],
        "sheet": data,
        "replace": replace,
    }
    return render(request, "desk/remits_preview.html", context, status=422 if report.errors else 200)


def _remit_form(request: HttpRequest, *, asked: bool = False) -> RemitForm:
    on, home = clock.now().date(), home_of(actor_of(request)).ground
    known = {name: request.GET[name] for name in ("klass", "ground", "duty") if request.GET.get(name)}
    return RemitForm(
        request.POST if asked else None,
        classes=choices.classes(),
        units=shown.units(home, on),
        initial={"ground": home, "valid_from": on, **known},
    )


def _page(
    request: HttpRequest,
    *,
    remit_form: RemitForm | None = None,
    sheet_form: SheetForm | None = None,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **frame(request, "remits"),
        **_answer(request),
        **_difference(request),
        "remit_form": remit_form or _remit_form(request),
        "sheet_form": sheet_form or SheetForm(),
        "problem": problem(error) if error else None,
        "columns": service.headings(),
        "sweeps": [one for one in matters.sweeps(kind="remit", limit=5) if _mine(request, one.ground)],
    }
    return render(request, "desk/remits.html", context, status=status)


def _mine(request: HttpRequest, ground: str) -> bool:
    return ground.startswith(home_of(actor_of(request)).ground)


def _answer(request: HttpRequest) -> dict[str, Any]:
    """Who answers, where the address asks."""
    home, asked = home_of(actor_of(request)).ground, "klass" in request.GET
    first = {"ground": home, "duty": "handler", "on": clock.now().date()}
    form = WhoForm(request.GET if asked else None, classes=choices.classes(), initial=first)
    if not asked or not form.is_valid():
        return {"who_form": form}
    given = form.cleaned_data
    on = given.pop("on") or clock.now().date()
    try:
        return {"who_form": form, "answer": queries.reason_words(queries.why(**given, on=on))}
    except GantangError as tie:
        return {"who_form": form, "problem_who": problem(tie)}


def _difference(request: HttpRequest) -> dict[str, Any]:
    """What changed between two days, where the address asks."""
    asked = "before" in request.GET
    today = clock.now().date()
    form = DiffForm(
        request.GET if asked else None, initial={"before": today.replace(month=1, day=1), "after": today}
    )
    if not asked or not form.is_valid():
        return {"diff_form": form}
    return {
        "diff_form": form,
        "diff": shown.changed(**form.cleaned_data, ground=home_of(actor_of(request)).ground),
    }


@never_cache
@require_safe
@administered
def blind(request: HttpRequest) -> HttpResponse:
    """Where nobody answers for something, on the map of the own ground and in a table."""
    actor = actor_of(request)
    home = home_of(actor).ground
    ground = mapped.asked(actor, request.GET.get("ground", ""))
    ground = ground if ground.startswith(home) else home[:12]
    context = {**frame(request, "remits"), **blindspots.shown(ground, clock.now().date()), "home": home}
    return render(request, "desk/blind.html", context)
