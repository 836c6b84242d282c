"""Gaps and overlaps between grids: found where they are, and not where there are none."""

import math

import pytest
import shapely
import shapely.affinity
from hypothesis import given, settings
from hypothesis import strategies as st

from gantang.territory import coverage

CELL, WIDTH = 0.01, 8


def cells(width: int = WIDTH) -> dict[str, shapely.Polygon]:
    """A chessboard of squares, in codes of one village a column."""
    return {
        f"36090200100{column}{row:03}": shapely.box(
            114 + column * CELL, 27 + row * CELL, 114 + (column + 1) * CELL, 27 + (row + 1) * CELL
        )
        for column in range(width)
        for row in range(width)
    }


def faces(shapes: dict[str, shapely.Geometry]) -> list[coverage.Face]:
    return coverage.faces(shapes, least=1)


def test_sound_ground_has_neither() -> None:
    assert faces(cells()) == []
    assert faces({}) == []


def test_a_border_that_only_one_side_has_a_corner_on_is_sound() -> None:
    left = shapely.Polygon([(114, 27), (114.01, 27), (114.01, 27.004), (114.01, 27.01), (114, 27.01)])
    assert faces({"a": left, "b": shapely.box(114.01, 27, 114.02, 27.01)}) == []


def test_missing_grid_is_a_gap_with_its_neighbours_and_its_size() -> None:
    shapes = cells()
    taken = shapes.pop("360902001003003")
    [gap] = faces(shapes)
    assert gap.covered == 0
    assert len(gap.grids) == 8
    assert shapely.contains_xy(taken, *gap.point)
    metres = CELL * 111_320
    assert gap.square_metres == pytest.approx(metres * metres * math.cos(math.radians(27.035)), rel=1e-3)


def test_grid_drawn_over_its_neighbour_is_an_overlap_of_the_two() -> None:
    shapes = cells()
    code = "360902001003003"
    west, south, east, north = shapes[code].bounds
    shapes[code] = shapely.box(west, south, east + CELL / 4, north)
    [overlap] = faces(shapes)
    assert overlap.covered == 2
    assert overlap.grids == (code, "360902001004003")
    assert overlap.point[0] > east


def test_the_same_outline_twice_is_an_overlap_at_the_rim_too() -> None:
    shapes = cells(1)
    shapes["360902001009999"] = shapes["360902001000000"]
    [overlap] = faces(shapes)
    assert overlap.grids == ("360902001000000", "360902001009999")


def test_grid_within_another_is_an_overlap_and_in_its_hole_is_not() -> None:
    outer, inner = shapely.box(114, 27, 114.1, 27.1), shapely.box(114.04, 27.04, 114.06, 27.06)
    assert [one.covered for one in faces({"a": outer, "b": inner})] == [2]
    assert faces({"a": shapely.difference(outer, inner), "b": inner}) == []
    assert [one.covered for one in faces({"a": shapely.difference(outer, inner)})] == [0]


def test_what_is_smaller_than_asked_for_is_left_out() -> None:
    thin = 1e-6  # about ten centimetres
    shapes = {"a": shapely.box(114, 27, 114.01, 27.01), "b": shapely.box(114.01 - thin, 27, 114.02, 27.01)}
    assert [one.covered for one in coverage.faces(shapes, least=50)] == [2]
    assert coverage.faces(shapes, least=500) == []


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_areas_are_those_of_plain_geometry(data: st.DataObject) -> None:
    """Beside it: the union and the sums of all pairs, of squares pushed about at random."""
    push = st.floats(-CELL / 3, CELL / 3, allow_nan=False)
    shapes = {
        code: shapely.affinity.translate(shape, round(data.draw(push), 6), round(data.draw(push), 6))
        for code, shape in list(cells(3).items())
    }
    union = shapely.union_all(list(shapes.values()))
    holes = sum(shapely.Polygon(ring).area for part in shapely.get_parts(union) for ring in part.interiors)
    found = coverage.faces(shapes, least=0)
    unit = (111_320**2) * math.cos(math.radians(27.015))
    gaps = sum(one.square_metres for one in found if one.covered == 0)
    assert gaps == pytest.approx(holes * unit, rel=2e-3, abs=unit * 1e-10)
    extra = sum(one.square_metres * (one.covered - 1) for one in found if one.covered > 1)
    doubled = sum(shape.area for shape in shapes.values()) - union.area
    assert extra == pytest.approx(doubled * unit, rel=2e-3, abs=unit * 1e-10)
