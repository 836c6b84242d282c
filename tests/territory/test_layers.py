"""Maps are made once, kept, made anew where the ground changed, and given to anybody."""

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.test import Client
from typer.testing import CliRunner

from gantang.cli import program
from gantang.kit import clock
from gantang.kit.limits import Limit
from gantang.sample.service import BUILDER
from gantang.territory import errors, queries, service
from gantang.territory.types import LayerMade

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("changing_ground")]
EVERY = {"36", "3604", "3610", "360428", "360428101", "360428102", "361028", "361028100"}


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


def make(ground: str = "", **given: Any) -> list[LayerMade]:
    now = clock.now()
    return list(service.make_layers(ground, on=now.date(), now=now, **given))


def codes(ground: str, level: int | None = None) -> set[str]:
    found = json.loads(gzip.decompress(queries.layer(ground, level).packed))
    return {one["properties"]["code"] for one in found["features"]}


def redraw(world: "World") -> None:
    """The grid's northern corner a little further north: nobody else has it, or everybody is told."""
    [(outer, holes)] = queries.outlines(world.grid, on=world.on)[world.grid]
    moved = [[x, y + 1e-4] if place == 0 else [x, y] for place, (x, y) in enumerate(outer)]
    service.redraw_grid(actor=BUILDER, code=world.grid, parts=[(moved, holes)], now=clock.now())


def test_every_level_has_a_map_and_a_second_run_makes_none(world: "World") -> None:
    assert {one.ground for one in make()} == EVERY
    assert make() == []


def test_a_map_shows_itself_and_two_levels_below(world: "World") -> None:
    make()
    assert codes("36") == {"36", "3604", "3610", "360428", "361028"}
    assert codes("3604") == {"3604", "360428", "360428101", "360428102"}
    assert {len(code) for code in codes("360428")} == {6, 9, 12}
    assert {len(code) for code in codes("360428101")} == {9, 12, 15}
    assert codes("360428", 4) == {"360428101", "360428102"}


def test_a_village_is_cut_from_its_township(world: "World") -> None:
    make()
    grids = set(queries.codes(world.village, on=world.on))
    assert codes(world.village) == {world.village, *grids}
    assert codes(world.village, 6) == grids


def test_what_a_map_says_is_public_ground_and_nothing_else(world: "World") -> None:
    make()
    found = json.loads(gzip.decompress(queries.layer(world.township).packed))
    said = {key for one in found["features"] for key in one["properties"]}
    assert said == {"code", "name", "at", "kind", "urban", "schematic"}
    by_code = {one["properties"]["code"]: one["properties"] for one in found["features"]}
    assert by_code[world.village]["urban"] is True
    assert by_code[world.rural_village]["urban"] is False
    assert by_code[world.grid]["name"] == "第一网格"


def test_only_what_changed_is_made_anew_with_what_lies_above(world: "World") -> None:
    make()
    before = queries.layer("361028").etag, queries.layer("360428101").etag
    redraw(world)
    assert {one.ground for one in make()} == EVERY - {"3610", "361028", "361028100"}
    assert queries.layer("361028").etag == before[0]
    assert queries.layer("360428101").etag != before[1]


def test_a_run_that_was_stopped_goes_on(world: "World") -> None:
    first = {one.ground for one in make(most=1)}
    rest = {one.ground for one in make()}
    assert first == {"360428", "360428101", "360428102"}
    assert rest == EVERY - first


def test_a_city_made_from_some_of_its_counties_is_made_again_with_the_others(world: "World") -> None:
    make("360428")
    assert codes("36") == {"36", "3604", "360428"}
    make()
    assert codes("36") == {"36", "3604", "3610", "360428", "361028"}


def test_maps_of_ground_without_grids_are_let_go(world: "World") -> None:
    make()
    for code in queries.codes(world.foreign_county, on=world.on):
        service.retire_grid(actor=BUILDER, code=code, valid_to=world.on, now=clock.now())
    make()
    with pytest.raises(errors.NoMapError):
        queries.layer(world.foreign_county)
    assert codes("36") == {"36", "3604", "360428"}


def test_the_command_makes_them_and_says_how_large(world: "World") -> None:
    done = CliRunner().invoke(program(), ["ground", "layers"])
    assert done.exit_code == 0, done.output
    assert f"{len(EVERY)} 幅地图" in done.output
    again = CliRunner().invoke(program(), ["ground", "layers"])
    assert "nothing to do" in again.output


def test_anybody_gets_a_map_packed_and_once(world: "World") -> None:
    make()
    answer = Client().get("/map/360428.json", headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer["Content-Encoding"]) == (200, "gzip")
    assert answer["Content-Type"] == "application/geo+json"
    assert "public" in answer["Cache-Control"]
    plain = Client().get("/map/360428.json")
    assert plain.content == gzip.decompress(answer.content)
    assert not plain.has_header("Content-Encoding")
    again = Client().get("/map/360428.json", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_one_level_has_a_mark_of_its_own(world: "World") -> None:
    make()
    marks = {Client().get(f"/map/360428.json{ask}")["ETag"] for ask in ("", "?level=4", "?level=5")}
    assert len(marks) == 3


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("999999.json", 404, "territory.no_map"),
        ("abc.json", 404, "territory.no_map"),
        ("360428101001001.json", 404, "territory.no_map"),
        ("360428.json?level=2", 404, "territory.no_map"),
        ("360428.json?level=9", 422, "exchange.no_such_level"),
    ],
)
def test_what_there_is_no_map_of_is_told(world: "World", path: str, status: int, code: str) -> None:
    make()
    answer = Client().get(f"/map/{path}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"]


def test_before_they_are_made_the_answer_says_how_they_come(world: "World") -> None:
    answer = Client().get("/map/360428.json", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert "gantang ground layers" in answer.json()["detail"]


def test_who_asks_without_end_is_told_to_wait(world: "World", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gantang.exchange.maps.views.MAPS", Limit("exchange.map.trial", 3, 600))
    answers = [Client().get("/map/999999.json").status_code for _ in range(5)]
    assert answers == [404, 404, 404, 429, 429]
