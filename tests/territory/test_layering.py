"""Maps: a county of real size fits, shared borders stay shared, holes stay, nothing overlaps."""

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from gantang.sample import cells
from gantang.territory import layering

Parts = list[tuple[tuple[tuple[float, float], ...], tuple[()]]]
TOWNSHIPS, VILLAGES, GRIDS = 20, 250, 1_200
COMB = cells.Honeycomb((116.3, 29.3))


def wavy(one: tuple[float, float], other: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """A border of nine corners instead of two, the same from either side."""
    turned = one > other
    (x, y), (x2, y2) = (other, one) if turned else (one, other)
    along = [
        (
            x + (x2 - x) * step / 9 + 1e-4 * math.sin(step * 1.9 + x * 900) * (step > 0),
            y + (y2 - y) * step / 9 + 1e-4 * math.cos(step * 1.7 + y * 900) * (step > 0),
        )
        for step in range(9)
    ]
    yield from ([(x2, y2), *along[:0:-1]] if turned else along)


def ring(cell: cells.Cell) -> tuple[tuple[float, float], ...]:
    corners = COMB.ring(cell)
    pairs = zip(corners, (*corners[1:], corners[0]), strict=True)
    return tuple((round(x, 6), round(y, 6)) for one, other in pairs for x, y in wavy(one, other))


def county() -> dict[str, Parts]:
    """Grids of more than fifty corners, under villages, under townships of a county 360999."""
    townships = {f"360999{100 + n}": 0 for n in range(TOWNSHIPS)}
    names = [f"{list(townships)[n % TOWNSHIPS]}{200 + n // TOWNSHIPS}" for n in range(VILLAGES)]
    sizes = {name: 5 if n < GRIDS - 4 * VILLAGES else 4 for n, name in enumerate(sorted(names))}
    sums = {one: sum(size for name, size in sizes.items() if name.startswith(one)) for one in townships}
    made: dict[str, Parts] = {}
    for township, lump in cells.divide(cells.lump(GRIDS), sums).items():
        inside = {name: size for name, size in sizes.items() if name.startswith(township)}
        for village, own in cells.divide(lump, inside).items():
            made |= {f"{village}{n:03}": [(ring(cell), ())] for n, cell in enumerate(own, 1)}
    return made


@pytest.fixture(scope="module")
def outlines() -> layering.Outlines:
    return layering.of_parts(county())


def features(drawn: layering.Drawn, digits: int) -> dict[str, Any]:
    found = json.loads(drawn.body)["features"]
    codes = {one["properties"]["code"]: shape(one["geometry"]) for one in found}
    return {code: one for code, one in codes.items() if len(code) == digits}


def about(codes: Any) -> dict[str, dict[str, Any]]:
    return {code: {"name": "示例第十二村民委员会", "urban": False} for code in codes}


def test_a_county_of_real_size_has_at_most_two_hundred_kilobytes(outlines: layering.Outlines) -> None:
    assert len(outlines) == GRIDS
    assert min(shapely.get_num_coordinates(one) for one in outlines.values()) >= 50
    villages = layering.dissolved(outlines, 12)
    drawn = layering.drawn(villages, (9, 6), about(villages))
    assert len(drawn.body) <= 200_000
    assert drawn.sound
    assert len(features(drawn, 12)) == VILLAGES
    assert len(features(drawn, 9)) == TOWNSHIPS
    assert list(features(drawn, 6)) == ["360999"]


def test_no_township_is_too_large_for_its_grids(outlines: layering.Outlines) -> None:
    for township in {code[:9] for code in outlines}:
        inside = {code: one for code, one in outlines.items() if code.startswith(township)}
        drawn = layering.drawn(inside, (12, 9), about(inside))
        assert len(drawn.body) <= 200_000
        assert features(drawn, 15).keys() == inside.keys()


@pytest.mark.slow
def test_borders_that_are_shared_stay_shared_at_every_level(outlines: layering.Outlines) -> None:
    drawn = layering.drawn(layering.dissolved(outlines, 12), (9, 6), {})
    for digits in (12, 9):
        assert shapely.coverage_is_valid(list(features(drawn, digits).values()))
    whole = features(drawn, 6)["360999"]
    for digits in (12, 9):
        united = shapely.union_all(list(features(drawn, digits).values()))
        assert united.symmetric_difference(whole).area < whole.area * 1e-6


def test_a_map_shows_the_ground_where_it_is(outlines: layering.Outlines) -> None:
    villages = layering.dissolved(outlines, 12)
    drawn = layering.drawn(villages, (9, 6), {})
    for code, one in features(drawn, 12).items():
        assert one.is_valid
        assert one.symmetric_difference(villages[code]).area < villages[code].area * 0.2


def test_a_name_has_a_place_within_its_ground(outlines: layering.Outlines) -> None:
    drawn = layering.drawn(layering.dissolved(outlines, 12), (9, 6), {})
    for one in json.loads(drawn.body)["features"]:
        place = shapely.Point(one["properties"]["at"])
        assert shape(one["geometry"]).buffer(2e-4).contains(place)


def test_a_hole_stays_open() -> None:
    outer = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    hole = ((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6))
    drawn = layering.drawn(layering.of_parts({"3": [(outer, (hole,))]}), (), {})
    (one,) = features(drawn, 1).values()
    assert not one.contains(shapely.Point(0.5, 0.5))
    assert one.area == pytest.approx(0.96, rel=0.01)


def test_grids_that_overlap_are_drawn_all_the_same_and_told() -> None:
    left = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    right = ((0.9, 0.0), (2.0, 0.0), (2.0, 1.0), (0.9, 1.0))
    drawn = layering.drawn(layering.of_parts({"11": [(left, ())], "12": [(right, ())]}), (1,), {})
    assert not drawn.sound
    (whole,) = features(drawn, 1).values()
    assert whole.area == pytest.approx(2.0, rel=0.01)


@pytest.mark.slow
def test_what_does_not_fit_even_coarse_is_left_out_from_the_narrowest(
    outlines: layering.Outlines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layering, "MOST", 30_000)
    drawn = layering.drawn(layering.dissolved(outlines, 12), (9, 6), {})
    assert not features(drawn, 12)
    assert len(features(drawn, 9)) == TOWNSHIPS


def test_ground_without_an_outline_is_an_empty_map() -> None:
    assert json.loads(layering.drawn({}, (9, 6), {}).body)["features"] == []
