"""The same ground has one form, whatever the format turned round."""

from hypothesis import given
from hypothesis import strategies as st

from gantang.territory.rules import rings

SQUARE = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0))
HOLE = ((1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0))
FAR = ((10.0, 0.0), (12.0, 0.0), (11.0, 3.0))


@given(st.integers(0, 3), st.booleans(), st.booleans(), st.booleans())
def test_turning_closing_and_order_of_parts_change_nothing(start, reverse, close, swap) -> None:  # type: ignore[no-untyped-def]
    ring = SQUARE[start:] + SQUARE[:start]
    ring = ring[::-1] if reverse else ring
    ring = (*ring, ring[0]) if close else ring
    parts = [(ring, (HOLE[::-1],)), (FAR, ())]
    assert rings.same(parts[::-1] if swap else parts, [(SQUARE, (HOLE,)), (FAR, ())])


def test_a_corner_moved_by_the_last_digit_is_another_shape() -> None:
    moved = (*SQUARE[:3], (0.0, 4.000000000000001))
    assert not rings.same([(SQUARE, ())], [(moved, ())])


def test_heights_and_doubled_points_are_left_out() -> None:
    assert rings.opened([(0, 0, 5), (4, 0, 5), (4, 0, 5), (4, 4, 5), (0, 0, 5)]) == (
        (0.0, 0.0),
        (4.0, 0.0),
        (4.0, 4.0),
    )


def test_text_keeps_every_digit() -> None:
    ring = ((116.1, 29.1), (116.30000000000001, 29.1), (116.2, 29.3))
    assert (
        rings.written([(ring, ())])
        == "POLYGON ((116.1 29.1, 116.30000000000001 29.1, 116.2 29.3, 116.1 29.1))"
    )
    assert rings.written([(ring, ()), (SQUARE, (HOLE,))]).startswith("MULTIPOLYGON (((116.1 29.1")
    assert rings.written([]) == ""
