"""多元受理: once, complete, with a number and a code, and nothing of a person outside the vault."""

from typing import TYPE_CHECKING

import pytest
from django.apps import apps

from gantang.kit import clock, numbers
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError, KeyReusedError
from gantang.kit.work import reading
from gantang.matters import queries, service
from gantang.matters.errors import ReportInvalidError
from gantang.matters.models import Matter
from gantang.matters.service.wake import CLOCK
from gantang.matters.types import Contact, Filters, Report
from tests.matters.acting import fresh, report, told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db

ANON = Actor(client="form:a")
PERSON = Contact(
    name="示例甲", phone="13912345678", email="sample@example.org", id_number="360428199001011234"
)


def fields_of(error: ReportInvalidError) -> dict[str, str]:
    return {one["field"]: one["code"] for one in error.details["fields"]}


def test_the_same_key_and_report_give_the_same_receipt_and_one_matter(world: "World"):
    made, now = report(world.grid), clock.now()
    first = service.intake(actor=ANON, report=made, key="k", now=now)
    again = service.intake(actor=ANON, report=made, key="k", now=clock.now())
    assert again == first
    with pytest.raises(KeyReusedError):
        service.intake(actor=ANON, report=report(world.grid, "另一件事。"), key="k", now=now)


def test_a_point_finds_its_grid_and_a_ground_stays_what_it_is(world: "World"):
    by_point = told("", point=world.point)
    assert queries.get(world.cast.receiver, by_point.matter, now=clock.now()).scope == world.grid
    by_ground = told(world.village)
    assert queries.get(world.cast.receiver, by_ground.number, now=clock.now()).scope == world.village


def test_a_point_outside_and_a_swapped_one_are_told(world: "World"):
    lon, lat = world.point
    with pytest.raises(ReportInvalidError) as swapped:
        told("", point=(lat, lon))
    assert fields_of(swapped.value) == {"point": "swapped_point"}
    with pytest.raises(ReportInvalidError) as outside:
        told("", point=(1.0, 1.0))
    assert fields_of(outside.value)["point"] == "point_outside"
    assert told(world.village, point=(100.0, 20.0)).warnings == ("point_outside",)


def test_all_faults_of_a_report_are_told_at_once_and_nothing_is_written(world: "World"):
    with reading(CLOCK):
        before = Matter.objects.count()
    bad = Report(
        words=" ", channel="pigeon", ground=world.grid, class_code="no.such", anonymous=True, reporter=PERSON
    )
    with pytest.raises(ReportInvalidError) as error:
        service.intake(actor=ANON, report=bad, key=fresh(), now=clock.now())
    assert set(fields_of(error.value)) == {"words", "channel", "class_code", "anonymous"}
    with reading(CLOCK):
        assert Matter.objects.count() == before


def test_an_unknown_ground_is_refused(world: "World"):
    with pytest.raises(ReportInvalidError) as error:
        told("369999")
    assert fields_of(error.value) == {"ground": "unknown_ground"}


def test_where_nothing_is_known_the_province_takes_it_in(world: "World"):
    receipt = told("", place="桥头")
    assert receipt.city == 3600
    assert queries.get(world.cast.province_leader, receipt.matter, now=clock.now()).scope == "36"


def test_numbers_and_names_of_the_form_never_stand_outside_the_vault(world: "World"):
    receipt = told(
        world.grid,
        "示例甲说路灯坏了，打13912345678，身份证360428199001011234。",
        reporter=PERSON,
        anonymous=False,
    )
    with reading(CLOCK, ids=[receipt.matter]):
        outside = _everything_outside_the_vault()
    assert str(receipt.matter) in outside
    for text in ("示例甲", "13912345678", "360428199001011234", "sample@example.org"):
        assert text not in outside


def _everything_outside_the_vault() -> str:
    labels = ("matters", "ledger", "tallies", "outbox", "kit")
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return repr([list(model.objects.values()) for model in models])


def test_only_staff_takes_in_on_behalf_and_never_learns_the_code(world: "World"):
    made = report(
        world.grid, channel="phone", on_behalf=True, reporter=Contact(name="示例乙", email="b@example.org")
    )
    with pytest.raises(ForbiddenError):
        service.intake(actor=ANON, report=made, key=fresh(), now=clock.now())
    receipt = service.intake(actor=world.cast.receiver, report=made, key=fresh(), now=clock.now())
    assert receipt.access_code is None
    assert numbers.parse(receipt.number) == receipt.number


def test_whoever_reports_anonymously_can_still_be_answered(world: "World"):
    receipt = told(world.grid)
    tracked = queries.track(receipt.access_code or "", now=clock.now())
    assert tracked.words == "村口路灯不亮有一个星期了。"
    found = queries.people(world.cast.receiver, receipt.matter)
    assert [(one.anonymous, dict(one.masked)) for one in found] == [(True, {})]


def test_several_reports_at_once_each_stand_for_themselves(world: "World"):
    good, bad = report(world.grid), report(world.grid, words="")
    found = service.intake_many(actor=ANON, reports=[("1", good), ("2", bad), ("3", good)], now=clock.now())
    assert [isinstance(one, ReportInvalidError) for one in found] == [False, True, False]


def test_search_finds_any_piece_of_a_gist_in_sight_only(world: "World"):
    receipt = told(world.grid, "水库边的护栏断了两根")
    now = clock.now()
    for words in ("护栏", "护栏断了", "栏", "水库 两根"):
        found = queries.search(world.cast.receiver, words=words, filters=Filters(), now=now)
        assert receipt.matter in [one.id for one in found.items], words
    for actor, words in ((world.cast.neighbour, "护栏断了"), (world.cast.receiver, "护栏两根")):
        found = queries.search(actor, words=words, filters=Filters(), now=now)
        assert receipt.matter not in [one.id for one in found.items]
