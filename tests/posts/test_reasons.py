"""Who answers and why, in one call; what the remits say differently on two days."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation

from gantang.kit.actor import SYSTEM
from gantang.kit.clock import ZONE
from gantang.posts import queries, service
from gantang.posts.models import Appointment

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
ADMIN = replace(SYSTEM, admin=True)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)
DAY = date(2026, 11, 24)


def set_remit(world: "World", **more: Any) -> int:
    values: dict[str, Any] = {
        "klass": "facility",
        "ground": world.village,
        "duty": "handler",
        "unit": world.unit(world.village),
        "basis": "示例文件第3号",
        "valid_from": DAY,
    }
    return service.set_remit(actor=ADMIN, **{**values, **more}, now=NOW)


def test_the_reason_names_unit_remit_basis_and_what_it_goes_before(world: "World"):
    number = set_remit(world)
    found = queries.why(klass="facility.lighting", ground=world.grid, duty="handler", on=DAY)
    assert found.remit is not None and found.remit.id == number
    assert len(found.behind) >= 2 and all(len(one.ground) <= len(world.village) for one in found.behind)
    words = queries.reason_words(found)
    unit = queries.unit(world.unit(world.village)).name
    for part in (unit, f"第{number}条", "示例文件第3号", "2026-11-24", f"另有{len(found.behind)}条"):
        assert part in words
    with translation.override("en"):
        assert "remit no." in queries.reason_words(found)


def test_the_reason_says_when_nobody_answers(world: "World"):
    words = queries.reason_words(queries.why(klass="facility", ground="42", duty="handler", on=DAY))
    assert "没有单位负责" in words


def test_the_reason_says_whether_a_post_several_or_the_leader_takes_it(world: "World"):
    receiver = queries.why(klass="facility", ground=world.grid, duty="receiver", on=DAY)
    assert receiver.seat == "own" and "受理岗" in queries.reason_words(receiver)
    held = Appointment.objects.get(post=world.post("360428101", "受理岗"), valid_to=None)
    service.end_appointment(actor=ADMIN, appointment=held.pk, valid_to=DAY, now=NOW)
    vacant = queries.why(klass="facility", ground=world.grid, duty="receiver", on=DAY)
    assert vacant.seat == "leader" and "由单位负责人代办" in queries.reason_words(vacant)
    leader = Appointment.objects.get(post=world.post("360428101", "负责岗"), valid_to=None)
    service.end_appointment(actor=ADMIN, appointment=leader.pk, valid_to=DAY, now=NOW)
    nobody = queries.why(klass="facility", ground=world.grid, duty="receiver", on=DAY)
    assert nobody.seat == "nobody"


def test_two_days_differ_by_what_began_ended_and_changed_and_by_nothing_else(world: "World"):
    first, second = date(2026, 11, 25), date(2026, 12, 25)
    kept = set_remit(world)
    added = set_remit(world, duty="mediator", valid_from=date(2026, 12, 1))
    ended = set_remit(world, duty="verifier", valid_to=date(2026, 12, 1))
    was = set_remit(world, duty="arbiter", valid_to=date(2026, 12, 1))
    now = set_remit(world, duty="arbiter", unit=world.unit("360428101"), valid_from=date(2026, 12, 1))
    renewed = set_remit(world, duty="supervisor", valid_to=date(2026, 12, 1))
    set_remit(world, duty="supervisor", valid_from=date(2026, 12, 1))  # says the same: no difference
    found = queries.remit_changes(first, second, ground=world.county)
    told = [(one.kind, one.before and one.before.id, one.after and one.after.id) for one in found]
    assert sorted(told, key=str) == sorted(
        [("added", None, added), ("ended", ended, None), ("changed", was, now)], key=str
    )
    assert kept and renewed
    assert queries.remit_changes(first, first) == []
    assert queries.remit_changes(first, second, ground=world.foreign_county) == []


def test_what_is_proposed_answers_as_if_it_stood_and_changes_nothing(world: "World"):
    from gantang.posts.types import RemitChange

    before = queries.answering(klass="facility", ground=world.grid, duty="handler", on=DAY)
    assert before is not None
    remit = replace(
        queries.remit(before.remit), id=0, klass="facility", ground=world.grid, unit=world.unit("360428")
    )
    given = [RemitChange("facility", world.grid, "handler", None, remit)]
    found = queries.proposed(given, DAY).answering(klass="facility", ground=world.grid, duty="handler")
    assert found is not None and found.unit == world.unit("360428")
    assert queries.answering(klass="facility", ground=world.grid, duty="handler", on=DAY) == before
