"""The small world that everybody's tests share, and its cast: one name for each right.

It is built once, into the template database, by the sample's own service: one county with two townships of two
villages of three grids, and one township, one village and two grids in a county of another city.

    def test_neighbour_sees_nothing(world):
        queue(world.cast.neighbour)

``world.cast.<name>`` is an ``Actor`` of ``world.on``; who is who stands in ``CAST``. ``world.actor("360428", "督办岗")``
reaches every other post, ``world.post(...)`` and ``world.unit(...)`` give the ids.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from gantang.kit.actor import Actor

# name: (key of the unit, title of the post). A unit's key is its ground, or ground:department.
CAST = {
    "grid_worker": ("360428101001", "网格员001"),  # sight ends with grid 360428101001001
    "village_clerk": ("360428101001", "综治专干岗"),
    "receiver": ("360428101", "受理岗"),
    "dispatcher": ("360428101", "分拨岗"),
    "handler": ("360428101", "办理岗"),
    "mediator": ("360428101", "调解岗"),
    "leader": ("360428101", "负责岗"),
    "department_handler": ("360428:housing", "办理岗"),  # a county department, stationed in the centre
    "county_receiver": ("360428", "受理岗"),
    "county_dispatcher": ("360428", "分拨岗"),
    "county_handler": ("360428", "综合办理岗"),
    "verifier": ("360428", "回访核验岗"),
    "arbiter": ("360428", "裁定岗"),
    "supervisor": ("360428", "督办岗"),
    "county_leader": ("360428", "负责岗"),
    "admin": ("360428", "系统管理岗"),  # administers, and sees no matter by it
    "neighbour": ("360428102", "受理岗"),  # the other township
    "neighbour_handler": ("360428102", "办理岗"),
    "foreigner": ("361028", "受理岗"),  # the county of another city
    "foreign_receiver": ("361028100", "受理岗"),
    "foreign_dispatcher": ("361028100", "分拨岗"),
    "foreign_handler": ("361028100", "办理岗"),
    "foreign_verifier": ("361028", "回访核验岗"),
    "city_leader": ("3604", "负责岗"),
    "province_leader": ("36", "负责岗"),
}


def build_world() -> None:
    """Make the world in the database that Django is connected to."""
    from gantang.kit.clock import now
    from gantang.outbox.models import Row
    from gantang.sample.service import make

    make(data_dir=None, now=now(), small=True)
    Row.objects.all().delete()  # what came in is no news for a test


class Cast:
    """Actors by name, each made when it is asked for."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> "Actor": ...

    def __init__(self, world: "World") -> None:
        self._world = world

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> "Actor":
            if name not in CAST:
                raise AttributeError(f"nobody is called {name}; there are {', '.join(CAST)}")
            actor = self._world.actor(*CAST[name])
            self.__dict__[name] = actor
            return actor

    def __iter__(self) -> Iterator[str]:
        return iter(CAST)


@dataclass
class World:
    """Grounds, units and people of the small world, as they are on ``on``."""

    on: date
    county: str = "360428"
    township: str = "360428101"
    village: str = "360428101001"  # urban
    rural_village: str = "360428101200"
    grid: str = "360428101001001"
    next_grid: str = "360428101001002"
    other_township: str = "360428102"
    other_grid: str = "360428102001001"
    foreign_county: str = "361028"
    foreign_township: str = "361028100"
    foreign_grid: str = ""
    cast: Cast = field(init=False)

    def __post_init__(self) -> None:
        self.cast = Cast(self)

    def unit(self, key: str) -> int:
        """The id of a unit by its key: its ground, or ground:department."""
        return _ids().units[key]

    def post(self, unit: str, title: str) -> int:
        """The id of a post by its unit's key and its title."""
        return _ids().posts[unit, title]

    def account(self, unit: str, title: str) -> int:
        return _ids().accounts[self.post(unit, title)]

    def actor(self, unit: str, title: str) -> "Actor":
        from gantang.posts.queries import actor_of

        return actor_of(account=self.account(unit, title), post=self.post(unit, title), on=self.on)

    def account_of(self, name: str) -> int:
        """The account of one of the cast."""
        return self.account(*CAST[name])

    def username_of(self, name: str) -> str:
        from gantang.identity.queries import names

        number = self.account_of(name)
        return names([number])[number]

    @cached_property
    def point(self) -> tuple[float, float]:
        """(lon, lat) in the middle of ``grid``."""
        return self.middle(self.grid)

    def middle(self, grid: str) -> tuple[float, float]:
        from gantang.territory.queries import grid as find

        found = find(grid)
        assert found is not None and found.lon is not None and found.lat is not None
        return found.lon, found.lat


@dataclass
class _Ids:
    units: dict[str, int]
    posts: dict[tuple[str, str], int]
    accounts: dict[int, int]


_kept: list[_Ids] = []


def _ids() -> _Ids:
    """Ids are the same in every copy of the template, so they are read once a process."""
    if not _kept:
        _kept.append(_read_ids())
    return _kept[0]


def _read_ids() -> _Ids:
    from gantang.posts.models import Appointment, Post, Unit
    from gantang.sample.departments import DEPARTMENTS, SERVICES

    units: dict[str, int] = {}
    for number, ground, kind, name in Unit.objects.values_list("pk", "ground", "kind", "name"):
        departments = [each.key for each in (*DEPARTMENTS, *SERVICES) if each.name in name]
        units[
            f"{ground}:{departments[0]}" if departments and kind not in {"centre", "village"} else ground
        ] = number
    keys = {number: key for key, number in units.items()}
    posts = {
        (keys[unit], title): pk for pk, unit, title in Post.objects.values_list("pk", "unit_id", "title")
    }
    return _Ids(units, posts, dict(Appointment.objects.values_list("post_id", "account")))


@pytest.fixture
def world(db: None) -> World:
    """The small world, as on today's date."""
    from gantang.kit.clock import now

    return replace(World(now().date()), foreign_grid=_foreign_grid())


@pytest.fixture
def changing_ground(db: None) -> Iterator[None]:
    """For tests that change divisions or grids: what the process keeps of them goes with the change."""
    from gantang.territory import lookup

    _ids()  # by the grounds that units have now
    yield
    lookup.forget()


def _foreign_grid() -> str:
    from gantang.territory.queries import grids

    return grids("361028100")[0].code
