"""The desk's pages of facilities and places: seen by whoever answers for the ground, changed by whoever may."""

import html
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gantang.kit import clock
from gantang.matters.models import Matter
from gantang.territory import queries, service
from gantang.territory.rules import datum
from gantang.territory.rules.datum import Datum
from gantang.territory.types import ServiceView
from tests.doors.test_desk import desk_of
from tests.territory.test_facilities import ADMIN, looked, made, ruled

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
LIST = "/desk/facilities/"


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, text(answer)
    return text(answer)


def of(facility: UUID, part: str = "") -> str:
    return f"{LIST}{facility}/{part}"


def test_a_list_shows_ones_own_ground_with_chips_that_narrow_it(world: "World") -> None:
    made(world.grid, code="A-1")
    broken = made(world.grid, "lamp", code="A-2")
    looked(broken, "faulty", faults=["dark"])
    made(world.other_grid, code="B-1")
    desk = desk_of(world, "receiver")
    shown = page(desk, LIST)
    assert "A-1" in shown and "A-2" in shown and "B-1" not in shown
    assert "有1处设施坏着" in shown and "登记了2处" in shown
    narrowed = page(desk, f"{LIST}?condition=faulty")
    assert "A-2" in narrowed and "A-1" not in narrowed
    assert "A-1" in page(desk, f"{LIST}?kind=camera&ground={world.grid}")
    assert "这里没有登记设施" in page(desk, f"{LIST}?ground={world.other_grid}")
    assert "B-1" in page(desk_of(world, "admin"), LIST)


def test_a_longer_list_costs_no_more_queries(world: "World") -> None:
    desk = desk_of(world, "receiver")
    asked = []
    for more in (2, 20):
        for _n in range(more):
            made(world.grid, keeper=world.unit(world.county))
        page(desk, LIST)
        with CaptureQueriesContext(connection) as found:
            page(desk, LIST)
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_what_stands_elsewhere_is_as_if_it_were_not(world: "World") -> None:
    number = made(world.grid)
    for name in ("neighbour", "foreigner"):
        desk = desk_of(world, name)
        seen, never = desk.get(of(number)), desk.get(of(UUID(int=5)))
        assert (seen.status_code, never.status_code) == (404, 404)
        assert desk.post(of(number, "inspect/"), {"on": "2026-01-01"}).status_code == 404
        assert desk.post(of(number, "report/"), {"words": "示例"}).status_code == 404


def test_a_grid_worker_writes_a_look_down_and_the_page_tells_it(world: "World") -> None:
    number, desk = made(world.grid), desk_of(world, "grid_worker")
    assert "记一次巡检" in page(desk, of(number))
    said = {"on": f"{clock.now():%Y-%m-%d}", "condition": "faulty", "faults": ["dark", "blocked"], "key": "k"}
    assert desk.post(of(number, "inspect/"), said).status_code == 302
    assert desk.post(of(number, "inspect/"), said).status_code == 302
    shown = page(desk, of(number))
    assert shown.count("被遮挡、不亮") == 1 and "网格员001" in shown
    wrong = desk.post(of(number, "inspect/"), {**said, "faults": [], "key": "other"})
    assert wrong.status_code == 422 and "状况和毛病对不上" in text(wrong)


def test_whoever_only_verifies_is_told_why_the_form_is_not_there(world: "World") -> None:
    number, desk = made(world.grid), desk_of(world, "verifier")
    assert "由管这片地方的受理岗" in page(desk, of(number))
    said = {"on": f"{clock.now():%Y-%m-%d}", "condition": "working"}
    assert desk.post(of(number, "inspect/"), said).status_code == 403


def test_a_report_opens_a_matter_of_the_kinds_class_and_the_page_shows_it(world: "World") -> None:
    number, desk = made("", "lamp", point=world.point, code="L-1"), desk_of(world, "grid_worker")
    answer = desk.post(of(number, "report/"), {"words": "示例：整条巷子都不亮", "key": "k"})
    assert answer.status_code == 302
    (row,) = _rows(world)
    assert (row.class_code, row.scope, row.facility) == ("facility.lighting", world.grid, number)
    shown = page(desk_of(world, "receiver"), of(number))
    assert row.gist in shown and "有故障" in shown
    assert of(number) in page(desk_of(world, "receiver"), f"/desk/matters/{row.number}/")
    assert row.gist not in page(desk_of(world, "admin"), of(number))
    refused = desk.post(of(number, "report/"), {"words": "", "key": "x"})
    assert refused.status_code == 422


def _rows(world: "World") -> list[Matter]:
    from gantang.kit.work import reading

    with reading(world.cast.county_receiver):
        return list(Matter.objects.all())


