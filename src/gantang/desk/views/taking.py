"""A list taken along: as a table for a spreadsheet, as a page for the printer."""

from itertools import islice

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gantang.desk import listing, sheet
from gantang.desk.guard import frame, staffed
from gantang.faces import brakes
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.sheets import service as sheets

#: As what a list is taken along: how it is written, and what it is called.
FORMS = {
    "csv": (sheets.write_csv, "text/csv; charset=utf-8"),
    "xlsx": (sheets.write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
#: So many lines are printed, thirty pages; what is longer is taken along as a table.
PRINTED = 1000


@never_cache
@require_safe
@staffed
def export(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """The whole list as a table, CSV or Excel, narrowed as the page is: gists, never people."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    brakes.searched(actor)
    now = clock.now()
    made = sheet.rows(lambda cursor: listing.aside(request, actor, cursor), now=now)
    write, media = FORMS[form]
    response = StreamingHttpResponse(write(sheet.columns(), made), content_type=media)
    response["Content-Disposition"] = f'attachment; filename="matters-{now:%Y%m%d-%H%M}.{form}"'
    return response


@never_cache
@require_safe
@staffed
def printed(request: HttpRequest) -> HttpResponse:
    """The whole list on paper, narrowed and sorted as the page is, up to a bound that it tells of."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    brakes.searched(actor)
    found = list(
        islice(sheet.read(lambda cursor: listing.aside(request, actor, cursor), now=clock.now()), PRINTED + 1)
    )
    filters, words = listing.filters_of(request), request.GET.get("q", "").strip()
    page = {
        "title": words or listing.CODES[filters.view].title,
        "narrowed": listing.narrowed_to(filters),
        "lines": found[:PRINTED],
        "most": PRINTED if len(found) > PRINTED else 0,
        "back": listing.url(**listing.kept(request)) or "?",
    }
    return render(request, "desk/printed.html", {**frame(request, "queue"), "page": page})
