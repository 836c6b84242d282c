"""A broken facility becomes a matter: one act makes both true, and the end of the matter asks for a look."""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import KeyReusedError
from gantang.matters import queries, service
from gantang.matters.errors import ReportInvalidError
from gantang.matters.models import Matter
from gantang.matters.types import Filters, Receipt, Report
from gantang.territory import queries as territory
from gantang.territory import service as ground
from gantang.territory.errors import FacilityMissingError, NotTendingError
from tests.territory.test_facilities import ADMIN, counted, kept, made, steps

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def report(facility: UUID, **given: object) -> Report:
    told = Report(
        words="示例：不亮了",
        channel="patrol",
        class_code="facility.lighting",
        anonymous=True,
        on_behalf=True,
        facility=facility,
    )
    return replace(told, **given)  # type: ignore[arg-type]


def told(actor: Actor, facility: UUID, key: str = "k") -> Receipt:
    return service.intake(actor=actor, report=report(facility), key=key, now=clock.now())


def condition(facility: UUID) -> str:
    return territory.facility(facility, [""]).condition


def about(actor: Actor, facility: UUID) -> list[UUID]:
    filters = Filters(open_only=True, facility=facility)
    return [one.id for one in queries.queue(actor, filters=filters, now=clock.now()).items]


def test_the_matter_lies_where_the_facility_stands_and_the_facility_is_faulty(world: "World") -> None:
    lamp = made("", "lamp", point=world.point)
    receipt = told(world.cast.receiver, lamp)
    view = queries.get(world.cast.receiver, receipt.matter, now=clock.now())
    assert (view.scope, view.facility, view.class_code) == (world.grid, lamp, "facility.lighting")
    assert (view.lon, view.lat) == pytest.approx(world.point, abs=1e-6)
    assert condition(lamp) == "faulty"
    assert steps(lamp) == ["facility.made", "facility.reported"]
    assert kept() == counted()


def test_only_those_in_sight_of_the_matter_find_it_at_the_facility(world: "World") -> None:
    lamp = made(world.grid, "lamp")
    receipt = told(world.cast.receiver, lamp)
    told(world.cast.receiver, made(world.grid, "lamp"), key="another")
    assert about(world.cast.receiver, lamp) == [receipt.matter]
    assert about(world.cast.county_receiver, lamp) == [receipt.matter]
    for name in ("neighbour", "foreigner", "admin"):
        assert about(getattr(world.cast, name), lamp) == []


def test_the_same_key_reports_once_and_another_facility_under_it_is_refused(world: "World") -> None:
    lamp = made(world.grid, "lamp")
    assert told(world.cast.receiver, lamp).matter == told(world.cast.receiver, lamp).matter
    assert steps(lamp).count("facility.reported") == 1
    with pytest.raises(KeyReusedError):
        told(world.cast.receiver, made(world.grid, "lamp"))


def test_what_is_out_of_service_stays_so(world: "World") -> None:
    lamp = made(world.grid, "lamp", condition="out_of_service")
    told(world.cast.receiver, lamp)
    assert condition(lamp) == "out_of_service"


def test_nobody_reports_what_stands_on_other_ground_is_gone_or_never_was(world: "World") -> None:
    lamp = made(world.grid, "lamp")
    with pytest.raises(NotTendingError):
        told(world.cast.neighbour, lamp)
    ground.remove_facility(actor=ADMIN, facility=lamp, now=clock.now())
    for number in (lamp, UUID(int=7)):
        with pytest.raises(FacilityMissingError):
            told(world.cast.receiver, number, key=str(number))
    assert not Matter.objects.exists()
    assert condition(lamp) == "working"


def test_a_resident_names_no_facility(world: "World") -> None:
    lamp = made(world.grid, "lamp")
    with pytest.raises(ReportInvalidError):
        service.intake(actor=Actor("token:x"), report=report(lamp, on_behalf=False), key="k", now=clock.now())


def test_the_end_of_the_matter_whatever_it_is_asks_for_a_look(world: "World") -> None:
    lamp = made(world.grid, "lamp")
    receipt = told(world.cast.receiver, lamp)
    assert territory.facility(lamp, [""]).due_on is None
    declined(world, receipt.matter)
    today = clock.now().date()
    assert territory.facility(lamp, [""]).due_on == today
    assert steps(lamp) == ["facility.made", "facility.reported", "facility.repair_ended"]
    assert condition(lamp) == "faulty"
    ground.inspect_facility(
        actor=world.cast.grid_worker,
        facility=lamp,
        on=today,
        condition="working",
        key="look",
        now=clock.now(),
    )
    assert (condition(lamp), territory.facility(lamp, [""]).due_on) == ("working", None)
    assert about(world.cast.receiver, lamp) == []


def declined(world: "World", matter: UUID) -> None:
    """The receiver says in writing why it is not accepted: an end."""
    answers = {"decline_ground": "no_substance", "reply": "示例：不予受理"}
    service.act(
        actor=world.cast.receiver,
        matter=matter,
        move="not_accept",
        answers=answers,
        key="not_accept",
        now=clock.now(),
    )


def test_a_rebuild_from_the_steps_finds_the_facility_of_a_matter(world: "World") -> None:
    told(world.cast.receiver, made(world.grid, "lamp"))
    assert service.rebuild(now=clock.now()).sound
