"""The desk's map of a ground: the table says what the map shows, with or without script, with or without a map."""

import html
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from gantang.kit import clock
from gantang.territory import service
from tests.doors.test_desk import desk_of

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
PAGE = "/desk/admin/ground/map/"


def shown(desk: Client, ground: str = "") -> str:
    answer = desk.get(PAGE, {"ground": ground} if ground else {})
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def draw() -> None:
    now = clock.now()
    assert list(service.make_layers(on=now.date(), now=now))


def test_the_own_ground_comes_first_and_each_place_leads_deeper(world: "World") -> None:
    draw()
    page = shown(desk_of(world, "admin"))
    assert 'data-url="/map/360428.json"' in page
    assert 'href="?ground=360428101"' in page
    assert 'href="?ground=36"' in page


def test_villages_say_whether_they_are_urban_and_grids_that_they_are_schematic(world: "World") -> None:
    draw()
    page = shown(desk_of(world, "admin"), world.township)
    assert "城镇" in page and "乡村" in page
    assert "示意网格" in page
    grids = shown(desk_of(world, "admin"), world.grid)
    assert world.grid in grids and f'href="?ground={world.grid}"' not in grids


def test_without_a_map_the_divisions_are_told_all_the_same(world: "World") -> None:
    page = shown(desk_of(world, "admin"))
    assert "data-url" not in page
    assert "还没有地图" in page
    assert 'href="?ground=360428101"' in page


def test_a_code_that_is_none_says_so(world: "World") -> None:
    assert "没有这个区划" in shown(desk_of(world, "admin"), "999999")
