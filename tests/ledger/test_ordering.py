"""Verifications that were asked for: made by the worker in turns, with what is left; they find what was changed."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.ledger import queries, service
from gantang.ledger.models import Verification
from gantang.ledger.types import Verifying
from tests.kit.tables import as_owner
from tests.ledger.test_parts import streams

__all__ = ["streams"]
pytestmark = pytest.mark.usefixtures("committed")
ADMIN = Actor(client="test", admin=True)


@pytest.fixture(autouse=True)
def asked(committed: None) -> Iterator[None]:
    service.order_verification(actor=ADMIN, city=3604, key="one", now=clock.now())
    yield
    with as_owner() as link:
        link.execute("DELETE FROM ledger_verification")


def shown() -> Verifying:
    (run,) = queries.verifications(3604)
    return run


def test_the_worker_finds_a_changed_step(streams: list[object]):
    assert service.verify_due(clock=clock.now) == 1
    run = shown()
    assert run.faults == 1 and run.found[0][0] == "edit" and run.found[0][3] == str(streams[7])


def test_a_long_one_is_made_in_turns_and_goes_on_with_what_is_left(
    streams: list[object], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("gantang.ledger.ordering.TURN", timedelta(0))
    monkeypatch.setattr("gantang.ledger.queries.verify_in_parts", partial(queries.verify_in_parts, each=2))
    seen = []
    while not service.verify_due(clock=clock.now):
        assert shown().in_work
        seen.append(shown().done)
    assert len(seen) > 3 and seen == list(range(1, len(seen) + 1)), "each turn does some, none twice"
    assert (shown().state, shown().done, shown().faults) == (Verification.DONE, shown().of, 1)
