"""Divisions, grids and points in the database."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction

from gantang.kit.actor import SYSTEM
from gantang.kit.clock import ZONE
from gantang.ledger import queries as ledger
from gantang.territory import queries, service
from gantang.territory.errors import GroundError, NotAdminError
from gantang.territory.models import Division, Grid
from gantang.territory.types import NewGrid, Ring
from tests.world import World

pytestmark = pytest.mark.django_db
ADMIN = replace(SYSTEM, admin=True)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)
TODAY = NOW.date()
VILLAGE = "360902001001"  # far from the sample


def square(west: float, south: float, size: float = 0.01) -> Ring:
    return ((west, south), (west + size, south), (west + size, south + size), (west, south + size))


def make(*parts: tuple[Ring, tuple[Ring, ...]], village: str = VILLAGE, kind: str = "basic") -> str:
    grid = NewGrid(village, tuple(parts), kind=kind)
    return service.make_grids(actor=ADMIN, grids=[grid], valid_from=TODAY, now=NOW)[0]


def test_all_divisions_of_five_levels_are_there() -> None:
    assert [len(queries.within("36", level=level, on=TODAY)) for level in range(1, 6)] == [
        1,
        11,
        100,
        1767,
        22080,
    ]


def test_second_seed_adds_nothing() -> None:
    assert service.seed() == 0


def test_path_names_every_level(world: World) -> None:
    assert queries.path(world.grid) == ("江西省", "九江市", "都昌县", "周溪镇", "新镇居委会", "第一网格")


def test_names_of_many_cost_two_queries_once(world: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    from gantang.territory import lookup

    lookup.forget()
    with django_assert_num_queries(2):
        assert len(queries.names([world.grid, world.next_grid, "360428", "36"])) == 4
    with django_assert_num_queries(0):
        queries.names([world.grid, "36"])


def test_ended_code_is_not_in_force_and_leads_to_its_successors() -> None:
    assert queries.exists("360427", date(2015, 1, 1))
    assert not queries.exists("360427", TODAY)
    assert queries.successors("360427") == ("360482", "360483")
    assert queries.successors("360428") == ("360428",)


def test_urban_and_rural_follow_the_statistical_class_then_the_code() -> None:
    assert queries.is_urban("360428101001") is True
    assert queries.is_urban("360428101200001") is False
    assert queries.is_urban("360428101") is None
    Division.objects.filter(pk="360428101201").update(urban_class="121")
    assert queries.is_urban("360428101201") is True


def test_point_finds_its_grid_and_village(world: World) -> None:
    found = queries.locate(*world.point, on=TODAY)
    assert (found.grid, found.division, found.problem) == (world.grid, world.village, None)


def test_swapped_point_is_told_before_it_is_outside(world: World) -> None:
    lon, lat = world.point
    assert queries.locate(lat, lon, on=TODAY).problem == "swapped"


@pytest.mark.parametrize("point", [(116.0, 39.9), (0.0, 0.0), (float("nan"), 29.0), (500.0, 29.0)])
def test_point_outside_all_grids_is_told(point: tuple[float, float]) -> None:
    assert queries.locate(*point, on=TODAY).problem == "outside"


def test_common_border_belongs_to_the_smaller_code() -> None:
    west, east = make((square(114.0, 27.0), ())), make((square(114.01, 27.0), ()))
    for point in [(114.01, 27.005), (114.01, 27.0), (114.01, 27.01)]:
        assert queries.locate(*point, on=TODAY).grid == west
    assert queries.locate(114.0100001, 27.005, on=TODAY).grid == east
    assert queries.locate(114.0099999, 27.005, on=TODAY).grid == west


def test_hole_is_outside_and_another_grid_may_fill_it() -> None:
    hole = square(114.004, 27.004, 0.002)
    outer = make((square(114.0, 27.0), (hole,)))
    assert queries.locate(114.005, 27.005, on=TODAY).problem == "outside"
    inner = make((hole, ()))
    assert queries.locate(114.005, 27.005, on=TODAY).grid == inner
    assert queries.locate(114.004, 27.005, on=TODAY).grid == outer


def test_every_part_of_a_grid_counts() -> None:
    code = make((square(114.0, 27.0), ()), (square(114.5, 27.5), ()))
    assert queries.locate(114.505, 27.505, on=TODAY).grid == code


def test_grid_holds_points_only_while_it_is_valid() -> None:
    code = make((square(114.0, 27.0), ()))
    service.retire_grid(actor=ADMIN, code=code, valid_to=date(2026, 12, 1), now=NOW)
    assert queries.locate(114.005, 27.005, on=date(2026, 11, 23)).grid is None
    assert queries.locate(114.005, 27.005, on=date(2026, 11, 30)).grid == code
    assert queries.locate(114.005, 27.005, on=date(2026, 12, 1)).grid is None


def test_redrawn_grid_keeps_its_code_and_its_former_shape() -> None:
    code = make((square(114.0, 27.0), ()))
    service.redraw_grid(actor=ADMIN, code=code, parts=((square(114.3, 27.3), ()),), now=NOW)
    assert queries.locate(114.005, 27.005, on=TODAY).grid is None
    assert queries.locate(114.305, 27.305, on=TODAY).grid == code
    found = Grid.objects.get(pk=code)
    assert found.version == 2
    assert found.parts.count() == 2


def test_retired_number_is_never_given_again() -> None:
    first = make((square(114.0, 27.0), ()))
    service.retire_grid(actor=ADMIN, code=first, valid_to=date(2026, 12, 1), now=NOW)
    assert make((square(114.0, 27.0), ())) == VILLAGE + "002"
    assert make((square(114.1, 27.0), ()), kind="dedicated") == VILLAGE + "801"


def test_retired_code_cannot_be_taken_by_sql_either() -> None:
    code = make((square(114.0, 27.0), ()))
    service.retire_grid(actor=ADMIN, code=code, valid_to=date(2026, 12, 1), now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grid.objects.create(code=code, village_id=VILLAGE, name="", kind="basic", valid_from=TODAY)


def test_grid_row_cannot_be_deleted_by_the_app() -> None:
    code = make((square(114.0, 27.0), ()))
    with (
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM territory_grid WHERE code = %s", [code])


def test_code_must_say_its_village() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Grid.objects.create(
            code="360902001002001", village_id=VILLAGE, name="", kind="basic", valid_from=TODAY
        )


@pytest.mark.parametrize("village", ["360902001", "360902001999", "999999999999"])
def test_grid_lies_only_in_a_village_in_force(village: str) -> None:
    with pytest.raises(GroundError, match="no_village"):
        make(village=village)


def test_only_an_administering_post_changes_ground(world: World) -> None:
    with pytest.raises(NotAdminError):
        service.make_grids(actor=world.cast.leader, grids=[], valid_from=TODAY, now=NOW)


def test_change_of_ground_is_a_step_of_the_village(world: World) -> None:
    from gantang.kit.work import reading
    from gantang.ledger.rules import stream_of

    make((square(114.0, 27.0), ()))
    stream = stream_of("ground", VILLAGE)
    with reading(ADMIN, ids=[stream]):
        assert [step.name for step in ledger.steps(3609, stream)] == ["grid.made"]


NUDGES = [(0.0, 0.0), (1e-7, 0.0), (-1e-7, 1e-7), (2e-6, -2e-6), (1e-12, 1e-12)]


def test_one_by_one_and_in_bulk_agree_on_corners_edges_and_holes(world: World) -> None:
    hole = square(114.004, 27.004, 0.002)
    make((square(114.0, 27.0), (hole,)), (square(114.5, 27.5), ()))
    make((hole, ()))
    shapes = {**queries.outlines(world.village, on=TODAY), **queries.outlines(VILLAGE, on=TODAY)}
    rings = [ring for parts in shapes.values() for outer, holes in parts for ring in [outer, *holes]]
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for ring in rings for a, b in pairwise(ring)]
    corners = [(x, y) for ring in rings for x, y in ring]
    points = [(x + dx, y + dy) for x, y in corners + middles for dx, dy in NUDGES]
    assert list(queries.locator("36", on=TODAY).locate(points)) == [
        queries.locate(*p, on=TODAY) for p in points
    ]


def test_bulk_tells_swapped_and_outside_as_well(world: World) -> None:
    lon, lat = world.point
    found = queries.locator("36", on=TODAY).locate([(lat, lon), (0.0, 0.0), (float("nan"), 1.0), (lon, lat)])
    assert [each.problem for each in found] == ["swapped", "outside", "outside", None]


@pytest.mark.slow
def test_reading_one_point_loads_no_numpy() -> None:
    code = "import sys, django; django.setup(); import gantang.territory.queries, gantang.territory.service; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
