"""The sample's peacemaker: made by services, once, wherever a start was stopped."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gantang.kit.actor import SYSTEM
from gantang.kit.clock import now
from gantang.sample import peacemakers

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
BUILDER = replace(SYSTEM, admin=True)


def test_a_start_that_was_stopped_behind_the_naming_goes_on_with_the_quarrels(world: "World"):
    story = peacemakers.Peacemakers(now())
    peacemakers._named(story, BUILDER)
    assert peacemakers.make(builder=BUILDER, now=now()) is True
    assert peacemakers.make(builder=BUILDER, now=now()) is False
