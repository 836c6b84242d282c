"""The world of the cube, made once for a module."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.doors.cube.walk import Cube


@pytest.fixture(scope="module")
def cube(django_db_setup: None, django_db_blocker: Any) -> "Iterator[Cube]":
    """Everybody who asks, in a transaction that the whole module is in; nothing of it stays."""
    from django.db import transaction

    from tests.doors.cube.people import askers
    from tests.doors.cube.walk import Cube, small_world

    with django_db_blocker.unblock(), transaction.atomic():
        world = small_world()
        yield Cube(world, tuple(askers(world)))
        transaction.set_rollback(True)
