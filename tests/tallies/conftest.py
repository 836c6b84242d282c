"""Deltas appended as acts do it."""

from collections.abc import Callable

import pytest

from gantang.tallies.types import Delta


@pytest.fixture
def add() -> Callable[[int, list[Delta]], None]:
    """Append deltas in a unit of work."""
    from gantang.kit import clock
    from gantang.kit.actor import SYSTEM
    from gantang.kit.work import work
    from gantang.tallies import service

    def append(city: int, deltas: list[Delta]) -> None:
        with work(SYSTEM) as w:
            service.add(w, city=city, deltas=deltas, now=clock.now())

    return append
