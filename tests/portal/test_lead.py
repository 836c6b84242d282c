"""What the first sentence says of the time while people are asked."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from gantang.kit.clock import ZONE
from gantang.matters.types import Tracked
from gantang.matters.types.view import Clock
from gantang.portal.lead import lead

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=ZONE)
NOT_READ: Any = None  # how the deadline was computed, and the procedure


@pytest.mark.parametrize(("paused", "said"), [(True, "等的时候不计时。"), (False, "在等您回答，最迟")])
def test_time_is_said_to_stand_still_only_where_it_does(paused: bool, said: str) -> None:
    clock = Clock("state", NOW + timedelta(days=3), paused, False, NOT_READ)
    asked = Tracked(
        "QK7M4R2PX", 0, "asking", "waiting", NOW, None, "", "示例", (clock,), (), (), (), (), owner_unit=None
    )
    assert said in lead(asked, NOT_READ, "示例单位", turn=True, now=NOW).tail
