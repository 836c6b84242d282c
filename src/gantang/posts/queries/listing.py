"""Units and posts, as they are."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from gantang.posts import book as kept
from gantang.posts.errors import UnknownError
from gantang.posts.models import Function, Post, Stationing, Unit
from gantang.posts.types import FUNCTIONS, PostView, StationingView, UnitView
from gantang.territory import queries as territory


def unit(number: int) -> UnitView:
    """Raises ``UnknownError``."""
    row = Unit.objects.filter(pk=number).first()
    if row is None:
        raise UnknownError(_("单位"), number)
    return unit_view(row)


def units(
    ground: str = "", *, on: date | None = None, level: int | None = None, kind: str | None = None
) -> list[UnitView]:
    """The units on a ground and below it, in the order of ground and level."""
    rows = Unit.objects.filter(ground__gte=ground, ground__lt=ground + ":") if ground else Unit.objects.all()
    rows = rows.filter(level=level) if level else rows
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(in_force(on)) if on else rows
    return [unit_view(row) for row in rows.order_by("ground", "level", "pk")]


def asset_words(*, places: bool) -> dict[str, Any]:
    """What a word of a sheet of facilities, or of ``places``, means: kinds, or services, by code; units by
    number and by a name that is one unit's alone."""
    listed = territory.place_services() if places else territory.facility_kinds()
    named: dict[str, Any] = {word: one.code for one in listed for word in (one.zh, one.en, one.code)}
    if places:
        return named
    every = units()
    many = Counter(one.name for one in every)
    named |= {one.name: one.id for one in every if many[one.name] == 1}
    return named | {str(one.id): one.id for one in every}


def unit_names(numbers: Iterable[int]) -> dict[int, str]:
    """Names of many units, kept in the process: lists cost no query for them."""
    return kept.opened().names(numbers)


def post_titles(numbers: Iterable[int]) -> dict[int, str]:
    """Titles of many posts, kept in the process as well."""
    return kept.opened().titles(numbers)


def post(number: int) -> PostView:
    """Raises ``UnknownError``."""
    found = kept.opened().post(number)
    if found is None:
        raise UnknownError(_("岗位"), number)
    return found


def posts(unit: int, on: date) -> list[PostView]:
    """The posts of a unit in force on a day."""
    return [each.post for each in kept.opened().posts_of_unit(unit, on)]


def post_words(numbers: Iterable[int]) -> dict[int, str]:
    """Posts, past and present, each with its unit: "周溪镇 · 受理岗"."""
    rows = Post.objects.filter(pk__in=set(numbers)).values_list("pk", "unit__name", "title")
    return {number: f"{unit_} · {title}" for number, unit_, title in rows}


def posts_between(unit: int, since: date, until: date) -> list[int]:
    """The posts that a unit had on any day from ``since`` to ``until``, by number."""
    rows = Post.objects.filter(unit_id=unit, valid_from__lte=until)
    return list(rows.exclude(valid_to__lte=since).order_by("pk").values_list("pk", flat=True))


def holders(unit: int, on: date) -> dict[int, int]:
    """Whose own each post of a unit is on a day, else who acts for it; vacant ones are not named."""
    staffed = kept.opened().posts_of_unit(unit, on)
    found = {each.post.id: each.holder(on) for each in staffed}
    return {post: one.account for post, one in found.items() if one is not None}


def stationed(centre: int, on: date) -> list[StationingView]:
    """The units stationed in a centre on a day."""
    rows = Stationing.objects.filter(in_force(on), centre_id=centre).order_by("way", "unit_id")
    return [StationingView(r.pk, r.centre_id, r.unit_id, r.way, r.valid_from, r.valid_to) for r in rows]


def functions(centre: int, on: date) -> dict[str, tuple[int, ...]]:
    """The five functions of a centre, each with the units that fill it on a day; none where nobody does."""
    found: dict[str, list[int]] = {one: [] for one in FUNCTIONS}
    rows = Function.objects.filter(in_force(on), centre_id=centre).order_by("unit_id")
    for function, unit_ in rows.values_list("function", "unit_id"):
        found[function].append(unit_)
    return {name: tuple(units_) for name, units_ in found.items()}


def in_force(on: date, path: str = "") -> Q:
    begun = Q(**{f"{path}valid_from__lte": on})
    return begun & (Q(**{f"{path}valid_to": None}) | Q(**{f"{path}valid_to__gt": on}))


def unit_view(row: Unit) -> UnitView:
    return UnitView(
        row.pk, row.name, row.level, row.ground, row.kind, row.parent_id, row.valid_from, row.valid_to
    )
