"""Sheets of facilities and of places: columns confirmed, errors told by row, taken whole or not at all."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk import asset_sheets as shown
from gantang.desk.admin import actor_of, administered, home_of
from gantang.desk.asset_sheets import AssetSheetForm, Carried, ColumnForm
from gantang.desk.assetforms import DATUMS
from gantang.desk.guard import frame
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.territory import service


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def facility_sheet(request: HttpRequest) -> HttpResponse:
    """Facilities of one's own ground from a sheet."""
    return _answered(request, places=False)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def place_sheet(request: HttpRequest) -> HttpResponse:
    """Places of one's own ground from a sheet."""
    return _answered(request, places=True)


def _answered(request: HttpRequest, *, places: bool) -> HttpResponse:
    if request.method != "POST":
        return _page(request, AssetSheetForm(), places=places)
    form = AssetSheetForm(request.POST, request.FILES)
    if form.is_valid():
        table = form.cleaned_data["table"]
        return _looked(request, Carried(table.name, table.read()), places=places)
    try:
        carried = Carried.unpacked(request.POST.get("name", ""), request.POST.get("sheet", ""))
    except ValueError:
        return _page(request, form, places=places, status=422)
    return _looked(request, carried, places=places)


def _looked(request: HttpRequest, carried: Carried, *, places: bool) -> HttpResponse:
    """What the sheet would do, and, where that was seen and is still so, its taking."""
    datum, columns = _datum(request), shown.told(request.POST.dict())
    within = home_of(actor_of(request)).ground
    try:
        plan = shown.planned(carried, places=places, datum=datum, columns=columns, within=within)
        found = shown.said(carried, plan)
        if request.POST.get("act") == "take" and "returned" not in found:
            done = service.take_assets(actor=actor_of(request), plan=plan, now=clock.now())
            told = {"new": done["new"], "amended": done["amended"]}
            messages.success(request, _("导入了：新登记%(new)d，改动%(amended)d。") % told)
            return redirect("desk:places" if places else "desk:facilities")
    except GantangError as error:
        return _preview(request, carried, columns, error=error, places=places)
    return _preview(request, carried, dict(plan.fields), found, places=places)


def _preview(
    request: HttpRequest,
    carried: Carried,
    chosen: dict[str, str],
    found: dict[str, object] | None = None,
    *,
    error: GantangError | None = None,
    places: bool,
) -> HttpResponse:
    try:
        header = carried.columns()
    except GantangError as unreadable:
        return _page(request, AssetSheetForm(), places=places, error=unreadable, status=unreadable.status)
    context = {
        **_frame(request, places),
        **(found or {}),
        "column_form": ColumnForm(places, header, chosen or service.guess_columns(header, places=places)),
        "carried": carried,
        "datum": _datum(request),
        "problem": problem(error) if error else None,
    }
    wrong = error is not None or "returned" in (found or {})
    return render(request, "desk/asset_sheet_preview.html", context, status=422 if wrong else 200)


def _page(
    request: HttpRequest,
    form: AssetSheetForm,
    *,
    places: bool,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **_frame(request, places),
        "form": form,
        "fields": (shown.PLACE if places else shown.FACILITY).values(),
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/asset_sheet.html", context, status=status)


def _frame(request: HttpRequest, places: bool) -> dict[str, object]:
    return {**frame(request, "places" if places else "facilities"), "places": places}


def _datum(request: HttpRequest) -> str:
    datum = request.POST.get("datum", "")
    return datum if datum in dict(DATUMS) else "cgcs2000"
