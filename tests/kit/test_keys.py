"""Keys, access codes and numbers: unique, reversible where they must be, and wrong ones are noticed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from gantang.kit import base32, keys, numbers
from gantang.kit.actor import SYSTEM
from gantang.kit.errors import InvalidError
from gantang.kit.work import work

NOW = datetime(2026, 11, 24, 8, 30, 1, 5000, tzinfo=UTC)
EARLY, LATE = datetime(2000, 1, 1), datetime(2200, 1, 1)  # noqa: DTZ001
PLAIN = st.text(base32.ALPHABET, min_size=1, max_size=12)


# --- ids ----------------------------------------------------------------------------------------------


@given(st.integers(0, 9999), st.datetimes(EARLY, LATE, timezones=st.just(UTC)))
def test_key_tells_its_city_and_moment(city: int, at: datetime) -> None:
    key = keys.mint(city, at)
    assert (key.version, key.variant) == (7, "specified in RFC 4122")
    assert keys.city_of(key) == city
    assert timedelta(0) <= at - keys.moment_of(key) < timedelta(milliseconds=2)


def test_keys_are_ordered_by_time_and_never_equal() -> None:
    minted = [keys.mint(3604, NOW + timedelta(milliseconds=i)) for i in range(200)]
    assert minted == sorted(minted)
    assert len({keys.mint(3604, NOW) for _ in range(20_000)}) == 20_000


def test_month_bound_parts_the_months_of_local_time() -> None:
    last = datetime(2026, 10, 31, 15, 59, 59, 999000, tzinfo=UTC)
    assert (
        keys.mint(9999, last) < keys.month_bound(2026, 11) <= keys.mint(0, last + timedelta(milliseconds=1))
    )
    assert keys.month_bound(2026, 11).int & ((1 << 80) - 1) == 0


def test_key_needs_a_zone_and_a_city() -> None:
    with pytest.raises(ValueError):
        keys.mint(3604, datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError):
        keys.mint(10_000, NOW)


# --- check characters ---------------------------------------------------------------------------------


@given(PLAIN, st.data())
def test_one_check_finds_every_single_error_and_every_swap(text: str, data: st.DataObject) -> None:
    right = base32.with_check(text)
    assert base32.checks(right)
    place = data.draw(st.integers(0, len(right) - 1))
    other = data.draw(st.sampled_from(base32.ALPHABET).filter(lambda c: c != right[place]))
    assert not base32.checks(right[:place] + other + right[place + 1 :])
    a, b = sorted(data.draw(st.lists(st.integers(0, len(right) - 1), min_size=2, max_size=2, unique=True)))
    swapped = right[:a] + right[b] + right[a + 1 : b] + right[a] + right[b + 1 :]
    assert base32.checks(swapped) == (right[a] == right[b])


@given(PLAIN, st.data())
def test_two_checks_find_any_two_errors(text: str, data: st.DataObject) -> None:
    right = base32.with_two_checks(text)
    assert base32.checks_twice(right)
    wrong = list(right)
    for place in data.draw(st.lists(st.integers(0, len(right) - 1), min_size=1, max_size=2, unique=True)):
        wrong[place] = data.draw(st.sampled_from(base32.ALPHABET).filter(lambda c, at=place: c != right[at]))
    assert not base32.checks_twice("".join(wrong))


def test_codes_are_read_as_people_write_them() -> None:
    assert base32.clean(" qk7－M4r—2px ") == "QK7M4R2PX"
    assert base32.clean("ＯIl０") == "0110"
    assert base32.clean("QU1") is None
    assert base32.clean("编号") is None


@given(st.integers(3600, 3699))
def test_two_characters_name_a_city_of_the_province(city: int) -> None:
    assert base32.city_from(base32.city_pair(city), 36) == city
    assert base32.city_from(base32.city_pair(city), 45) is None


# --- access codes -------------------------------------------------------------------------------------


@given(st.uuids(), st.integers(0, 50), st.integers(1, 9))
def test_access_code_is_derived_again_and_differs_by_party_and_issue(
    some: UUID, party: int, issue: int
) -> None:
    matter = UUID(int=some.int & ~(0x3FFF << 48) | 3604 << 48)
    code = keys.access_code(matter, party, issue)
    assert code == keys.access_code(matter, party, issue)
    assert code not in {
        keys.access_code(matter, party + 1, issue),
        keys.access_code(matter, party, issue + 1),
    }
    assert len(keys.normal_code(code)) == 14 and keys.access_city(code) == 3604
    assert keys.access_hash(code) == keys.access_hash(code.lower().replace("-", " "))
    assert keys.access_hash(code) == keys.access_hash_of(matter, party, issue)
    assert keys.access_hash(code) in keys.access_hashes(code)


def test_access_code_does_not_show_the_matter() -> None:
    code = keys.normal_code(keys.access_code(keys.mint(3604, NOW), 0, 1))
    other = keys.normal_code(keys.access_code(keys.mint(3604, NOW), 0, 1))
    assert code[:2] == other[:2] and code[2:] != other[2:]


@pytest.mark.parametrize("text", ["", "QK7-M4R-2PX", "00-0000-0000-0001", "查询码", "0" * 15])
def test_wrong_access_code_is_told(text: str) -> None:
    with pytest.raises(InvalidError):
        keys.normal_code(text)


def test_codes_given_out_before_a_change_of_suite_still_open(settings: Any) -> None:
    settings.GANTANG_CRYPTO_SUITE = "sm"
    code = keys.access_code(keys.mint(3604, NOW), 0, 1)
    stored = keys.access_hash(code)
    settings.GANTANG_CRYPTO_SUITE = "intl"
    assert stored != keys.access_hash(code) and stored in keys.access_hashes(code)


# --- numbers ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_numbers_go_on_where_a_smallint_ends() -> None:
    """The counter and the block are small enough to be sent as smallints; their sum is none."""
    assert numbers._take_block(3699, seen=32_760, size=50) == 32_810
    assert numbers._take_block(3699, seen=0, size=50) == 32_860


@given(st.integers(0, numbers.SPACE - 1), st.integers(0, numbers.SPACE - 1))
def test_shuffle_is_one_to_one_within_thirty_bits(a: int, b: int) -> None:
    x, y = numbers.shuffle(3604, a), numbers.shuffle(3604, b)
    assert (x == y) == (a == b) and 0 <= x < numbers.SPACE


def test_shuffle_of_a_run_has_no_doubles_and_no_order() -> None:
    run = [numbers.shuffle(3604, value) for value in range(20_000)]
    assert len(set(run)) == 20_000
    rising = sum(a < b for a, b in pairwise(run))
    assert 9_500 < rising < 10_500
    assert [numbers.shuffle(3601, value) for value in range(20)] != run[:20]


@given(st.integers(0, numbers.SPACE - 1))
def test_number_is_read_back_as_typed_and_tells_its_city(value: int) -> None:
    number = numbers.number_for(3611, value)
    assert len(number) == 9 and numbers.city_in(number) == 3611
    assert numbers.parse(numbers.show(number)) == number == numbers.parse(number.lower())
    with pytest.raises(InvalidError):
        numbers.parse(number[:-1])


def test_numbers_are_unique_across_threads(committed: None) -> None:
    def many(_turn: int) -> list[str]:
        try:
            return [numbers.take(3604) for _ in range(120)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        taken = [number for part in pool.map(many, range(8)) for number in part]
    assert len(set(taken)) == 960


def test_number_of_a_rolled_back_act_is_not_given_again(committed: None) -> None:
    with pytest.raises(ZeroDivisionError), work(SYSTEM):
        lost = [numbers.take(3605) for _ in range(60)]
        raise ZeroDivisionError
    assert not set(lost) & {numbers.take(3605) for _ in range(120)}


def test_process_never_repeats_a_number_even_if_the_counter_went_back(committed: None) -> None:
    from gantang.kit.models import Counter

    first = {numbers.take(3606) for _ in range(60)}
    Counter.objects.filter(name="number:3606").update(value=0)
    assert not first & {numbers.take(3606) for _ in range(120)}


def test_numbers_go_on_behind_the_first_thirty_two_thousand_of_a_city(committed: None) -> None:
    from gantang.kit.models import Counter

    Counter.objects.update_or_create(name="number:3608", defaults={"value": 32_700})
    taken = [numbers.take(3608) for _ in range(200)]
    numbers.reserve(3608, 1000)
    assert len({*taken, numbers.take(3608)}) == 201
