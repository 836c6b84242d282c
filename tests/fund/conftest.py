"""A fund that can be kept."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.fund.books import Books
    from tests.world import World


@pytest.fixture
def books(world: "World") -> "Books":
    """The county's fund, empty, from 2025 on."""
    from tests.fund.books import open_books

    return open_books(world)
