"""Facilities: one code each for ever, looked at by whoever works there, counted exactly, on the ledger."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gantang.kit import clock, keys
from gantang.kit.actor import SYSTEM
from gantang.kit.errors import KeyReusedError
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.territory import queries, service
from gantang.territory.errors import (
    FacilityError,
    FacilityMissingError,
    NotAdminError,
    NotTendingError,
)
from gantang.territory.models import Facility, FacilityCount
from gantang.territory.rules import facilities as rules
from gantang.territory.types import FacilityKindView, NewFacility
from tests.territory.changing import halves, in_force

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
ADMIN = replace(SYSTEM, admin=True, account=7, client="account:7")


def today() -> date:
    return clock.now().date()


def made(ground: str, kind: str = "camera", **given: Any) -> UUID:
    new = NewFacility(kind, given.pop("name", "示例村口"), ground=ground, **given)
    return service.make_facility(actor=ADMIN, facility=new, now=clock.now())


def ruled(kind: str = "camera", **given: Any) -> None:
    known = next(one for one in queries.facility_kinds() if one.code == kind)
    service.set_facility_kind(actor=ADMIN, kind=replace(known, **given), now=clock.now())


def looked(facility: UUID, condition: str = "working", **given: Any) -> int:
    said = {"actor": ADMIN, "on": today(), "key": f"k{facility}{condition}", "now": clock.now(), **given}
    return service.inspect_facility(facility=facility, condition=condition, **said)


def steps(facility: UUID) -> list[str]:
    with reading(ADMIN, ids=[facility]):
        return [one.name for one in ledger.steps(keys.city_of(facility), facility)]


def counted() -> dict[tuple[str, str, str], int]:
    rows = Facility.objects.filter(valid_to=None).values_list("ground", "kind", "condition")
    found: dict[tuple[str, str, str], int] = {}
    for one in rows:
        found[one] = found.get(one, 0) + 1
    return found


def kept() -> dict[tuple[str, str, str], int]:
    rows = FacilityCount.objects.exclude(number=0)
    return {(one.ground, one.kind, one.condition): one.number for one in rows}


# --- entered ------------------------------------------------------------------------------------------


def test_a_facility_without_a_code_gets_one_that_checks_itself(world: "World") -> None:
    view = queries.facility(made(world.grid), [world.county])
    assert (view.ground, view.condition, view.valid_from) == (world.grid, "working", today())
    assert view.code.startswith("F-") and len(view.code) == 13
    assert queries.facility_coded(view.code.lower(), [world.county]) == view


def test_a_code_is_never_given_twice_not_even_after_the_facility_is_gone(world: "World") -> None:
    first = made(world.grid, code="示例-01")
    with pytest.raises(FacilityError) as told:
        made(world.grid, code="示例-01")
    assert told.value.code == "territory.facility_code_used"
    service.remove_facility(actor=ADMIN, facility=first, now=clock.now())
    with pytest.raises(FacilityError):
        made(world.next_grid, code="示例-01")


def test_a_point_says_the_grid_and_must_lie_in_the_ground_that_is_told(world: "World") -> None:
    assert queries.facility(made("", point=world.point), [world.county]).ground == world.grid
    assert queries.facility(made(world.village, point=world.point), [world.county]).ground == world.grid
    with pytest.raises(FacilityError) as told:
        made(world.next_grid, point=world.point)
    assert told.value.code == "territory.asset_point"
    swapped = (world.point[1], world.point[0])
    with pytest.raises(FacilityError):
        made(world.grid, point=swapped)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "radar"}, "facility_kind"),
        ({"name": " "}, "asset_name"),
        ({"ground": "360428"}, "asset_ground"),
        ({"ground": "360428101001999"}, "asset_ground"),
        ({"code": "a b"}, "facility_code"),
        ({"condition": "fine"}, "facility_condition"),
        ({"installed_on": date(2999, 1, 1)}, "facility_day"),
    ],
)
def test_what_cannot_be_is_told_with_its_remedy(world: "World", given: dict[str, Any], code: str) -> None:
    with pytest.raises(FacilityError) as told:
        made(**{"ground": world.grid, **given})
    assert told.value.code == f"territory.{code}"
    assert told.value.words and told.value.remedy_words


def test_only_whoever_administers_enters_amends_or_takes_away(world: "World") -> None:
    number, cast = made(world.grid), world.cast.receiver
    new = NewFacility("lamp", "示例", ground=world.grid)
    with pytest.raises(NotAdminError):
        service.make_facility(actor=cast, facility=new, now=clock.now())
    with pytest.raises(NotAdminError):
        service.amend_facility(actor=cast, facility=number, to=new, now=clock.now())
    with pytest.raises(NotAdminError):
        service.remove_facility(actor=cast, facility=number, now=clock.now())


def test_every_change_is_a_step_of_the_facility(world: "World") -> None:
    number = made(world.grid)
    to = NewFacility("camera", "示例新名", ground=world.next_grid)
    assert service.amend_facility(actor=ADMIN, facility=number, to=to, now=clock.now())
    assert not service.amend_facility(actor=ADMIN, facility=number, to=to, now=clock.now())
    looked(number)
    service.remove_facility(actor=ADMIN, facility=number, now=clock.now())
    assert steps(number) == ["facility.made", "facility.amended", "facility.inspected", "facility.removed"]
    with pytest.raises(FacilityMissingError):
        looked(number)


# --- looked at ----------------------------------------------------------------------------------------


def test_the_newest_look_says_the_condition_and_an_older_one_does_not(world: "World") -> None:
    number = made(world.grid)
    Facility.objects.filter(pk=number).update(valid_from=today() - timedelta(days=30))
    looked(number, "faulty", faults=["dark", "no_power"])
    assert queries.facility(number, [world.county]).condition == "faulty"
    looked(number, "working", on=today() - timedelta(days=3))
    view = queries.facility(number, [world.county])
    assert (view.condition, view.inspected_on) == ("faulty", today())
    newest, older = queries.inspections(number).items[::-1]
    assert (newest.faults, older.condition) == (("dark", "no_power"), "working")


def test_the_same_key_is_one_look_and_another_word_under_it_is_refused(world: "World") -> None:
    number = made(world.grid)
    assert looked(number) == looked(number)
    assert len(queries.inspections(number).items) == 1
    with pytest.raises(KeyReusedError):
        looked(number, "out_of_service", key=f"k{number}working")


@pytest.mark.parametrize(
    ("condition", "faults"), [("faulty", []), ("working", ["dark"]), ("faulty", ["stolen"]), ("fine", [])]
)
def test_faults_come_from_the_closed_list_and_fit_the_condition(
    world: "World", condition: str, faults: list[str]
) -> None:
    with pytest.raises(FacilityError):
        looked(made(world.grid), condition, faults=faults)


def test_no_look_lies_in_the_future_or_before_the_facility(world: "World") -> None:
    number = made(world.grid)
    for days in (-1, 1):
        with pytest.raises(FacilityError):
            looked(number, on=today() + timedelta(days=days))


def test_whoever_works_on_the_ground_looks_and_nobody_else_does(world: "World") -> None:
    number = made(world.grid)
    for name in ("grid_worker", "receiver", "county_handler"):
        looked(number, actor=getattr(world.cast, name), key=name)
    for name in ("neighbour", "foreign_receiver", "verifier"):
        with pytest.raises(NotTendingError):
            looked(number, actor=getattr(world.cast, name), key=name)
    with pytest.raises(NotTendingError):
        looked(made(world.next_grid), actor=world.cast.grid_worker, key="beyond")


def test_a_look_is_due_after_the_interval_of_the_kind_and_never_without_one(world: "World") -> None:
    number = made(world.grid)
    assert queries.facility(number, [world.county]).due_on is None
    ruled(inspect_days=30, basis="示例〔2026〕1号")
    assert queries.facility(number, [world.county]).due_on == today() + timedelta(days=30)
    assert queries.facilities([world.county], due_by=today()).items == []
    due = queries.facilities([world.county], due_by=today() + timedelta(days=30)).items
    assert [one.id for one in due] == [number]
    ruled(inspect_days=None)
    assert queries.facility(number, [world.county]).due_on is None


# --- seen and counted ---------------------------------------------------------------------------------


def test_a_list_shows_the_asked_grounds_page_by_page_in_one_query_each(world: "World") -> None:
    here = [made(world.grid, code=f"A{n}") for n in range(5)]
    made(world.other_grid)
    made(world.foreign_grid)
    seen: list[UUID] = []
    cursor = None
    while True:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = queries.facilities([world.township], cursor=cursor, size=2)
        assert len(asked) == 1 and "COUNT(" not in asked[0]["sql"]
        seen += [one.id for one in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert seen == here
    assert queries.facilities([]).items == []
    assert queries.facilities([world.township], ground=world.other_township).items == []
    assert len(queries.facilities([world.township], ground=world.county).items) == 5
    with pytest.raises(FacilityMissingError):
        queries.facility(here[0], [world.other_township])


def test_kept_counts_are_what_stands_there_whatever_happened(world: "World") -> None:
    first, second, third = made(world.grid), made(world.grid), made(world.next_grid, "lamp")
    looked(first, "faulty", faults=["dark"])
    service.amend_facility(
        actor=ADMIN,
        facility=second,
        to=NewFacility("lamp", "示例", ground=world.other_grid),
        now=clock.now(),
    )
    service.remove_facility(actor=ADMIN, facility=third, now=clock.now())
    assert kept() == counted()
    assert queries.facility_counts([world.township]) == {("camera", "faulty"): 1}
    assert queries.facility_counts([world.county]) == {("camera", "faulty"): 1, ("lamp", "working"): 1}


# --- kinds --------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_kinds_ship_without_any_rule_and_what_ended_is_kept_with_its_day(world: "World") -> None:
    shipped = queries.facility_kinds()
    assert [one.code for one in shipped] == ["camera", "lamp", "barrier"]
    assert all(one.inspect_days is None and not one.needs for one in shipped)
    service.set_facility_kind(
        actor=ADMIN, kind=FacilityKindView("pole", "示例立杆", "Sample pole", 9), now=clock.now()
    )
    service.end_facility_kind(actor=ADMIN, code="lamp", now=clock.now())
    assert [one.code for one in queries.facility_kinds()] == ["camera", "barrier", "pole"]
    assert [one.code for one in queries.facility_kinds(today() - timedelta(days=1))] == []
    with pytest.raises(FacilityError):
        made(world.grid, "lamp")
    assert service.seed() == 0
    assert "lamp" not in [one.code for one in queries.facility_kinds()]


def test_one_of_an_ended_kind_can_still_be_amended_but_nothing_becomes_of_that_kind(world: "World") -> None:
    lamp, camera = made(world.grid, "lamp"), made(world.grid)
    service.end_facility_kind(actor=ADMIN, code="lamp", now=clock.now())
    to = NewFacility("lamp", "示例新名", ground=world.grid)
    assert service.amend_facility(actor=ADMIN, facility=lamp, to=to, now=clock.now())
    with pytest.raises(FacilityError):
        service.amend_facility(actor=ADMIN, facility=camera, to=to, now=clock.now())


@pytest.mark.parametrize(
    "wrong",
    [{"inspect_days": 0}, {"needs": {"basic": 0}}, {"needs": {"castle": 1}}, {"zh": ""}, {"code": "A"}],
)
def test_a_rule_that_cannot_be_meant_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(FacilityError):
        ruled(**wrong)


def test_the_label_finds_every_wrong_character() -> None:
    label = rules.label(UUID(int=0x1234567890ABCDEF))
    assert rules.typed(label.lower()) == label
    assert rules.label(UUID(int=0x1234567890ABCDEE)) != label


# --- changed ground -----------------------------------------------------------------------------------


def _split(world: "World") -> tuple[str, dict[str, object]]:
    west, east = halves(queries.outlines(world.grid, on=world.on)[world.grid][0][0])
    into = [
        {"name": "西片", "households": 1, "parts": west},
        {"name": "东片", "households": 9, "parts": east},
    ]
    return "split", {"grid": world.grid, "into": into}


@pytest.mark.usefixtures("changing_ground")
def test_a_facility_follows_changed_ground_by_its_point_else_to_the_heir(world: "World") -> None:
    west = queries.outlines(world.grid, on=world.on)[world.grid][0][0]
    left = (min(x for x, _ in west), world.point[1])
    point = ((left[0] * 3 + world.point[0]) / 4, world.point[1])
    with_point, without = made(world.grid, point=point), made(world.grid)
    gone = made(world.grid)
    service.remove_facility(actor=ADMIN, facility=gone, now=clock.now())
    in_force(ADMIN, _split(world))
    new = [one.code for one in queries.grids(world.village, on=today()) if one.name in ("西片", "东片")]
    assert queries.facility(with_point, [world.county]).ground == new[0]
    assert queries.facility(without, [world.county]).ground == new[1]
    assert queries.facility(gone, [world.county]).ground == world.grid
    assert steps(with_point) == ["facility.made", "facility.ground_followed"]
    assert kept() == counted()
