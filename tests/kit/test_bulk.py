"""Many acts in one unit of work: the same rows as one by one, all or none."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import IntegrityError

from gantang.kit import keys, numbers
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.bulk import bulk
from gantang.kit.errors import KeyReusedError
from gantang.kit.once import claim_many, kept, once
from gantang.kit.work import reading, work
from tests.kit.trial import Trial, TrialChild

NOW = datetime(2026, 11, 24, 8, 30, 1, 5, tzinfo=UTC)
CLIENT = Actor(client="import:trial")
pytestmark = pytest.mark.usefixtures("committed")

FULL = {
    "title": "题\t目\\n",
    "version": 7,
    "data": {"words": ["一", None, 1.5], "at": "x"},
    "raw": b"\x00\x01\\N",
    "at": NOW,
    "on": date(2026, 11, 24),
    "price": Decimal("12.30"),
    "flag": True,
    "tags": ["a,b", '"'],
    "others": [UUID(int=5)],
}


def new(**given: object) -> Trial:
    return Trial(city=3604, id=keys.mint(3604, NOW), scope="360428", **given)


def stored(*rows: Trial) -> list[dict[str, object]]:
    with reading(SYSTEM, ids=[row.id for row in rows]):
        found = {row["id"]: row for row in Trial.objects.values()}
    return [{name: value for name, value in found[row.id].items() if name != "id"} for row in rows]


def test_in_bulk_every_kind_of_column_is_stored_as_one_by_one() -> None:
    alone, together, empty = new(**FULL), new(**FULL), new()
    with work(SYSTEM) as w:
        w.add(alone)
    with bulk(SYSTEM) as w:
        w.add(together)
        w.add(empty)
    first, second, third = stored(alone, together, empty)
    assert first == second
    assert (third["title"], third["raw"], third["data"], third["tags"]) == (None, None, {}, [])


def test_values_are_taken_when_a_row_is_added_and_keys_are_made_by_the_server() -> None:
    row = new(title="before")
    with bulk(SYSTEM) as w:
        w.add(row)
        row.title = "after"
        w.add(TrialChild(matter_id=row.id, words="x"))
        w.add(TrialChild(matter_id=row.id, words="y"))
    assert stored(row)[0]["title"] == "before"
    with reading(SYSTEM, ids=[row.id]):
        made = list(
            TrialChild.objects.filter(matter_id=row.id).order_by("id").values_list("words", flat=True)
        )
    assert made == ["x", "y"]


def test_checks_before_the_end_may_still_add_and_one_error_undoes_all() -> None:
    row, lost = new(), new()
    with bulk(SYSTEM) as w:
        w.before_end(lambda: w.add(row))
    with pytest.raises(IntegrityError), bulk(SYSTEM) as w:
        w.add(lost)
        w.add(Trial(city=row.city, id=row.id, scope="360428"))
    with reading(SYSTEM, ids=[row.id, lost.id]):
        assert set(Trial.objects.values_list("id", flat=True)) == {row.id}


def test_many_keys_are_claimed_at_once_and_answer_like_single_ones() -> None:
    with work(CLIENT) as w:
        once(w, actor=CLIENT, key="b", body={"n": 2}).keep(201, {"matter": "two"})
    asked = {key: ({"n": n}, {"matter": key}) for n, key in enumerate("abc", start=1)}
    with bulk(CLIENT):
        assert claim_many(actor=CLIENT, asked=asked, status=201, now=NOW) == {"a", "c"}
    found = kept(actor=CLIENT, keys=["a", "b", "c", "d"])
    assert {key: one.answer({"n": n}).ref for n, (key, one) in enumerate(sorted(found.items()), start=1)} == {
        "a": {"matter": "a"},
        "b": {"matter": "two"},
        "c": {"matter": "c"},
    }
    with pytest.raises(KeyReusedError):
        found["a"].answer({"n": 9})
    with work(CLIENT) as w:
        assert once(w, actor=CLIENT, key="c", body={"n": 3}).ref == {"matter": "c"}


def test_numbers_reserved_for_a_batch_are_given_out_once() -> None:
    first = {numbers.take(3607) for _ in range(7)}
    numbers.reserve(3607, 120)
    second = {numbers.take(3607) for _ in range(130)}
    numbers.reserve(3607, 5)
    third = {numbers.take(3607) for _ in range(60)}
    assert len(first | second | third) == 7 + 130 + 60
