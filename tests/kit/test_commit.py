"""The unit of work in real transactions."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from gantang.kit import keys
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading, work
from tests.kit.trial import Trial

NOW = datetime(2026, 11, 24, 8, 30, 1, 5, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("committed")


def new() -> Trial:
    return Trial(city=3604, id=keys.mint(3604, NOW), scope="360428")


def test_real_commit_and_rollback() -> None:
    row, lost = new(), new()
    with work(SYSTEM) as w:
        w.add(row)
    with pytest.raises(IntegrityError), work(SYSTEM) as w:
        w.add(lost)
        w.add(_double(row))
    with reading(SYSTEM, ids=[row.id, lost.id]):
        assert set(Trial.objects.values_list("id", flat=True)) == {row.id}


def _double(row: Trial) -> Trial:
    return Trial(city=row.city, id=row.id, scope="360428")


def test_reads_inside_are_the_orms() -> None:
    row = new()
    with CaptureQueriesContext(connection) as seen, work(SYSTEM, ids=[row.id]) as w:
        assert not Trial.objects.filter(id=row.id).exists()
        w.add(row)
    assert len([each for each in seen.captured_queries if "SELECT" in each["sql"]]) == 1
    assert isinstance(row.id, UUID)
