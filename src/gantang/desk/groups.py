"""What the page of one standing group shows: its members, and the posts that may join it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from gantang.catalogue.errors import NotYoursError
from gantang.desk.posts import MEMBER_ROLES
from gantang.posts import queries
from gantang.posts.errors import UnknownError
from gantang.posts.types import GroupView, UnitView

Pairs = list[tuple[str, str]]


def lines(found: Iterable[GroupView], on: date) -> list[dict[str, Any]]:
    """Groups with the posts in them; posts answer, not persons."""
    groups = list(found)
    members = {one.id: queries.members(one.id, on=on) for one in groups}
    units = queries.unit_names(
        [*(one.unit for one in groups), *(m.post.unit for some in members.values() for m in some)]
    )
    return [
        {
            "group": one,
            "office": units.get(one.unit, ""),
            "members": [
                {
                    "membership": m.membership,
                    "role": MEMBER_ROLES[m.role],
                    "unit": units.get(m.post.unit, ""),
                    "title": m.post.title,
                    "vacant": m.account is None,
                    "acting": m.acting,
                }
                for m in members[one.id]
            ],
        }
        for one in groups
    ]


def found(number: int, ground: str, on: date) -> GroupView:
    """A group of the ground that one administers. Errors: UnknownError, NotYoursError."""
    group = queries.group(number, on=on)
    if not group.ground.startswith(ground):
        raise NotYoursError
    return group


def membership(group: int, given: str, on: date) -> int:
    """A membership of just this group. Errors: UnknownError."""
    if given not in {str(one.membership) for one in queries.members(group, on=on)}:
        raise UnknownError(_("小组成员"), given)
    return int(given)


def near(home: UnitView, on: date) -> Pairs:
    """The units of the own ground and of the one below it: more would not be a list to choose from."""
    some = [
        one
        for level in (home.level, home.level + 1)
        for one in queries.units(home.ground, on=on, level=level)
    ]
    return [(str(one.id), one.name) for one in some]


def posts(unit: str, ground: str, on: date) -> Pairs:
    """The posts of a unit on the own ground, for a list; none of any other."""
    if not unit.isdecimal() or not queries.unit(int(unit)).ground.startswith(ground):
        return []
    return [(str(one.id), one.title) for one in queries.posts(int(unit), on)]
