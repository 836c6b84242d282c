"""Limits: so many at once, as many again in a while, for each who apart, by all processes together."""

from datetime import timedelta

import pytest

from gantang.kit import clock
from gantang.kit.limits import Limit, forget, forget_held, is_spent, source, take
from gantang.kit.models import Bucket

pytestmark = pytest.mark.django_db
NOW = clock.now()
FEW = Limit("test.few", 3, 60)


def test_so_many_at_once_and_then_no_more():
    assert [take(FEW, "a", now=NOW) for _ in range(4)] == [True, True, True, False]
    assert is_spent(FEW, "a", now=NOW)


def test_it_fills_up_again_steadily_and_never_over_its_brim():
    for _ in range(3):
        take(FEW, "a", now=NOW)
    later = NOW + timedelta(seconds=20)
    assert take(FEW, "a", now=later) and not take(FEW, "a", now=later)
    long_after = NOW + timedelta(days=3)
    assert [take(FEW, "a", now=long_after) for _ in range(4)] == [True, True, True, False]


def test_a_refusal_costs_nothing():
    for _ in range(50):
        take(FEW, "a", now=NOW)
    assert take(FEW, "a", now=NOW + timedelta(seconds=20))


def test_looking_uses_nothing_up():
    assert not any(is_spent(FEW, "a", now=NOW) for _ in range(10))
    assert take(FEW, "a", now=NOW)


def test_a_clock_that_goes_back_gives_nothing_away():
    for _ in range(3):
        take(FEW, "a", now=NOW)
    take(FEW, "a", now=NOW - timedelta(hours=1))
    assert not take(FEW, "a", now=NOW)


def test_nobody_uses_up_what_is_anothers_and_no_purpose_what_is_anothers():
    for _ in range(3):
        take(FEW, "a", now=NOW)
    assert take(FEW, "b", now=NOW)
    assert take(Limit("test.other", 3, 60), "a", now=NOW)


def test_what_a_process_took_ahead_costs_the_database_no_trip(django_assert_num_queries: pytest.FixtureDef):
    frequent = Limit("test.frequent", 20, 60, block=10)
    forget_held()
    with django_assert_num_queries(2):
        assert all(take(frequent, "a", now=NOW) for _ in range(20))
    with django_assert_num_queries(1):
        assert not take(frequent, "a", now=NOW)


def test_what_was_taken_ahead_ends_with_its_time():
    frequent = Limit("test.frequent", 20, 60, block=20)
    forget_held()
    take(frequent, "a", now=NOW)
    later = NOW + timedelta(seconds=61)
    assert take(frequent, "a", now=later)
    assert not take(Limit("test.frequent", 20, 60), "a", now=later), "the block of later is a new one"


def test_who_it_was_cannot_be_read_from_the_table():
    take(FEW, "192.0.2.7", now=NOW)
    (row,) = Bucket.objects.all()
    assert len(bytes(row.who)) == 33 and b"192.0.2.7" not in bytes(row.who)


def test_what_is_long_full_again_is_forgotten():
    take(FEW, "a", now=NOW - timedelta(days=2))
    take(FEW, "b", now=NOW)
    forget(now=NOW)
    assert Bucket.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("", ""),
        ("nobody", ""),
    ],
)
def test_a_household_of_ipv6_is_one_address(address: str, counted: str):
    assert source(address) == counted
