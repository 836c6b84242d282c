"""The point of a matter stands on its row alone: no step tells it, a rebuild checks it, and it goes with the rest."""

from typing import TYPE_CHECKING, Any

import pytest

from gantang.kit import clock, crypto, keys
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters import queries, service
from gantang.matters.models import Matter
from gantang.matters.rules.follow import follow
from tests.matters import paths
from tests.matters.acting import Course, row_of
from tests.matters.test_retention import aged

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def pointed(world: "World") -> Course:
    return paths.begun(world, ground="", point=world.point)


def received(course: Course) -> dict[str, Any]:
    with reading(SYSTEM, ids=[course.id]):
        return dict(ledger.steps(keys.city_of(course.id), course.id)[0].data)


def differences(course: Course) -> list[str]:
    found = service.rebuild(now=clock.now()).found.differences
    return [one.column for one in found if one.matter == course.id]


def planted(course: Course, **values: Any) -> None:
    with reading(SYSTEM, ids=[course.id]):
        Matter.objects.filter(id=course.id).update(**values)


def test_the_row_has_it_and_no_step_tells_it(world: "World") -> None:
    course = pointed(world)
    row = row_of(course.id)
    assert (row.lon, row.lat) == pytest.approx(world.point, abs=1e-6)
    data = received(course)
    assert "lon" not in data and "lat" not in data and bytes.fromhex(data["point"]) == bytes(row.point_mac)
    told = crypto.mac("point", *(str(round(one * 1_000_000)).encode() for one in world.point))
    assert bytes(row.point_mac) != told, "without the salt all points of a grid could be tried"


def test_a_rebuild_checks_it_and_leaves_alone_what_it_cannot_know(world: "World") -> None:
    course = pointed(world)
    assert differences(course) == []
    row = row_of(course.id)
    planted(course, lon=(row.lon or 0) + 0.01)
    assert differences(course) == ["point"]
    service.rebuild(now=clock.now(), repair=True)
    assert differences(course) == ["point"] and row_of(course.id).lat == row.lat
    planted(course, lon=row.lon)
    planted(course, urgent=not row.urgent)
    service.rebuild(now=clock.now(), repair=True)
    after = row_of(course.id)
    assert differences(course) == [] and (after.lon, after.lat) == (row.lon, row.lat)


def test_it_goes_with_the_people_when_the_term_has_passed(world: "World") -> None:
    course = pointed(world)
    course.by_reporter("withdraw")
    now = aged(course, 6)
    assert service.forget_due(now=now) == 1
    row = row_of(course.id)
    assert (row.lon, row.lat, row.point_mac, row.point_salt) == (None, None, None, None)
    assert differences(course) == ["ended_at"], "what the test turned back"
    assert queries.get(world.cast.receiver, course.id, now=now).scope == row.scope, "the grid stays"


def test_a_step_of_before_that_tells_the_point_is_still_followed() -> None:
    data = {"scope": "36", "division": "36", "urban": None, "lon": 116_300_000, "lat": 29_200_000}
    assert follow({}, "placed", data, lambda _digest: pytest.fail("no procedure"))["lon"] == 116.3
    before = {"scope": "36", "ended_at": None, "lon": 116.3, "lat": 29.2}
    gone = {"at": "2026-11-01T08:00:00+08:00", "gist": "00"}
    assert follow(before, "erased", gone, lambda _digest: pytest.fail("no procedure"))["lon"] == 116.3
    gone["point"] = ""
    assert follow(before, "erased", gone, lambda _digest: pytest.fail("no procedure"))["lon"] is None