def test_an_administrator_enters_amends_and_takes_away_on_the_own_ground(world: "World") -> None:
    desk = desk_of(world, "admin")
    lon, lat = datum.shown(Datum.BD09, world.point)
    given = {
        "kind": "camera",
        "name": "示例路口",
        "code": "C-1",
        "lon": lon,
        "lat": lat,
        "datum": "bd09",
        "condition": "working",
    }
    answer = desk.post(f"{LIST}new/", given)
    assert answer.status_code == 302, text(answer)
    view = queries.facility_coded("C-1", [world.county])
    assert view is not None and view.ground == world.grid
    assert (view.lon, view.lat) == pytest.approx(world.point, abs=1e-6)
    shown = page(desk, of(view.id, "amend/"))
    assert "示例路口" in shown and 'name="code"' not in shown
    changed = {**given, "name": "示例路口东", "lon": "", "lat": "", "ground": world.next_grid}
    assert desk.post(of(view.id, "amend/"), changed).status_code == 302
    assert queries.facility(view.id, [world.county]).ground == world.next_grid
    assert desk.post(of(view.id, "gone/")).status_code == 302
    assert "拆除" in page(desk, of(view.id))
    beyond = desk.post(
        f"{LIST}new/", {**given, "lon": "", "lat": "", "ground": world.foreign_grid, "code": ""}
    )
    assert beyond.status_code == 403


def test_a_used_code_and_half_a_point_are_told_and_what_was_typed_stays(world: "World") -> None:
    made(world.grid, code="C-1")
    desk = desk_of(world, "admin")
    given = {"kind": "lamp", "name": "示例桥", "code": "C-1", "ground": world.grid, "condition": "working"}
    answer = desk.post(f"{LIST}new/", given)
    assert answer.status_code == 422 and "C-1 已经用过" in text(answer) and "示例桥" in text(answer)
    half = desk.post(f"{LIST}new/", {**given, "code": "", "lon": "116.2"})
    assert half.status_code == 422 and "要一起写" in text(half)


def test_rules_of_a_kind_are_filled_in_and_coverage_follows(world: "World") -> None:
    desk = desk_of(world, "admin")
    assert "还没有规定每格要有几处" in page(desk, f"{LIST}coverage/")
    made(world.grid)
    given = {
        "code": "camera",
        "zh": "摄像头",
        "en": "Camera",
        "inspect_days": "30",
        "class_code": "facility.camera",
        "need-basic": "1",
        "basis": "示例〔2026〕1号",
    }
    assert desk.post(f"{LIST}kinds/", given).status_code == 302
    (kind,) = [one for one in queries.facility_kinds() if one.code == "camera"]
    assert (kind.inspect_days, dict(kind.needs), kind.position) == (30, {"basic": 1}, 1)
    shown = page(desk, f"{LIST}coverage/")
    assert "差11格" in shown and "16%" in shown and "0%" in shown
    town = page(desk, f"{LIST}coverage/?ground={world.township}")
    assert world.next_grid in town and "正常的0处" in town
    assert "30天巡检一次" in page(desk, f"{LIST}kinds/")
    wrong = desk.post(f"{LIST}kinds/", {**given, "need-basic": "0"})
    assert wrong.status_code == 422
    assert desk_of(world, "receiver").get(f"{LIST}kinds/").status_code == 403
    assert desk.post(f"{LIST}kinds/", {"act": "end", "code": "lamp"}).status_code == 302
    assert [one.code for one in queries.facility_kinds()] == ["camera", "barrier"]


def test_what_is_due_is_listed_by_itself(world: "World") -> None:
    made(world.grid, code="D-1")
    desk = desk_of(world, "receiver")
    assert "现在没有该巡检的" in page(desk, f"{LIST}?due=1")
    ruled(inspect_days=1)
    from gantang.territory.models import Facility

    Facility.objects.update(due_on=clock.now().date())
    assert "D-1" in page(desk, f"{LIST}?due=1")


def test_places_are_entered_with_services_of_the_list_and_everybody_reads_them(world: "World") -> None:
    desk = desk_of(world, "admin")
    assert "服务清单还空着" in page(desk, "/desk/places/services/")
    line = {"code": "sample", "zh": "示例服务", "en": "Sample service", "basis": "示例〔2026〕2号"}
    assert desk.post("/desk/places/services/", line).status_code == 302
    given = {
        "name": "示例综合体",
        "ground": world.grid,
        "address": "示例路1号",
        "services": ["sample"],
        "hours": "周一至周五",
        "phone": "0792-0000000",
    }
    assert desk.post("/desk/places/new/", given).status_code == 302
    (view,) = queries.places(ground=world.county).items
    shown = page(desk_of(world, "receiver"), "/desk/places/")
    assert "示例综合体" in shown and "示例服务" in shown and f"/desk/places/{view.id}/" not in shown
    assert desk.post(f"/desk/places/{view.id}/", {**given, "hours": "每天"}).status_code == 302
    assert queries.place(view.id).hours == "每天"
    assert desk.post("/desk/places/services/", {"act": "end", "code": "sample"}).status_code == 302
    assert desk.post(f"/desk/places/{view.id}/", {"act": "end"}).status_code == 302
    assert queries.places(ground=world.county).items == []


def test_no_administrator_touches_a_place_elsewhere(world: "World") -> None:
    from gantang.territory.types import NewPlace

    service.set_place_service(actor=ADMIN, service=ServiceView("s", "示例", "Sample"), now=clock.now())
    there = NewPlace("示例外地", world.foreign_grid, services=("s",))
    number = service.make_place(actor=ADMIN, place=there, now=clock.now())
    desk = desk_of(world, "admin")
    assert desk.get(f"/desk/places/{number}/").status_code == 403
    assert desk.post(f"/desk/places/{number}/", {"act": "end"}).status_code == 403
    assert queries.place(number).valid_to is None
