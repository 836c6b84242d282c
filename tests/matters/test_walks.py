"""Whatever anybody does on real rows: replay gives the rows, the chains hold, the counts add up."""

import os
from random import Random
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from gantang.matters import service
from tests.matters.walking import Walk

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
LONG, TURNS = int(os.environ.get("GANTANG_WALKS", "400")), int(os.environ.get("GANTANG_TURNS", "40"))


class TakenBackError(Exception):
    """Takes a walk back, so that the next one begins on bare ground."""


def walked(world: "World", chance: Random, turns: int) -> Walk:
    """Walk, look, take back. Errors: AssertionError with what was found."""
    walk = Walk(world, chance)
    try:
        with transaction.atomic():
            walk.go(turns)
            holds(walk)
            raise TakenBackError
    except TakenBackError:
        return walk


def holds(walk: Walk) -> None:
    """The chain of each matter is judged by the rebuild as it replays it."""
    rebuilt = service.rebuild(now=walk.now)
    assert rebuilt.found.differences == () and rebuilt.found.counts == (), (walk.made, rebuilt.found)
    assert rebuilt.matters >= len(walk.matters) and rebuilt.steps >= 2


@pytest.mark.slow
def test_short_walks_leave_rows_chains_and_counts_that_agree(world: "World"):
    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.integers(0, 2**32), st.integers(3, 12))
    def walks(seed: int, turns: int) -> None:
        walk = walked(world, Random(seed), turns)
        note(f"seed {seed}, {turns} turns: {walk.made}")

    walks()


def test_a_walk_goes_far_enough_to_mean_something(world: "World"):
    made: set[str] = set()
    for seed in range(3):
        made |= set(walked(world, Random(seed), 14).made)
    assert len(made) >= 8, made


@pytest.mark.prove
def test_long_walks_leave_rows_chains_and_counts_that_agree(world: "World"):
    first = int(os.environ.get("GANTANG_SEED", Random().randrange(2**32)))
    print(f"walks: {LONG} seeds from {first}")
    made: set[str] = set()
    for seed in range(first, first + LONG):
        try:
            made |= set(walked(world, Random(seed), TURNS).made)
        except BaseException:
            print(f"seed {seed}")
            raise
    print(f"moves made: {', '.join(sorted(made))}")
    assert len(made) >= min(25, LONG)
