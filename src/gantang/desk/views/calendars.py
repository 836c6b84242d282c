"""The calendar for whoever administers: a year as a picture, a change previewed before it is taken."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gantang.catalogue import queries as catalogue
from gantang.catalogue import service
from gantang.catalogue.types import CalendarChange, DayFault
from gantang.desk import calendars
from gantang.desk.admin import actor_of, administered, check_ground, grounds, home_of, may_change
from gantang.desk.adminforms import DayForm, TableForm
from gantang.desk.guard import frame, staffed
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.matters import queries as matters
from gantang.matters.types import MovedRow
from gantang.posts import queries as posts
from gantang.sheets import service as sheets

_YEARS = range(2004, 2101)


@never_cache
@require_safe
@administered
def calendar(request: HttpRequest) -> HttpResponse:
    """A ground's year, its editions, and the forms that change it."""
    return _page(request)


@require_POST
@administered
def day(request: HttpRequest) -> HttpResponse:
    """What changing one day would do; nothing is taken yet."""
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, day_form=form, status=422)
    return _preview(request, calendars.of_form(form.cleaned_data, _ground(request)))


@require_POST
@administered
def table(request: HttpRequest) -> HttpResponse:
    """What a table of days would do; rows that cannot be read are told, nothing is taken yet."""
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, table_form=form, status=422)
    given = form.cleaned_data
    try:
        change, faults = service.read_days(
            given["table"],
            ground=_ground(request),
            source=given["source"],
            year=given["year"],
            whole=given["whole"],
        )
    except GantangError as error:
        return _page(request, table_form=form, error=error, status=error.status)
    if faults:
        return _page(request, table_form=form, faults=faults, status=422)
    return _preview(request, replace(change, since=calendars.begins(given["since"])))


@require_POST
@administered
def take(request: HttpRequest) -> HttpResponse:
    """Take a change that was previewed; taken twice it is one."""
    ground = _ground(request)
    try:
        check_ground(actor_of(request), ground)
        change = calendars.unpacked(request.POST.get("change", ""), ground)
        edition = service.change_calendar(actor=actor_of(request), change_=change, now=clock.now())
    except GantangError as error:
        return _page(request, error=error, status=error.status)
    if edition is None:
        messages.info(request, _("没有变化。"))
    else:
        messages.success(request, _("第%(n)d版生效，在办期限由后台重算。") % {"n": edition.number})
    return redirect(f"{reverse('desk:calendar')}?ground={ground}&year={_year(request)}")


@never_cache
@require_safe
@staffed
def moved(request: HttpRequest, sweep: UUID) -> StreamingHttpResponse:
    """The deadlines that a change or an outage moved, or the units that work went to, as far as one sees."""
    matters.get_sweep(sweep)
    deadlines = (_("原期限"), _("新期限"), _("原全程期限"), _("新全程期限"))
    columns = (_("编号"), _("事由"), *deadlines, _("原单位"), _("新单位"))
    rows = map(_moved, matters.moved(actor_of(request), sweep))
    answer = StreamingHttpResponse(sheets.write_csv(columns, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="moved.csv"'
    return answer


def _moved(one: MovedRow) -> tuple[str, ...]:
    due = map(_moment, (one.due_before, one.due_after, one.total_before, one.total_after))
    units = [unit for unit in (one.unit_before, one.unit_after) if unit is not None]
    names = posts.unit_names(units)  # kept in the process: no query for each line
    return one.number, one.gist, *due, *(names.get(unit, "") for unit in units)


def _moment(at: Any) -> str:
    return f"{at.astimezone(clock.ZONE):%Y-%m-%d %H:%M}" if at else ""


def _preview(request: HttpRequest, change: CalendarChange) -> HttpResponse:
    """The months that change, side by side with what moves."""
    now = clock.now()
    try:
        check_ground(actor_of(request), change.ground)
        put, cleared = catalogue.differences(change, at=change.since or now)
        touched = matters.touched_by(actor_of(request), change, now=now)
    except GantangError as error:
        return _page(request, error=error, status=error.status)
    days = [one.on for one in (*put, *cleared)]
    year = change.year or (min(days).year if days else _year(request))
    shown = calendars.months(catalogue.proposed(change, at=now)(change.ground), year, days)
    context = {
        **_around(request, change.ground, year),
        "months": [
            one for n, one in enumerate(shown, 1) if any((on.year, on.month) == (year, n) for on in days)
        ],
        "put": calendars.lines(put),
        "cleared": calendars.lines(cleared),
        "touched": touched,
        "change": calendars.packed(change),
        "since": change.since,
        "nothing": not days and (change.year is None or catalogue.is_published(change.year)),
    }
    return render(request, "desk/calendar_preview.html", context)


def _page(
    request: HttpRequest,
    *,
    day_form: DayForm | None = None,
    table_form: TableForm | None = None,
    faults: list[DayFault] | None = None,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    ground, year = _ground(request), _year(request)
    context = {
        **_around(request, ground, year),
        "months": calendars.months(catalogue.calendar_for(ground), year),
        "day_form": day_form or DayForm(initial={"on": None}),
        "table_form": table_form or TableForm(),
        "faults": faults or [],
        "problem": problem(error) if error else None,
        "editions": _editions(ground),
    }
    return render(request, "desk/calendar.html", context, status=status)


def _around(request: HttpRequest, ground: str, year: int) -> dict[str, Any]:
    names = dict(grounds(actor_of(request)))
    return {
        **frame(request, "calendar"),
        "ground": ground,
        "grounds": list(names.items()),
        "ground_name": names.get(ground, ground),
        "year": year,
        "mine": may_change(actor_of(request), ground),
        "published": catalogue.is_published(year),
        "weekdays": calendars.weekdays(),
    }


def _editions(ground: str) -> list[dict[str, Any]]:
    """The editions of a ground, each with what it moved."""
    sweeps = {one.key: one for one in matters.sweeps(kind="calendar", ground=ground)}
    return [{"edition": one, "sweep": sweeps.get(str(one.number))} for one in catalogue.editions(ground)]


def _ground(request: HttpRequest) -> str:
    given = request.POST.get("ground", request.GET.get("ground"))
    if given is None:
        return home_of(actor_of(request)).ground
    return given if given in dict(grounds(actor_of(request))) else ""


def _year(request: HttpRequest) -> int:
    text = request.POST.get("shown", request.GET.get("year", ""))
    return int(text) if text.isdigit() and int(text) in _YEARS else clock.now().year
