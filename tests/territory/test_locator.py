"""Many points at once: each has one owner, the exact rule's, in whatever order they are asked."""

from collections.abc import Sequence
from random import Random

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gantang.territory.bulk import Locator
from gantang.territory.rules import plane
from gantang.territory.rules.plane import Part, Point

HOLE = ((114.004, 27.004), (114.006, 27.004), (114.006, 27.006), (114.004, 27.006))
NUDGES = [(0.0, 0.0), (1e-7, 0.0), (-1e-12, 1e-12), (2e-16, 0.0), (0.0, -3e-15)]


def square(west: float, south: float, size: float = 0.01) -> tuple[Point, ...]:
    return ((west, south), (west + size, south), (west + size, south + size), (west, south + size))


def ground(seed: int = 1) -> dict[str, list[Part]]:
    """Crooked cells that share every corner, one with a hole that another fills, one in two parts."""
    chance = Random(seed)
    corner = {
        (x, y): (114 + x / 100 + chance.uniform(-1, 1) / 300, 27 + y / 100 + chance.uniform(-1, 1) / 300)
        for x in range(7)
        for y in range(7)
    }
    shapes: dict[str, list[Part]] = {
        f"36090200100{9 - x}{y:03}": [
            ((corner[x, y], corner[x + 1, y], corner[x + 1, y + 1], corner[x, y + 1]), ())
        ]
        for x in range(6)
        for y in range(6)
    }
    shapes["360902001001801"] = [
        (square(115, 27), (tuple((x + 1, y) for x, y in HOLE),)),
        (square(115.5, 27.5), ()),
    ]
    shapes["360902001001802"] = [(tuple((x + 1, y) for x, y in HOLE), ())]
    return shapes


def border_points(shapes: dict[str, list[Part]]) -> list[Point]:
    rings = [ring for parts in shapes.values() for outer, holes in parts for ring in (outer, *holes)]
    found: list[Point] = []
    for ring in rings:
        for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
            for share in (0.0, 0.5, 0.25, 1 / 3):
                x, y = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
                found += [(x + dx, y + dy) for dx, dy in NUDGES]
    return found


def exactly(shapes: dict[str, list[Part]], points: Sequence[Point]) -> list[str | None]:
    return [plane.decide(shapes, point) for point in points]


def test_bulk_agrees_with_the_exact_rule_on_borders_corners_and_holes() -> None:
    shapes = ground()
    points = [*border_points(shapes), (115.005, 27.005), (115.505, 27.505), (115.004, 27.005)]
    assert [one.grid for one in Locator(shapes).locate(points)] == exactly(shapes, points)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_owner_is_the_same_in_any_order_of_points_and_grids(ground_seed: int, order_seed: int) -> None:
    shapes = ground(ground_seed)
    points = border_points(shapes)
    told = dict(zip(points, (one.grid for one in Locator(shapes).locate(points)), strict=True))
    chance = Random(order_seed)
    mixed = list(shapes.items())
    chance.shuffle(mixed)
    chance.shuffle(points)
    again = [one.grid for one in Locator(dict(mixed)).locate(points)]
    assert again == [told[point] for point in points]


def test_of_overlapping_grids_the_one_that_holds_the_point_goes_before_the_border_of_a_smaller_code() -> None:
    shapes: dict[str, list[Part]] = {"1" * 15: [(square(114, 27), ())], "2" * 15: [(square(114.005, 27), ())]}
    on_border_of_first = (114.01, 27.005)
    assert plane.decide(shapes, on_border_of_first) == "2" * 15
    assert [one.grid for one in Locator(shapes).locate([on_border_of_first])] == ["2" * 15]


def test_array_and_list_of_points_are_answered_alike() -> None:
    shapes = ground()
    points = [(114.01 + n / 1e4, 27.01 + n / 2e4) for n in range(300)]
    locator = Locator(shapes)
    assert list(locator.locate(numpy.array(points))) == list(locator.locate(points))


def test_ground_without_grids_and_no_points_are_answered() -> None:
    assert [one.problem for one in Locator({}).locate([(114.0, 27.0), (27.0, 114.0)])] == [
        "outside",
        "swapped",
    ]
    assert list(Locator(ground()).locate([])) == []


@pytest.mark.parametrize("point", [(float("nan"), 27.0), (float("inf"), 27.0), (500.0, 27.0), (114.0, -91.0)])
def test_numbers_that_are_no_place_are_outside(point: Point) -> None:
    assert [one.problem for one in Locator(ground()).locate([point, (114.03, 27.03)])] == ["outside", None]
