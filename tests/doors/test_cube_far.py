"""The other half of the cube."""

import pytest

from tests.doors.cube.walk import OTHERS, WALKED, WHOLE, Cube, walk

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("place", [*WHOLE[2:], *OTHERS[1::2]])
def test_every_cell_answers_as_the_page_by_hand_says(place: str, cube: Cube):
    assert walk(place, cube, WALKED[place]) == ""
