"""Worlds that stand for a whole module: what a test does in them is undone, they are not made anew."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

if TYPE_CHECKING:
    from tests.doors.cube.walk import Cube
    from tests.doors.test_permissions import Place
    from tests.world import World


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> "Iterator[World]":
    """The small world, in a transaction that the whole module is in; nothing of it stays."""
    from django.db import transaction

    from tests.doors.cube.walk import small_world

    with django_db_blocker.unblock(), transaction.atomic():
        yield small_world()
        transaction.set_rollback(True)


@pytest.fixture
def undone(standing: "World") -> "Iterator[World]":
    """The same world for each test; what it does there is undone."""
    from django.db import transaction

    with transaction.atomic():
        yield standing
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def cube(standing: "World") -> "Cube":
    """Everybody who asks."""
    from tests.doors.cube.people import askers
    from tests.doors.cube.walk import Cube

    return Cube(standing, tuple(askers(standing)))


@pytest.fixture(scope="module")
def there(standing: "World") -> "Place":
    """A matter of the township and another one beside it, with a file and a document."""
    from tests.doors.test_permissions import a_place

    return a_place(standing, standing.grid)


@pytest.fixture(scope="module")
def beside(standing: "World") -> "Place":
    """The same of the next township."""
    from tests.doors.test_permissions import a_place

    return a_place(standing, standing.other_grid)


@pytest.fixture
def nowhere() -> "Place":
    """Well-formed, and there is no such thing."""
    from gantang.kit import clock, keys, numbers
    from tests.doors.test_permissions import Place

    code = keys.access_code(UUID(int=(7 << 76) | (2 << 62) | (3604 << 48) | 1), 0, 9)
    never = UUID(int=(7 << 76) | (2 << 62) | (3604 << 48) | 2)
    file, document = (str(keys.mint(3604, clock.now())) for _ in range(2))
    proof = keys.document_code(never, "receipt", 1)
    return Place(numbers.take(3604), numbers.take(3604), file, code, document, proof)
