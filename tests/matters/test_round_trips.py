"""How often the database is asked: an exact bound for each path that is measured in ``bench/``.

Every statement counts, also those of the transaction and of the unit of work's one trip. Whoever needs one
more says so here.
"""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gantang.kit import clock, pipeline, scope
from gantang.matters import queries, service
from gantang.matters.types import Contact, Filters
from tests.matters.acting import CLASS, Course, fresh, report, told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


class Asked:
    """What was asked of the database in a block: single statements, and trips of several."""

    def __init__(self) -> None:
        self.single: list[str] = []
        self.trips: list[list[str]] = []

    @property
    def reads(self) -> list[str]:
        """The single statements that are neither savepoints nor settings."""
        return [one for one in self.single if not re.match(r"(SAVEPOINT|RELEASE|ROLLBACK)", one)]


@pytest.fixture
def asked() -> Iterator[Callable[[Callable[[], Any]], Asked]]:
    """``asked(call)`` makes the call twice, so that what a process keeps is warm, and counts the second."""

    def of(call: Callable[[], Any]) -> Asked:
        call()
        found, send, settings = Asked(), pipeline.send, scope._send

        def counted(raw: Any, given: Any) -> Any:
            found.trips.append([query.decode() for query, _texts in given])
            return send(raw, given)

        def entered(given: Any) -> None:
            found.trips.append(["SET LOCAL"] * len(given))
            settings(given)

        with (
            patch.object(pipeline, "send", counted),
            patch.object(scope, "_send", entered),
            CaptureQueriesContext(connection) as seen,
        ):
            call()
        found.single = [one["sql"].lstrip() for one in seen.captured_queries]
        return found

    return of


Ask = Callable[[Callable[[], Any]], Asked]


def test_a_create_reads_once_claims_once_and_writes_in_one_trip(world: "World", asked: Ask):
    def create() -> None:
        who = Contact(name="示例", phone="13900000000")
        made = report(world.grid, reporter=who, class_code=CLASS)
        service.intake(actor=world.cast.receiver, report=made, key=fresh(), now=clock.now())

    found = asked(create)
    claims = [one for one in found.reads if one.startswith("INSERT INTO kit_idempotencykey")]
    assert len(claims) == 1
    assert len(found.reads) - len(claims) <= 1  # the tokens
    assert len([trip for trip in found.trips if trip[0] != "SET LOCAL"]) == 1
    assert max(len(trip) for trip in found.trips) <= 14


def test_a_move_locks_reads_and_writes_in_one_trip(world: "World", asked: Ask):
    waiting = [Course(told(world.grid, class_code=CLASS)) for _ in range(2)]
    answers = {"class": CLASS, "track": "ordinary"}
    found = asked(lambda: waiting.pop().by(world.cast.receiver, "accept", **answers))
    assert len(found.reads) <= 6  # claim, row, shares, tokens, links, head
    assert len([trip for trip in found.trips if trip[0] != "SET LOCAL"]) == 1
    assert max(len(trip) for trip in found.trips) <= 9


@pytest.mark.parametrize("name", ["receiver", "county_dispatcher", "handler"])
def test_a_list_costs_tokens_shares_and_one_query_however_long_it_is(world: "World", asked: Ask, name: str):
    for _ in range(5):
        told(world.grid, class_code=CLASS)
    actor = getattr(world.cast, name)
    found = asked(lambda: queries.queue(actor, filters=Filters(view="open"), now=clock.now()))
    assert len(found.reads) <= 3  # tokens, shares, the list
    assert not [one for one in found.reads if "COUNT(" in one.upper() or "OFFSET" in one.upper()]


def signed_in(world: "World", name: str) -> Client:
    from gantang.identity.models import Account

    client = Client()
    client.force_login(Account.objects.get(pk=world.account_of(name)))
    return client


def test_the_page_of_a_matter_asks_for_each_thing_once(world: "World", asked: Ask):
    course = Course(told(world.grid, reporter=Contact(name="示例", phone="13900000000")))
    course.by(world.cast.receiver, "accept", **{"class": CLASS, "track": "ordinary"})
    client, row = signed_in(world, "receiver"), course.seen_by(world.cast.receiver)
    found = asked(lambda: client.get(f"/desk/matters/{row.number}/").content)
    assert (
        len(found.reads) <= 24
    )  # the documents issued, who takes part and who looked are lists of their own
    assert (
        len(found.reads) == len(set(found.reads)) or len(found.reads) - len(set(found.reads)) <= 1
    )  # the key


def test_the_queues_page_does_not_ask_by_row(world: "World", asked: Ask):
    client = signed_in(world, "receiver")
    few = [told(world.grid, class_code=CLASS)]
    first = len(asked(lambda: client.get("/desk/?view=open").content).reads)
    few += [told(world.next_grid, class_code=CLASS) for _ in range(6)]
    # two of them for the panel's suggestion and for what reads alike
    assert len(asked(lambda: client.get("/desk/?view=open").content).reads) == first <= 17


def test_a_matter_over_the_api_is_read_by_number_row_and_shares(world: "World", asked: Ask):
    number = told(world.grid).number
    found = asked(lambda: queries.get(world.cast.receiver, number, now=clock.now()))
    assert len(found.reads) <= 4  # number, row, shares, tokens
