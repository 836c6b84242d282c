"""Campaigns over HTTP: ordered with a rhythm, looked into, ended."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.procedures.queries import REPEATS
from tests.exchange.caller import Caller
from tests.exchange.seed import ORDER

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def order(world: "World", **given: object) -> dict[str, object]:
    return {
        "title": {"zh": "示例：清查", "en": "Sample: a look round"},
        **ORDER,
        "grounds": [world.township],
        "since": str(world.on),
        "until": str(world.on + timedelta(days=40)),
        **given,
    }


@pytest.mark.parametrize("repeat", ["", *REPEATS])
def test_a_campaign_is_ordered_with_every_rhythm_that_there_is_and_ended(
    world: "World", call: Callable[[str], Caller], repeat: str
):
    leader = call("dispatcher")
    made = leader.post("/campaigns", order(world, repeat=repeat))
    assert made.status_code == 201, made.content
    at = f"/campaigns/{made.json()['id']}"
    assert leader.get(at).json()["repeat"] == repeat
    assert leader.get(f"{at}/coverage").json()["whole"]["opened"] == 0
    assert leader.post(f"{at}/close").json()["closed_at"]


def test_a_rhythm_that_there_is_not_is_named(world: "World", call: Callable[[str], Caller]):
    answer = call("dispatcher").post("/campaigns", order(world, repeat="yearly"))
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["details"]["fields"]] == ["body.repeat"]
