"""What the doctor asks the database: each thing that grows old is told, with what mends it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from gantang.cli.doctor import inside
from gantang.kit import clock, trouble
from gantang.outbox.models import Row
from tests.outbox.conftest import now, put

__all__ = ["now", "put"]
pytestmark = pytest.mark.django_db


def bad() -> list[str]:
    found = [one for one in inside.examine() if one.good is False]
    assert all(one.remedy for one in found)
    return [one.text for one in found]


def test_lag_is_told_once_something_should_have_left_long_ago(put: Callable[..., UUID]):
    row = put()
    assert not [one for one in bad() if "leaving by mail" in one]
    Row.objects.filter(id=row).update(next_at=clock.now() - timedelta(minutes=16))
    assert [one for one in bad() if "leaving by mail: 1" in one]


def test_dead_letters_are_told(put: Callable[..., UUID]):
    Row.objects.filter(id=put()).update(state=Row.DEAD, settled_at=clock.now())
    assert [one for one in bad() if "dead letters of mail: 1" in one]


def test_what_was_left_alone_is_told():
    for _ in range(3):
        trouble.note("clock", "7", clock.now(), "ValueError")
    assert [one for one in bad() if "left alone: 1" in one]


def test_months_of_the_ledger_and_the_calendar_of_next_year_are_looked_at():
    on = clock.now().replace(month=12, day=20)
    told = {one.text.split(" … ")[1].split(":")[0]: one.good for one in inside.examine(on)}
    assert told["months of the ledger ahead"] is True
    assert told[f"calendar of {on.year + 1}"] is False
    far = clock.now() + timedelta(days=400)
    assert [one for one in inside.examine(far) if one.good is False and "months of the ledger" in one.text]
