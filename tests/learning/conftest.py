"""A course that can be sat."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.world import World


@pytest.fixture
def course(world: "World") -> int:
    """The county's course with five questions, of which an exam draws three."""
    from tests.learning.school import open_course

    return open_course(world)
