"""Where a point lies, exactly: holes, parts, borders, and the usual mistakes."""

from hypothesis import given
from hypothesis import strategies as st

from gantang.territory.rules import plane

SQUARE = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0))
HOLE = ((1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0))
FAR = ((10.0, 0.0), (12.0, 0.0), (11.0, 3.0))


def test_point_in_a_hole_is_outside_and_on_its_edge_on_the_border() -> None:
    part = (SQUARE, (HOLE,))
    assert plane.side_of_part(part, (3.0, 3.0)) == "inside"
    assert plane.side_of_part(part, (1.5, 1.5)) == "outside"
    assert plane.side_of_part(part, (1.0, 1.5)) == "border"
    assert plane.side_of_part(part, (4.0, 2.0)) == "border"


def test_every_part_counts() -> None:
    shape = [(SQUARE, ()), (FAR, ())]
    assert plane.side_of_shape(shape, (11.0, 1.0)) == "inside"
    assert plane.side_of_shape(shape, (8.0, 1.0)) == "outside"


def test_border_belongs_to_the_smallest_code() -> None:
    left = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    right = ((1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0))
    shapes = {"b": [(left, ())], "a": [(right, ())]}
    assert plane.decide(shapes, (1.0, 0.5)) == "a"
    assert plane.decide(shapes, (0.5, 0.5)) == "b"
    assert plane.decide(shapes, (1.0, 1.0)) == "a"
    assert plane.decide(shapes, (3.0, 0.5)) is None


def test_closing_point_may_be_repeated() -> None:
    closed = (*SQUARE, SQUARE[0])
    for point in [(2.0, 2.0), (0.0, 2.0), (0.0, 0.0), (5.0, 2.0)]:
        assert plane.side_of_ring(closed, point) == plane.side_of_ring(SQUARE, point)


coordinates = st.floats(115.0, 117.0, allow_nan=False).map(lambda x: round(x, 6))


@given(*[coordinates] * 8, st.floats(0, 1))
def test_cells_that_share_an_edge_leave_neither_gap_nor_overlap(
    ax, ay, bx, by, cx, cy, dx, dy, share
) -> None:  # type: ignore[no-untyped-def]
    """A point very near a common edge lies in one of the two triangles, on both borders, or beyond both."""
    a, b, c, d = (ax, ay), (bx, by), (cx, cy), (dx, dy)
    if plane.turn(a, b, c) * plane.turn(a, b, d) >= 0:
        return
    p = (ax + (bx - ax) * share, ay + (by - ay) * share)
    sides = [plane.side_of_ring((a, b, c), p), plane.side_of_ring((b, a, d), p)]
    assert sides.count("inside") <= 1
    if "border" in sides and plane.turn(a, b, p) == 0:
        assert sides == ["border", "border"]


def test_swapped_coordinates_are_recognised_only_where_the_swap_lies_in_china() -> None:
    assert plane.looks_swapped(29.2, 116.4)
    assert not plane.looks_swapped(116.4, 29.2)
    assert not plane.looks_swapped(-0.1, 51.5)


def test_numbers_that_are_no_coordinates_are_not_believed() -> None:
    assert not plane.believable(float("nan"), 29.0)
    assert not plane.believable(116.0, 91.0)


def test_centroid_of_area() -> None:
    assert plane.centroid(SQUARE) == (2.0, 2.0)
    assert plane.centroid(((0.0, 0.0), (1.0, 1.0), (2.0, 2.0))) == (1.0, 1.0)
