"""Many at once: one key has one effect, one version one winner, and nothing is lost or doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

from django.db import connection

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError, KeyReusedError
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters import service
from gantang.matters.errors import StaleError
from gantang.matters.models import Matter, Party
from gantang.matters.service.wake import CLOCK
from gantang.matters.types import Contact, Receipt
from gantang.outbox.models import Row
from gantang.tallies import queries as tallies
from tests.matters.acting import Course, fresh, report, row_of, told

if TYPE_CHECKING:
    from tests.world import World

MANY, AT_ONCE = 50, 10


def together(one: Callable[[int], Any]) -> list[Any]:
    """Fifty calls, ten at a time begun at the same moment; errors of ours are results."""
    start = Barrier(AT_ONCE)

    def run(turn: int) -> Any:
        start.wait(timeout=60)
        try:
            return one(turn)
        except GantangError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(MANY)))


def test_fifty_parallel_intakes_under_one_key_make_one_matter(open_world: "World"):
    made, now = report(open_world.grid, reporter=Contact(email="p@example.org"), anonymous=False), clock.now()
    actor = Actor(client="form:parallel")
    receipts = together(lambda _: service.intake(actor=actor, report=made, key="one", now=now))
    assert len(set(receipts)) == 1 and isinstance(receipts[0], Receipt)
    with reading(CLOCK, ids=[receipts[0].matter]):
        assert Matter.objects.count() == Party.objects.count() == 1
        assert ledger.length(receipts[0].city, receipts[0].matter) == 2
    assert tallies.total("in", ground="36") == Row.objects.count() == 1
    assert ledger.verify().sound and service.rebuild(now=clock.now()).sound


def test_the_same_key_with_another_body_is_refused_also_in_parallel(open_world: "World"):
    actor, now = Actor(client="form:parallel"), clock.now()

    def one(turn: int) -> Receipt:
        made = report(open_world.grid, words=f"第{turn % 2}盏路灯不亮。")
        return service.intake(actor=actor, report=made, key="one", now=now)

    found = together(one)
    refused = [each for each in found if isinstance(each, KeyReusedError)]
    assert len(refused) == MANY / 2 and {each.status for each in refused} == {422}
    with reading(CLOCK):
        assert Matter.objects.count() == 1


def test_of_fifty_parallel_moves_on_one_version_exactly_one_wins(open_world: "World"):
    course = Course(told(open_world.grid))
    version, now = row_of(course.id).version, clock.now()
    moves: list[tuple[str, Actor, dict[str, Any]]] = [
        ("pass_on", open_world.cast.receiver, {"note": "甲"}),
        ("accept", open_world.cast.receiver, {"class": "facility.lighting", "track": "ordinary"}),
        ("not_accept", open_world.cast.receiver, {"decline_ground": "repeated", "reply": "已经在办。"}),
        ("supervise", open_world.cast.supervisor, {"level": "red"}),
    ]

    def one(turn: int) -> Any:
        move, actor, answers = moves[turn % len(moves)]
        given = {"matter": course.id, "move": move, "answers": answers, "version": version}
        return service.act(actor=actor, key=fresh(), now=now, **given)

    found = together(one)
    assert [isinstance(each, StaleError) for each in found].count(True) == MANY - 1
    assert row_of(course.id).version == version + 1
    assert ledger.verify().sound and service.rebuild(now=clock.now()).sound


def test_fifty_parallel_intakes_under_keys_of_their_own_make_fifty_whole_matters(open_world: "World"):
    receipts = together(lambda _: told(open_world.grid))
    assert len({one.number for one in receipts}) == len({one.access_code for one in receipts}) == MANY
    assert tallies.total("in", ground=open_world.grid) == MANY
    assert ledger.verify().sound and service.rebuild(now=clock.now()).sound
