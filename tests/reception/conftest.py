"""A centre that takes bookings."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.reception.booths import Place
    from tests.world import World


@pytest.fixture
def place(world: "World") -> "Place":
    """The county's centre with one service, two at a time."""
    from tests.reception.booths import open_place

    return open_place(world)
