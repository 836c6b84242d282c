"""The check that somebody took the time: no puzzle, and nothing found once serves twice."""

from datetime import timedelta
from itertools import count

import pytest

from gantang.kit import clock
from gantang.portal import human

NOW = clock.now()


def solved(token: str) -> str:
    return next(str(n) for n in count() if human.is_found(token, str(n)))


def test_a_form_that_comes_back_at_once_needs_the_number():
    token = human.sign("a", now=NOW)
    with pytest.raises(human.HastyError):
        human.check(token, "", now=NOW)
    human.check(token, solved(token), now=NOW)


def test_without_script_a_form_only_has_to_be_some_seconds_old():
    token = human.sign("a", now=NOW)
    human.check(token, "", now=NOW + human.WAIT)


def test_a_number_serves_one_token_only():
    first, second = human.sign("a", now=NOW), human.sign("b", now=NOW)
    number = next(n for n in map(str, count()) if human.is_found(first, n) and not human.is_found(second, n))
    with pytest.raises(human.HastyError):
        human.check(second, number, now=NOW)


@pytest.mark.parametrize("token", ["", "x", "a-1:forged", "a-99999999999:forged"])
def test_a_token_of_somebody_else_is_an_old_page(token: str):
    with pytest.raises(human.OldPageError):
        human.check(token, "", now=NOW)


def test_a_page_of_yesterday_is_asked_to_be_sent_again():
    token = human.sign("a", now=NOW)
    with pytest.raises(human.OldPageError):
        human.check(token, solved(token), now=NOW + human.AGE + timedelta(seconds=2))


@pytest.mark.parametrize("found", ["-1", "１", "0x1", "9" * 13, "1.0", " 1"])
def test_a_number_is_digits(found: str):
    assert not human.is_found(human.sign("a", now=NOW), found)
