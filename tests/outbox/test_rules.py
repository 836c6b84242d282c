"""When a row is tried again, and what may stand in it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from gantang.outbox import rules


def test_pauses_double_and_stay_below_six_hours() -> None:
    middle = [rules.wait(n, jitter=0.5) for n in range(1, 13)]
    assert middle[:3] == [timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=120)]
    assert middle == sorted(middle) and middle[-1] == timedelta(hours=6)


def test_jitter_spreads_a_pause_by_a_fifth_each_way() -> None:
    assert rules.wait(1, jitter=0.0) == timedelta(seconds=24)
    assert rules.wait(1, jitter=0.999) < timedelta(seconds=36)


def test_message_id_is_stable_and_tells_recipients_apart() -> None:
    stream = uuid4()
    first = rules.message_id(
        stream=stream, kind="a", version=1, refs={"party": 1, "x": 2}, domain="d.example"
    )
    again = rules.message_id(
        stream=UUID(str(stream)), kind="a", version=1, refs={"x": 2, "party": 1}, domain="d.example"
    )
    other = rules.message_id(
        stream=stream, kind="a", version=1, refs={"party": 2, "x": 2}, domain="d.example"
    )
    assert first == again != other


@pytest.mark.parametrize("refs", [{"name": "王秀英"}, {"text": "a\nb"}, {"x": {"deep": 1}}, {"x": "a" * 121}])
def test_a_row_takes_codes_and_ids_only(refs: dict[str, object]) -> None:
    assert not rules.references_only(refs)


def test_codes_ids_and_lists_of_them_may_stand_in_a_row() -> None:
    assert rules.references_only({"party": 1, "step": str(uuid4()), "units": [1, 2], "reason": None})
