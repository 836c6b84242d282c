"""The queue: views, the list by keyset pages, search over gists, and the panel of the matter chosen."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gantang.desk import choices, firststeps, sheet
from gantang.desk.counted import KEY, behind, told
from gantang.desk.guard import frame, staffed
from gantang.desk.lines import Line, lines
from gantang.desk.panel import panel_of, remit_for
from gantang.desk.sights import VIEWS
from gantang.faces import brakes
from gantang.kit import clock, replica
from gantang.kit.actor import Actor
from gantang.kit.page import Page
from gantang.kit.work import reading
from gantang.matters import queries
from gantang.matters.types import Filters, MatterRow
from gantang.sheets import service as sheets

CODES = {view.code: view for view in VIEWS}
#: Rows of a page, and of a page that is read for a table.
SHOWN, EXPORTED = 50, 200
#: As what a list is taken along: how it is written, and what it is called.
FORMS = {
    "csv": (sheets.write_csv, "text/csv; charset=utf-8"),
    "xlsx": (sheets.write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
#: What narrows a list, as it stands in the address.
NARROWING = ("view", "class", "ground", "state", "q", *KEY)


@never_cache
@require_safe
@staffed
def queue(request: HttpRequest) -> HttpResponse:
    """The list, and the panel of the row named by `at` (the first one without it)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    back = request.get_full_path()
    with reading(actor):  # one transaction for all of the page
        found = _rows(request, actor, request.GET.get("cursor") or None)
        rows = lines(found.items, now=now)
        at = _selected(request, rows)
        page = _page(request, actor, rows, found.next, at)
        panel = panel_of(actor, at, now=now, back=back, after=_after(rows, at)) if at else None
    context = {**frame(request, "queue"), "page": page, "panel": panel, "q": request.GET.get("q", "")}
    context["is_new"] = firststeps.is_new(request, actor.account)
    return render(request, "desk/queue.html", context)


@never_cache
@require_safe
@staffed
def panel(request: HttpRequest, number: str) -> HttpResponse:
    """The panel of one matter; with `class` as if it had that class."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    shown = panel_of(actor, number, now=clock.now(), klass=request.GET.get("class", ""))
    return render(request, "desk/parts/panel.html", {"now": clock.now(), "panel": shown})


@never_cache
@require_safe
@staffed
def remit(request: HttpRequest, number: str) -> HttpResponse:
    """Which unit would answer if the matter had the class named by `class`, and why."""
    now = clock.now()
    found = queries.get(request.actor, number, now=now)  # type: ignore[attr-defined]
    answering = remit_for(found, request.GET.get("class", ""), now=now)
    return render(request, "desk/parts/remit.html", {"remit": answering})


@never_cache
@require_safe
@staffed
def export(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """The whole list as a table, CSV or Excel, narrowed as the page is: gists, never people."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    brakes.searched(actor)
    now = clock.now()
    made = sheet.rows(lambda cursor: _aside(request, actor, cursor), now=now)
    write, media = FORMS[form]
    response = StreamingHttpResponse(write(sheet.columns(), made), content_type=media)
    response["Content-Disposition"] = f'attachment; filename="matters-{now:%Y%m%d-%H%M}.{form}"'
    return response


def filters_of(request: HttpRequest) -> Filters:
    """The filters that an address names."""
    given = request.GET
    view = given.get("view", "")
    state = given.get("state", "")
    return Filters(
        view=view if view in CODES else VIEWS[0].code,
        states=(state,) if state else (),
        class_code=given.get("class", "")[:64],
        ground=given.get("ground", "")[:15],
        counted=behind(given),
    )


def _aside(request: HttpRequest, actor: Actor, cursor: str | None) -> Page[MatterRow]:
    """One page of the sheet, from the replica where there is one."""
    with replica.aside():
        return _rows(request, actor, cursor, most=EXPORTED)


def _rows(request: HttpRequest, actor: Actor, cursor: str | None, most: int = SHOWN) -> Page[MatterRow]:
    words, now = request.GET.get("q", "").strip(), clock.now()
    if words:
        if most == SHOWN:
            brakes.searched(actor)
        filters = _searched(request)
        return queries.search(actor, words=words, filters=filters, cursor=cursor, now=now, size=most)
    return queries.queue(actor, filters=filters_of(request), cursor=cursor, now=now, size=most)


def _searched(request: HttpRequest) -> Filters:
    """A search looks everywhere unless a view is named with it."""
    found = filters_of(request)
    return found if request.GET.get("view") else Filters(class_code=found.class_code, ground=found.ground)


def _selected(request: HttpRequest, rows: list[Line]) -> str:
    wanted = request.GET.get("at", "")
    return wanted if any(row.number == wanted for row in rows) else rows[0].number if rows else ""


def _after(rows: list[Line], at: str) -> str:
    """Where to go when the chosen matter is done: the next row, else the one before it."""
    numbers = [row.number for row in rows]
    place = numbers.index(at)
    return next(iter(numbers[place + 1 : place + 2] or numbers[max(place - 1, 0) : place]), "")


def _page(
    request: HttpRequest, actor: Actor, rows: list[Line], cursor: str | None, at: str
) -> dict[str, Any]:
    filters, words = filters_of(request), request.GET.get("q", "").strip()
    view = CODES[filters.view]
    narrowed = bool(words or filters.class_code or filters.ground or filters.states or filters.counted)
    return {
        "title": _searched_title(actor, words, request) if words else str(view.title),
        "view": view.code,
        "views": [
            {
                "url": _url(view=one.code),
                "code": one.code,
                "icon": one.icon,
                "title": one.title,
                "here": one is view and not words,
            }
            for one in VIEWS
        ],
        "classes": choices.classes(),
        "grounds": choices.grounds(actor),
        "filters": filters,
        "rows": rows,
        "counted": told(filters.counted, clock.now().date()) if filters.counted else "",
        "selected": at,
        "next_url": _url(**_kept(request), cursor=cursor) if cursor else "",
        "here_url": _url(**_kept(request)) or "?",
        "export_url": reverse("desk:export") + "?" + urlencode(_kept(request)),
        "workbook_url": reverse("desk:export_workbook") + "?" + urlencode(_kept(request)),
        **_emptiness(actor, narrowed=narrowed),
        "wider_url": _url(view="all", q=words) if narrowed and filters.view != "all" else "",
        "panel_title": _("没有选中的事项"),
        "panel_hint": _("从左边选一件。"),
    }


def _emptiness(actor: Actor, *, narrowed: bool) -> dict[str, str]:
    """What an empty list says: a post that sees no matters has not done them all."""
    if not actor.sight:
        return {"empty": _("这个岗位不看事项"), "empty_hint": _("事项由有受理、办理、督办等职责的岗位看。")}
    if narrowed:
        return {"empty": _("没有找到"), "empty_hint": _("换个词，或放宽条件。")}
    return {"empty": _("都办完了"), "empty_hint": _("有新来的会在这里提醒。")}


def _searched_title(actor: Actor, words: str, request: HttpRequest) -> str:
    found = queries.search_total(actor, words=words, filters=_searched(request), now=clock.now())
    shown = {"words": words, "count": f"{found.count}+" if found.more else found.count}
    return _("搜索“%(words)s”：%(count)s件") % shown


def _kept(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in NARROWING if request.GET.get(name)}


def _url(**given: str | None) -> str:
    return "?" + urlencode({name: value for name, value in given.items() if value})
