"""Lists of matters: by view, by words, as a sheet."""

from itertools import chain
from typing import Annotated

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Query, Router

from gantang.exchange.api.v1 import asked, render
from gantang.exchange.api.v1.auth import STAFF
from gantang.exchange.api.v1.declared import actor_of, produces, reading
from gantang.exchange.api.v1.shapes.matter import Rows
from gantang.faces import brakes
from gantang.kit import clock
from gantang.kit.page import Page
from gantang.matters import queries
from gantang.matters.types import MatterRow
from gantang.sheets import service as sheets

router = Router(auth=STAFF, tags=["matters"])
_CSV = "text/csv"
#: The head of an empty sheet.
EXPORTED = ("number", "gist", "class", "ground", "status", "opened_at", "due_at", "ended_at", "outcome")


@router.get("/matters", response=Rows, openapi_extra=reading())
def list_matters(request: HttpRequest, asks: Annotated[asked.Listed, Query()]) -> Rows:
    """The matters in sight, narrowed, page by page."""
    filters = asks.filters()
    cursor = asked.cursor_of(asks.cursor, asked.BY_DUE, asked.NEWEST)
    return _rows(
        queries.queue(actor_of(request), filters=filters, cursor=cursor, now=clock.now(), size=asks.size)
    )


@router.get("/matters/search", response=Rows, openapi_extra=reading())
def search_matters(request: HttpRequest, asks: Annotated[asked.Searched, Query()]) -> Rows:
    """The matters in sight whose gist holds the words, newest first. Only gists are searched, never
    anybody's words."""
    brakes.searched(actor_of(request))
    cursor = asked.cursor_of(asks.cursor, asked.NEWEST)
    found = queries.search(
        actor_of(request),
        words=asks.q,
        filters=asks.filters(),
        cursor=cursor,
        now=clock.now(),
        size=asks.size,
    )
    return _rows(found)


@router.get(
    "/matters.csv",
    response={200: None},
    openapi_extra={
        "responses": {**reading()["responses"], **produces(_CSV, "The list, UTF-8 with a mark for Excel.")}
    },
)
def export_matters(request: HttpRequest, asks: Annotated[asked.Narrowed, Query()]) -> HttpResponse:
    """The whole list as a sheet, streamed: gists, never people."""
    brakes.searched(actor_of(request))
    rows = queries.export_rows(actor_of(request), filters=asks.filters(), now=clock.now())
    first = next(rows, None)  # what is wrong is told before the answer begins
    columns = list(first or EXPORTED)
    lines = ([row[name] for name in columns] for row in chain([first] if first else [], rows))
    response = StreamingHttpResponse(sheets.write_csv(columns, lines), content_type=f"{_CSV}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="matters-{clock.now():%Y%m%d-%H%M}.csv"'
    return response  # type: ignore[return-value]


def _rows(page: Page[MatterRow]) -> Rows:
    return Rows(items=[render.row(one) for one in page.items], next=page.next)
