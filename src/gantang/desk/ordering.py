"""How a list is sorted: its columns' heads, the choices of the form, as they stand in the address."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from gantang.matters import queries
from gantang.matters.types import Filters

TITLES = {
    "due": gettext_lazy("时限早的在前"),
    "due-": gettext_lazy("时限晚的在前"),
    "new": gettext_lazy("新到的在前"),
    "old": gettext_lazy("先到的在前"),
    "place": gettext_lazy("按地方"),
    "place-": gettext_lazy("按地方，倒过来"),
}
#: What a column is sorted by: at the first press, at the second.
_HEADS = {"due": ("due", "due-"), "place": ("place", "place-"), "came": ("new", "old")}
_FALLING = ("due-", "new", "place-")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column that the list can be sorted by; ``way`` is ascending, descending or empty."""

    url: str
    way: str
    title: str | Promise


def current(filters: Filters) -> str:
    """The sort that a list has, whether the address names it or not."""
    order = queries.order_of(filters)
    return next(name for name, columns in queries.sorts_of(filters).items() if columns == order)


def choices(filters: Filters) -> list[tuple[str, str | Promise, bool]]:
    """Every sort of a list, by its name, and whether it is the one at hand."""
    here = current(filters)
    return [(name, TITLES[name], name == here) for name in queries.sorts_of(filters)]


def heads(filters: Filters, url: Callable[[str], str]) -> dict[str, Head]:
    """The heads of the columns by which this list can be sorted; ``url`` gives the address of a sort."""
    there = queries.sorts_of(filters)
    return {name: _head(pair, current(filters), url) for name, pair in _HEADS.items() if pair[0] in there}


def _head(pair: tuple[str, str], here: str, url: Callable[[str], str]) -> Head:
    first, second = pair
    to = second if here == first else first
    way = "" if here not in pair else "descending" if here in _FALLING else "ascending"
    return Head(url(to), way, TITLES[to])
