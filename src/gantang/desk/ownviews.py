"""Views that a person keeps: a list's address without its words, called by what it is narrowed to."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest

from gantang.desk.counted import KEY
from gantang.desk.counted import TITLES as COUNTED
from gantang.desk.ordering import TITLES as SORTS
from gantang.desk.sights import VIEWS
from gantang.faces import names
from gantang.territory import queries as territory

#: What of an address a view is made of: codes, never words that were typed to search.
KEPT = ("view", "class", "ground", "state", *KEY, "sort")
_TITLES = {view.code: view.title for view in VIEWS}


@dataclass(frozen=True, slots=True)
class OwnView:
    """A view of one's own."""

    address: str
    title: str
    here: bool


def address_of(given: Mapping[str, str]) -> str:
    """The address of a list as a view: its codes, in one order; none where it is a search."""
    if given.get("q"):
        return ""
    return urlencode({name: given[name] for name in KEPT if given.get(name)})


def own(request: HttpRequest) -> list[OwnView]:
    """The views that whoever is signed in keeps, with their titles."""
    kept: list[str] = getattr(request.user, "views", [])
    parts = {one: dict(parse_qsl(one)) for one in kept}
    grounds = territory.names({one["ground"] for one in parts.values() if "ground" in one})
    here = address_of(request.GET)
    return [OwnView(one, _title(given, grounds), one == here) for one, given in parts.items()]


def _title(given: Mapping[str, str], grounds: Mapping[str, str]) -> str:
    """The view, and what narrows and sorts it."""
    parts = (
        _TITLES.get(given.get("view", ""), VIEWS[0].title),
        COUNTED.get(given.get("counted", ""), ""),
        names.classes().get(given.get("class", ""), ""),
        grounds.get(given.get("ground", ""), ""),
        SORTS.get(given.get("sort", ""), ""),
    )
    return " · ".join(str(part) for part in parts if part)
