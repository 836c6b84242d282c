"""One key, one effect, one answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from gantang.kit import clock, keys, numbers
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import InvalidError, KeyReusedError
from gantang.kit.models import IdempotencyKey
from gantang.kit.once import forget, once
from gantang.kit.work import reading, work
from tests.kit.tables import as_owner
from tests.kit.trial import Trial

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ALICE, BOB = Actor(client="account:1", account=1), Actor(client="account:2", account=2)


def ask(actor: Actor, key: str, words: str, *, fail: bool = False) -> tuple[int | None, dict[str, object]]:
    """A made-up act: makes one row a key."""
    with work(actor) as w:
        held = once(w, actor=actor, key=key, body={"words": words})
        if held.again:
            return held.status, held.ref
        row = Trial(city=3604, id=keys.mint(3604, NOW), scope="3604")
        w.add(row)
        held.keep(201, {"matter": row.id})
        if fail:
            raise ZeroDivisionError
        return 201, {"matter": str(row.id)}


@pytest.mark.usefixtures("db", "trial_tables")
class TestOneKey:
    def test_same_key_and_body_give_the_same_answer(self) -> None:
        assert ask(ALICE, "k", "a") == ask(ALICE, "k", "a")

    def test_other_body_is_refused(self) -> None:
        ask(ALICE, "k", "a")
        with pytest.raises(KeyReusedError) as caught:
            ask(ALICE, "k", "b")
        assert caught.value.status == 422

    def test_clients_do_not_share_keys(self) -> None:
        assert ask(ALICE, "k", "a") != ask(BOB, "k", "b")

    def test_failed_act_frees_the_key(self) -> None:
        with pytest.raises(ZeroDivisionError):
            ask(ALICE, "k", "a", fail=True)
        assert ask(ALICE, "k", "other body")[0] == 201

    def test_claim_without_answer_is_a_mistake_of_the_caller(self) -> None:
        with pytest.raises(RuntimeError), work(ALICE) as w:
            once(w, actor=ALICE, key="k", body={})

    @pytest.mark.parametrize("key", ["", "x" * 201, "a\nb"])
    def test_unfit_key_is_refused(self, key: str) -> None:
        with pytest.raises(InvalidError):
            ask(ALICE, key, "a")

    def test_body_is_kept_as_a_keyed_hash_only(self) -> None:
        ask(ALICE, "k", "secret words")
        row = IdempotencyKey.objects.get(client="account:1", key="k")
        assert b"secret" not in bytes(row.body_hash) and len(bytes(row.body_hash)) == 33

    def test_keys_are_kept_ninety_days_whatever_is_asked(self) -> None:
        ask(ALICE, "k", "a")
        now = clock.now()
        mine = IdempotencyKey.objects.filter(client="account:1", key="k")
        forget(now=now + timedelta(days=89), kept=timedelta(days=1))
        assert mine.exists()
        assert forget(now=now + timedelta(days=91)) >= 1 and not mine.exists()

    def test_change_of_suite_keeps_keys(self, settings: object) -> None:
        first = ask(ALICE, "k", "a")
        settings.GANTANG_CRYPTO_SUITE = "intl"  # type: ignore[attr-defined]
        assert ask(ALICE, "k", "a") == first


def test_fifty_parallel_acts_with_numbers_do_not_wait_for_each_others_connections(committed: None) -> None:
    def call(turn: int) -> str:
        try:
            with work(ALICE) as w:
                held = once(w, actor=ALICE, key=f"key {turn}", body={})
                number = numbers.take(3607)
                held.keep(201, {"number": number})
            return number
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        assert len(set(pool.map(call, range(200)))) == 200


def test_fifty_parallel_callers_make_one_effect_and_get_one_answer(committed: None) -> None:
    start = Barrier(50)

    def call() -> tuple[int | None, dict[str, object]]:
        start.wait()
        try:
            for _turn in range(20):
                try:
                    return ask(ALICE, "same", "a")
                except Exception as error:
                    if "PoolTimeout" not in repr(error):
                        raise
            raise AssertionError("no connection")
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        answers = [each.result() for each in [pool.submit(call) for _ in range(50)]]
    assert len({(status, str(ref)) for status, ref in answers}) == 1
    matter = answers[0][1]["matter"]
    with reading(Actor(client="x")):
        assert not Trial.objects.exists()
    with reading(SYSTEM, ids=[matter]):  # type: ignore[list-item]
        assert Trial.objects.count() == 1
    with as_owner() as link:
        assert link.execute("SELECT count(*) FROM kit_trial_trial").fetchone() == (1,)
