"""Programs and people at the API."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache

from tests.exchange.caller import Caller

if TYPE_CHECKING:
    from tests.world import World


@pytest.fixture(autouse=True)
def _fresh_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def call(world: "World") -> Callable[[str], Caller]:
    """``call("receiver")`` is a program that acts for the post of one of the cast; ``call("")`` is nobody."""
    made: dict[str, Any] = {}

    def of(name: str = "") -> Caller:
        if name not in made:
            made[name] = Caller.acting(world, name) if name else Caller()
        return made[name]

    return of
