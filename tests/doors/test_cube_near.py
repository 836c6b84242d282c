"""One half of the cube: every cell answers as ``tests/doors/cube`` says by hand, of two kinds of rows at every operation."""

import pytest

from tests.doors.cube.walk import OTHERS, WALKED, WHOLE, Cube, walk

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("place", [*WHOLE[:2], *OTHERS[::2]])
def test_every_cell_answers_as_the_page_by_hand_says(place: str, cube: Cube):
    assert walk(place, cube, WALKED[place]) == ""


@pytest.mark.prove
@pytest.mark.parametrize("place", OTHERS)
def test_every_cell_of_every_operation_answers_as_the_page_by_hand_says(place: str, cube: Cube):
    assert walk(place, cube) == ""
