"""A list as an address names it: its filters, a page of it, what it is called, other addresses of it."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gantang.desk.counted import KEY, behind, told
from gantang.desk.ordering import TITLES as SORTS
from gantang.desk.sights import VIEWS
from gantang.faces import brakes, names
from gantang.kit import clock, replica
from gantang.kit.actor import Actor
from gantang.kit.page import Page
from gantang.matters import queries
from gantang.matters.types import Filters, MatterRow
from gantang.territory import queries as territory

CODES = {view.code: view for view in VIEWS}
#: Rows of a page, and of a page that is read for a table.
SHOWN, EXPORTED = 50, 200
#: What narrows and sorts a list, as it stands in the address.
NARROWING = ("view", "class", "ground", "state", "q", "sort", *KEY)


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
        sort=given.get("sort", "")[:8],
        counted=behind(given),
    )


def rows(request: HttpRequest, actor: Actor, cursor: str | None, most: int = SHOWN) -> Page[MatterRow]:
    """One page of the list, or of what is searched for."""
    words, now = request.GET.get("q", "").strip(), clock.now()
    if words:
        if most == SHOWN:
            brakes.searched(actor)
        filters = searched(request)
        return queries.search(actor, words=words, filters=filters, cursor=cursor, now=now, size=most)
    return queries.queue(actor, filters=filters_of(request), cursor=cursor, now=now, size=most)


def aside(request: HttpRequest, actor: Actor, cursor: str | None) -> Page[MatterRow]:
    """One page of the sheet, from the replica where there is one."""
    with replica.aside():
        return rows(request, actor, cursor, most=EXPORTED)


def searched(request: HttpRequest) -> Filters:
    """A search looks everywhere unless a view is named with it."""
    found = filters_of(request)
    return found if request.GET.get("view") else Filters(class_code=found.class_code, ground=found.ground)


def kept(request: HttpRequest) -> dict[str, str]:
    """What of the address makes the list what it is."""
    return {name: request.GET[name] for name in NARROWING if request.GET.get(name)}


def url(**given: str | None) -> str:
    """The address of another list."""
    return "?" + urlencode({name: value for name, value in given.items() if value})


def searched_title(actor: Actor, words: str, request: HttpRequest) -> str:
    """What a search is called: its words, and how many it finds."""
    found = queries.search_total(actor, words=words, filters=searched(request), now=clock.now())
    shown = {"words": words, "count": f"{found.count}+" if found.more else found.count}
    return _("搜索“%(words)s”：%(count)s件") % shown


def narrowed_to(filters: Filters) -> str:
    """What the list is narrowed to and how it is sorted, in words."""
    parts = (
        told(filters.counted, clock.now().date()) if filters.counted else "",
        names.class_path(filters.class_code, names.classes()),
        " ".join(territory.path(filters.ground)[-2:]) if filters.ground else "",
        SORTS.get(filters.sort, ""),
    )
    return " · ".join(str(part) for part in parts if part)
