"""Whatever is done by chance to any shipped procedure: no state, clock or hand that its rules do not know, nothing that
comes to a standstill, and rows and counts that the ledger gives again."""

import os
from random import Random
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from gantang.matters import service
from tests.engine.sample import procedures
from tests.matters.ways.roaming import TWICE, Roam, goes_on

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
#: Every kind of matter that begins by itself; of a dispute each variant by its first class.
KINDS = [
    *((kind, "") for kind in TWICE if kind != "dispute"),
    *(
        ("dispute", one.serves[0].replace("*", "neighbour"))
        for one in procedures().values()
        if one.name == "dispute"
    ),
]
LONG, TURNS = int(os.environ.get("GANTANG_WALKS", "40")), int(os.environ.get("GANTANG_TURNS", "60"))


class TakenBackError(Exception):
    """Takes a walk back, so that the next one begins on bare ground."""


def roamed(world: "World", kind: str, klass: str, seed: int, turns: int) -> Roam:
    """Walk, look, take back. Errors: AssertionError with what was found."""
    roam = Roam(world, Random(seed), kind, klass)
    try:
        with transaction.atomic():
            roam.go(turns)
            rebuilt = service.rebuild(now=roam.now)
            assert (rebuilt.found.differences, rebuilt.found.counts) == ((), ()), (seed, roam.made)
            assert [one for one in roam.matters if not goes_on(roam, one)] == [], (seed, roam.made)
            raise TakenBackError
    except TakenBackError:
        return roam


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "klass"),
    [
        pytest.param(*one, marks=[] if one in (("request", ""), ("screening", "")) else [pytest.mark.slow])
        for one in KINDS
    ],
)
def test_a_walk_by_chance_breaks_no_rule_and_leaves_rows_that_the_ledger_gives_again(
    kind: str, klass: str, world: "World"
):
    made = {move for seed in range(2) for move in roamed(world, kind, klass, seed, 14).made}
    assert len(made) >= 4, made


@pytest.mark.prove
@pytest.mark.parametrize(("kind", "klass"), KINDS)
def test_long_walks_by_chance_break_no_rule(kind: str, klass: str, world: "World"):
    first = int(os.environ.get("GANTANG_SEED", Random().randrange(2**32)))
    print(f"walks of {kind} {klass}: {LONG} seeds from {first}")
    made: set[str] = set()
    for seed in range(first, first + LONG):
        try:
            made |= set(roamed(world, kind, klass, seed, TURNS).made)
        except BaseException:
            print(f"seed {seed}")
            raise
    print(f"moves made: {', '.join(sorted(made))}")
    assert len(made) >= 8
