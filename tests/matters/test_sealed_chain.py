"""The chains of protected tips, verified without any key; what somebody does to them by SQL is found."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from gantang.kit import boxes, crypto
from gantang.kit.actor import Actor
from gantang.kit.work import work
from gantang.matters.service import sealed
from gantang.matters.service.sealed import stream
from tests.kit.tables import as_owner, committed, trial_tables

__all__ = ["committed", "trial_tables"]

CHANGES = (
    "UPDATE sealed_piece SET sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40)) WHERE seq = 2",
    "UPDATE sealed_piece SET told = NULL WHERE seq = 3",
    "DELETE FROM sealed_piece WHERE seq = 2",
    "DELETE FROM sealed_piece WHERE seq = 4",
    "UPDATE sealed_head SET count = count - 1 WHERE true",
    "DELETE FROM sealed_piece WHERE seq = 4; UPDATE sealed_head SET count = 3 WHERE true",
)


@pytest.fixture
def streams(committed: None) -> Iterator[list[UUID]]:
    """Two streams of four pieces; nobody keeps a key to either."""
    made = [uuid4(), uuid4()]
    for one in made:
        with work(Actor(client="test"), ids=[one]) as w:
            pieces = stream.begin(w, one, boxes.new_pair()[1])
            for turn in range(4):
                pieces.add({"kind": "words", "turn": turn}, "示例".encode(), talk=crypto.new_key())
    yield made
    with as_owner() as link:
        link.execute("DELETE FROM sealed_piece WHERE stream = ANY(%s)", [made])
        link.execute("DELETE FROM sealed_head WHERE stream = ANY(%s)", [made])


def test_a_chain_holds_although_nobody_has_a_key_to_it(streams: list[UUID]):
    assert sealed.faults() == []


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_chain_is_found(change: str, streams: list[UUID]):
    with as_owner() as link:
        for statement in change.split(";"):
            link.execute(f"{statement} AND stream = '{streams[0]}'")
    assert sealed.faults() == [streams[0]]
