"""Shifted coordinates: there and back, beside points known in both, and told by how they fit."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gantang.territory.rules import datum, shifted
from gantang.territory.rules.datum import Datum
from tests.real import real

points = st.tuples(st.floats(73.5, 135.0), st.floats(18.0, 53.5))
CLOSE = 1e-7


def corners(given: Any) -> Iterator[tuple[float, float]]:
    if isinstance(given[0], (int, float)):
        yield given[0], given[1]
    else:
        for each in given:
            yield from corners(each)


def city_corners(name: str) -> list[tuple[float, float]]:
    features = json.loads(real(f"ground/{name}").read_text(encoding="utf-8"))["features"]
    return [point for one in features for point in corners(one["geometry"]["coordinates"])]


@given(points, st.sampled_from(list(Datum)))
def test_what_is_shown_comes_back_within_a_ten_millionth_of_a_degree(point, given_in) -> None:  # type: ignore[no-untyped-def]
    lon, lat = datum.stored(given_in, datum.shown(given_in, point))
    assert abs(lon - point[0]) < CLOSE
    assert abs(lat - point[1]) < CLOSE


@given(points)
def test_shifts_are_hundreds_of_metres_in_china(point) -> None:  # type: ignore[no-untyped-def]
    for given_in in (Datum.GCJ02, Datum.BD09):
        assert 20 < shifted.metres(given_in, datum.shown(given_in, point)) < 2500


def test_nothing_is_shifted_abroad() -> None:
    assert datum.gcj02_of((2.35, 48.85)) == (2.35, 48.85)
    assert datum.from_gcj02((-74.0, 40.7)) == (-74.0, 40.7)


def test_wgs84_is_taken_as_it_is() -> None:
    assert datum.stored(Datum.WGS84, (116.4, 29.3)) == (116.4, 29.3)


def test_corners_of_the_cities_agree_with_the_same_corners_in_both_datums() -> None:
    """Both files are rounded to six places: half a millionth is all that they can differ by."""
    plain, shifted_ = city_corners("cities_11.geojson"), city_corners("cities_11_gcj02.geojson")
    assert len(plain) == len(shifted_) > 5000
    for ours, theirs in zip(plain, shifted_, strict=True):
        assert datum.gcj02_of(ours) == pytest.approx(theirs, abs=6e-7)
        assert datum.from_gcj02(theirs) == pytest.approx(ours, abs=6e-7)


def test_worked_point_of_both_services() -> None:
    """The published pair of a place in Beijing: 116.391, 39.907 on the ground."""
    seen = datum.gcj02_of((116.391, 39.907))
    assert seen == pytest.approx((116.397241, 39.908401), abs=1e-6)
    assert datum.bd09_of(seen) == pytest.approx((116.403614, 39.914744), abs=1e-6)


@pytest.mark.parametrize(
    ("misfits", "told"),
    [
        ((0.30, 0.01, 0.40), Datum.GCJ02),
        ((0.30, 0.25, 0.01), Datum.BD09),
        ((0.01, 0.30, 0.40), Datum.CGCS2000),
        ((0.30, 0.29, 0.40), Datum.CGCS2000),  # hardly better: chance
        ((0.0004, 0.0, 0.0), Datum.CGCS2000),  # too little to say anything
        ((0.0, 0.0, 0.0), Datum.CGCS2000),
    ],
)
def test_another_datum_is_told_only_where_it_fits_clearly_better(misfits, told) -> None:  # type: ignore[no-untyped-def]
    assert shifted.judged(dict(zip(shifted.CANDIDATES, misfits, strict=True))) is told
