"""Files of grids: columns and coordinates confirmed, errors told by row, taken whole or not at all; what
changes a grid that is there goes to another administrator."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk import ground_sheets as shown
from gantang.desk.admin import actor_of, administered, home_of
from gantang.desk.asset_sheets import told
from gantang.desk.assetforms import DATUMS
from gantang.desk.ground_sheets import GridFile, GroundSheetForm, Seen
from gantang.desk.guard import frame
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.territory import service
from gantang.territory.types import GroundPlan


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def sheet(request: HttpRequest) -> HttpResponse:
    """Grids of one's own ground from a file."""
    if request.method != "POST":
        return _page(request, GroundSheetForm())
    form = GroundSheetForm(request.POST, request.FILES)
    if form.is_valid():
        table = form.cleaned_data["table"]
        return _looked(request, GridFile(table.name, table.read()))
    try:
        carried = GridFile.unpacked(request.POST.get("name", ""), request.POST.get("sheet", ""))
    except ValueError:
        return _page(request, form, status=422)
    return _looked(request, carried)


def _looked(request: HttpRequest, carried: GridFile) -> HttpResponse:
    """What the file would do, and, where that was seen and is still so, its taking."""
    within, datum = home_of(actor_of(request)).ground, _datum(request)
    try:
        found = shown.seen(carried, datum=datum, told=told(request.POST.dict()), within=within)
    except GantangError as error:
        return _page(request, GroundSheetForm(), error=error, status=error.status)
    plan = found.look.plan
    if request.POST.get("act") != "take" or plan is None or found.wrong or found.empty:
        return _preview(request, carried, found, status=422 if found.wrong else 200)
    head = shown.head(request.POST.dict(), carried.name)
    unsure = shown.shifted(found, datum) is not None and not request.POST.get("sure")
    if unsure or (found.operations and not head.is_valid()):
        return _preview(request, carried, found, head=head, status=422)
    return _taken(request, carried, found, plan, head)


def _taken(request: HttpRequest, carried: GridFile, found: Seen, plan: GroundPlan, head: Any) -> HttpResponse:
    given = head.cleaned_data if found.operations else {}
    now = clock.now()
    try:
        done, change = service.take_at_a_door(
            actor=actor_of(request), plan=plan, head=given, since=now.date(), now=now
        )
    except GantangError as error:
        return _preview(request, carried, found, head=head, error=error, status=error.status)
    counts = {"new": done["new"], "amended": done["amended"]}
    if change is None:
        messages.success(request, _("导入了：新建%(new)d个网格，改动%(amended)d个。") % counts)
        return redirect("desk:grounds")
    words = _("导入了：新建%(new)d个网格，改动%(amended)d个；其余拟好了，请另一位管理员审核。")
    messages.success(request, words % counts)
    return redirect("desk:ground", change)


def _preview(
    request: HttpRequest,
    carried: GridFile,
    found: Seen,
    *,
    head: Any = None,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    datum, fault = _datum(request), error or found.look.fault
    if not found.look.columns and fault is not None:
        return _page(request, GroundSheetForm(), error=fault, status=fault.status)
    context = {
        **frame(request, "grounds"),
        **shown.said(found, datum),
        "confirm": shown.ConfirmForm(found.look, told(request.POST.dict()), datum),
        "head": (head or shown.head(None, carried.name)) if found.operations else None,
        "carried": carried,
        "problem": problem(fault) if fault else None,
    }
    return render(request, "desk/ground_sheet_preview.html", context, status=status)


def _page(
    request: HttpRequest, form: GroundSheetForm, *, error: GantangError | None = None, status: int = 200
) -> HttpResponse:
    context = {
        **frame(request, "grounds"),
        "form": form,
        "fields": shown.GRID.values(),
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/ground_sheet.html", context, status=status)


def _datum(request: HttpRequest) -> str:
    datum = request.POST.get("datum", "")
    return datum if datum in dict(DATUMS) else "cgcs2000"
