"""The county's patrol."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.patrol.lake import Lake
    from tests.world import World


@pytest.fixture
def lake(world: "World") -> "Lake":
    from tests.patrol.lake import Lake

    return Lake(world)
