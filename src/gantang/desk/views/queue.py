"""The queue: views, the list by keyset pages, search over gists, and the panel of the matter chosen."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gantang.desk import choices, firststeps, listing, ordering, ownviews
from gantang.desk.counted import told
from gantang.desk.guard import frame, staffed
from gantang.desk.lines import Line, lines
from gantang.desk.panel import panel_of, remit_for
from gantang.desk.sights import VIEWS
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters import queries
from gantang.matters.types import Filters


@never_cache
@require_safe
@staffed
def queue(request: HttpRequest) -> HttpResponse:
    """The list, and the panel of the row named by `at` (the first one without it)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    back = request.get_full_path()
    with reading(actor):  # one transaction for all of the page
        found = listing.rows(request, actor, request.GET.get("cursor") or None)
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
    filters, words = listing.filters_of(request), request.GET.get("q", "").strip()
    view = listing.CODES[filters.view]
    narrowed = bool(words or filters.class_code or filters.ground or filters.states or filters.counted)
    return {
        "title": listing.searched_title(actor, words, request) if words else str(view.title),
        "view": view.code,
        "views": [
            {
                "url": listing.url(view=one.code, sort=filters.sort),
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
        **_sorted(request, filters, words),
        **_own(request),
        "rows": rows,
        "counted": told(filters.counted, clock.now().date()) if filters.counted else "",
        "selected": at,
        "next_url": listing.url(**listing.kept(request), cursor=cursor) if cursor else "",
        "here_url": listing.url(**listing.kept(request)) or "?",
        "export_url": reverse("desk:export") + "?" + urlencode(listing.kept(request)),
        "print_url": reverse("desk:printed") + "?" + urlencode(listing.kept(request)),
        "workbook_url": reverse("desk:export_workbook") + "?" + urlencode(listing.kept(request)),
        **_emptiness(actor, narrowed=narrowed),
        "wider_url": listing.url(view="all", q=words) if narrowed and filters.view != "all" else "",
        "panel_title": _("没有选中的事项"),
        "panel_hint": _("从左边选一件。"),
    }


def _sorted(request: HttpRequest, filters: Filters, words: str) -> dict[str, Any]:
    """How the list can be sorted; what was searched for has one order, the newest first."""
    kept = {name: text for name, text in listing.kept(request).items() if name != "sort"}
    called = {"due": _("时限"), "what": _("事由"), "place": _("地方"), "came": _("收到")}
    if words:
        return {"heads": {}, "sorts": [], "head_words": called}
    heads = ordering.heads(filters, lambda sort: listing.url(**kept, sort=sort))
    return {"heads": heads, "sorts": ordering.choices(filters), "head_words": called}


def _own(request: HttpRequest) -> dict[str, Any]:
    """The views one keeps; this list's address where it could be kept or is."""
    own, address = ownviews.own(request), ownviews.address_of(request.GET)
    plain = set(address.partition("&")[::2]) <= {f"view={code}" for code in listing.CODES} | {""}
    kept = any(one.here for one in own)
    return {"own": own, "address": "" if plain and not kept else address, "kept": kept}


def _emptiness(actor: Actor, *, narrowed: bool) -> dict[str, str]:
    """What an empty list says: a post that sees no matters has not done them all."""
    if not actor.sight:
        return {"empty": _("这个岗位不看事项"), "empty_hint": _("事项由有受理、办理、督办等职责的岗位看。")}
    if narrowed:
        return {"empty": _("没有找到"), "empty_hint": _("换个词，或放宽条件。")}
    return {"empty": _("都办完了"), "empty_hint": _("有新来的会在这里提醒。")}
