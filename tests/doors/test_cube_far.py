"""One half of the cube: every cell of far rows answers as ``tests/doors/cube`` says by hand."""

import pytest

from tests.doors.cube.walk import BESIDE, FAR, Cube, walk

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("place", [*FAR, *BESIDE[3:]])
def test_every_cell_answers_as_the_page_by_hand_says(place: str, cube: Cube):
    assert walk(place, cube) == ""
