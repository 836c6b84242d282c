"""Appending: chained, gapless, locked, codes only, behind the wall."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from gantang.kit import keys
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.work import reading, work
from gantang.ledger import queries, rules, service
from gantang.ledger.errors import NoMonthError, TextInStepError
from gantang.ledger.models import Step, StreamHead

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
CLERK = Actor(client="account:7", account=7, post=3)


def add(stream: UUID, *names: str, actor: Actor = CLERK, now: datetime = NOW, **data: Any) -> int:
    with work(actor, ids=[stream]) as w:
        return service.append(
            w,
            actor=actor,
            city=3604,
            stream=stream,
            kind="matter",
            items=[(name, data) for name in names],
            happened_at=now,
            now=now,
        )


@pytest.fixture
def stream() -> UUID:
    return keys.mint(3604, NOW)


@pytest.mark.usefixtures("db")
class TestAppend:
    def test_steps_come_back_in_order_with_who_and_when(self, stream: UUID) -> None:
        assert add(stream, "opened", "routed", unit=4, at=["a", None, True]) == 2
        assert add(stream, "closed") == 3
        with reading(SYSTEM, ids=[stream]):
            steps = queries.steps(3604, stream)
            assert queries.length(3604, stream) == 3
        assert [(step.seq, step.name) for step in steps] == [(1, "opened"), (2, "routed"), (3, "closed")]
        assert steps[0].data == {"unit": 4, "at": ["a", None, True]}
        assert (steps[0].account, steps[0].post, steps[0].client) == (7, 3, "account:7")
        assert steps[0].happened_at == steps[0].recorded_at == NOW

    def test_a_clock_put_back_over_the_border_of_a_month_hides_no_step(self) -> None:
        late = datetime(2026, 11, 30, 16, 5, tzinfo=UTC)  # five past midnight of the first, in China
        stream = keys.mint(3604, late)
        add(stream, "opened", now=late)
        add(stream, "routed", now=late - timedelta(minutes=10))
        with reading(SYSTEM, ids=[stream]):
            assert [step.name for step in queries.steps(3604, stream)] == ["opened", "routed"]

    def test_several_appends_of_one_act_write_the_head_once(self, stream: UUID) -> None:
        with work(CLERK) as w:
            service.open_stream(w, city=3604, stream=stream, kind="matter", now=NOW)
            for _turn in range(3):
                count = service.append(
                    w,
                    actor=CLERK,
                    city=3604,
                    stream=stream,
                    kind="matter",
                    items=[("a", {})],
                    happened_at=NOW,
                    now=NOW,
                )
        assert count == 3
        with reading(SYSTEM, ids=[stream]):
            assert StreamHead.objects.get().count == 3

    def test_steps_without_named_stream_are_not_seen(self, stream: UUID) -> None:
        add(stream, "opened")
        with reading(CLERK):
            assert (
                queries.steps(3604, stream) == []
                and not Step.objects.exists()
                and not StreamHead.objects.exists()
            )

    def test_rolled_back_act_leaves_no_gap(self, stream: UUID) -> None:
        add(stream, "opened")
        with pytest.raises(ZeroDivisionError), work(CLERK, ids=[stream]) as w:
            service.append(
                w,
                actor=CLERK,
                city=3604,
                stream=stream,
                kind="matter",
                items=[("x", {})],
                happened_at=NOW,
                now=NOW,
            )
            raise ZeroDivisionError
        assert add(stream, "closed") == 2

    @pytest.mark.parametrize("bad", ["张三", "x" * 201, "a\nb", 1.5, {1: 2}, {"键": 1}, b"x", [["你"]]])
    def test_step_holds_no_text(self, stream: UUID, bad: object) -> None:
        with pytest.raises(TextInStepError):
            add(stream, "opened", bad=bad)

    def test_app_may_neither_change_nor_delete_a_step(self, stream: UUID) -> None:
        add(stream, "opened")
        for query in (
            "UPDATE ledger_step SET name = 'x'",
            "DELETE FROM ledger_step",
            "TRUNCATE ledger_step",
            "DELETE FROM ledger_streamhead",
        ):
            refused = pytest.raises(DatabaseError, match="permission denied")
            with refused, reading(SYSTEM, ids=[stream]), connection.cursor() as cursor:
                cursor.execute(query)

    def test_month_without_partition_stops_with_an_alarm(self, stream: UUID) -> None:
        with pytest.raises(NoMonthError) as caught:
            add(stream, "opened", now=datetime(2050, 1, 1, tzinfo=UTC))
        assert caught.value.status == 503 and "2050-01" in caught.value.words

    def test_fourteen_months_lie_ahead(self) -> None:
        from gantang.kit import clock

        assert service.months_left(clock.now()) == 14

    def test_stream_of_a_thing_is_always_the_same(self) -> None:
        assert rules.stream_of("remit", 12) == rules.stream_of("remit", 12)
        assert rules.stream_of("remit", 12) != rules.stream_of("grid", 12) != rules.stream_of("remit", 13)

    def test_time_of_the_event_may_differ_from_that_of_the_record(self, stream: UUID) -> None:
        long_ago = NOW - timedelta(days=4000)
        with work(CLERK, ids=[stream]) as w:
            service.append(
                w,
                actor=CLERK,
                city=3604,
                stream=stream,
                kind="matter",
                items=[("a", {})],
                happened_at=long_ago,
                now=NOW,
            )
        with reading(SYSTEM, ids=[stream]):
            assert queries.steps(3604, stream)[0].happened_at == long_ago


def test_parallel_appends_make_one_gapless_chain(committed: None) -> None:
    stream = rules.stream_of("grid", 1)

    def many(_turn: int) -> None:
        try:
            for _ in range(10):
                add(stream, "changed")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(many, range(4)))
    with reading(SYSTEM, ids=[stream]):
        assert [step.seq for step in queries.steps(3604, stream)] == list(range(1, 41))
    assert queries.verify().sound


def test_months_are_added_by_the_owner_only_once(committed: None) -> None:
    from tests.kit.tables import as_owner

    far = datetime(2031, 5, 1, tzinfo=UTC)
    assert service.add_months(far, ahead=1) == 2
    assert service.add_months(far, ahead=1) == 0
    stream = keys.mint(3604, far)
    add(stream, "opened", now=far)
    with transaction.atomic(), pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ledger_step_2031_05")
    with as_owner() as link:
        assert link.execute("SELECT count(*) FROM ledger_step_2031_05").fetchone() == (1,)
        link.execute("DROP TABLE ledger_step_2031_05, ledger_step_2031_06")
