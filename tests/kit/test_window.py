"""What is read once in a window, and when it is read anew."""

from typing import Any

import pytest

from gantang.kit import tokens, window
from gantang.kit.actor import SYSTEM
from gantang.kit.models import Counter
from gantang.kit.work import reading, work


def counted() -> Any:
    """A reader that says how often it was asked."""
    asked: list[int] = []

    def read() -> int:
        asked.append(1)
        return len(asked)

    return read


def test_a_thing_is_read_once_in_a_window_and_each_time_without_one() -> None:
    read = counted()
    assert [window.once("x", read), window.once("x", read)] == [1, 2]
    with window.window():
        assert [window.once("x", read), window.once("x", read)] == [3, 3]
    assert window.once("x", read) == 4


def test_a_window_in_another_one_is_that_other_one() -> None:
    read = counted()
    with window.window():
        first = window.once("x", read)
        with window.window():
            assert window.once("x", read) == first
        assert window.once("x", read) == first


def test_what_was_forgotten_is_read_anew() -> None:
    read = counted()
    with window.window():
        window.once("x", read)
        window.forget()
        assert window.once("x", read) == 2


@pytest.mark.django_db
def test_a_unit_of_work_that_wrote_ends_what_was_held() -> None:
    read = counted()
    with window.window():
        with work(SYSTEM):
            window.once("x", read)
        assert window.once("x", read) == 1
        with work(SYSTEM) as w:
            w.add(Counter(name="window", value=1))
        assert window.once("x", read) == 2


@pytest.mark.django_db
def test_a_unit_of_work_that_failed_ends_what_was_held() -> None:
    read = counted()
    with window.window():
        with pytest.raises(ZeroDivisionError), work(SYSTEM):
            window.once("x", read)
            raise ZeroDivisionError
        assert window.once("x", read) == 2


@pytest.mark.django_db
def test_the_tokens_of_all_rooms_come_by_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1), window.window():
        names = ("catalogue", "posts.remits", "posts.staff", "procedures", "nobody's")
        assert [bool(tokens.token(name)) for name in names] == [True, True, True, True, False]


@pytest.mark.django_db
def test_a_read_in_a_read_of_the_same_sight_is_a_part_of_it(django_assert_num_queries: Any) -> None:
    with reading(SYSTEM), django_assert_num_queries(0), reading(SYSTEM):
        pass
    with reading(SYSTEM), django_assert_num_queries(2), work(SYSTEM):
        pass
