"""Whatever this machine's clock says or does, a process that looked goes by the database's."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from gantang.kit import clock, timekeeping

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=400)
ABOUT = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def own() -> Iterator[None]:
    """No other test goes by what was kept here."""
    yield
    clock.let_go()


def shift(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    monkeypatch.setattr(clock, "here", lambda: datetime.now(clock.ZONE) + by)


def is_right() -> bool:
    return abs(clock.now() - datetime.now(clock.ZONE)) < ABOUT


@pytest.mark.parametrize("by", [DAYS, -DAYS, timedelta(seconds=90), timedelta(seconds=-90)])
def test_clock_that_is_off_is_told_and_not_gone_by(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    shift(monkeypatch, by)
    assert not is_right()
    assert abs(timekeeping.look() - by) < ABOUT
    assert is_right()
    assert clock.now().tzinfo is clock.ZONE


@pytest.mark.parametrize("by", [DAYS, -DAYS])
def test_jump_between_two_looks_changes_nothing_forward_or_back(
    monkeypatch: pytest.MonkeyPatch, by: timedelta
) -> None:
    timekeeping.look()
    before = clock.now()
    shift(monkeypatch, by)
    assert timedelta(0) <= clock.now() - before < ABOUT
    shift(monkeypatch, timedelta(0))
    assert timedelta(0) <= clock.now() - before < ABOUT


def test_own_clock_is_kept_where_the_two_hardly_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    shift(monkeypatch, timedelta(seconds=2))
    timekeeping.look()
    assert clock.now() > datetime.now(clock.ZONE) + timedelta(seconds=1)


def test_looking_from_outside_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shift(monkeypatch, DAYS)
    assert abs(timekeeping.ahead() - DAYS) < ABOUT
    assert clock.now() > datetime.now(clock.ZONE) + ABOUT
