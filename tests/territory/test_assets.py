"""Files of facilities and places: errors come back at their rows, a second run changes nothing, out and in again equal."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import Result
from django.db import connection
from django.test.utils import CaptureQueriesContext
from typer.testing import CliRunner

from gantang.cli import program
from gantang.kit import clock
from gantang.sheets import queries as sheets
from gantang.territory import queries, service
from gantang.territory.models import Facility, FacilityCount, Place
from gantang.territory.rules import datum
from gantang.territory.rules.datum import Datum
from gantang.territory.types import AssetPlan, ServiceView
from tests.territory.test_facilities import ADMIN, counted, kept, made, ruled

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
HEADER = "设施编号,设施种类,名称,网格代码,经度,纬度,安装日期,状况,管护单位"


def run(*words: object, answer: str = "") -> Result:
    return CliRunner().invoke(program(), [*map(str, words)], input=answer)


def table(tmp_path: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    path = tmp_path / "facilities.csv"
    path.write_bytes("\n".join([header, *rows]).encode(encoding))
    return path


def rows_of(world: "World") -> list[str]:
    from gantang.posts.queries import unit

    lon, lat = world.point
    keeper = unit(world.unit(world.county)).name
    return [
        f"A-1,摄像头,示例村口,{world.grid},{lon},{lat},2025-03-01,正常,{keeper}",
        f"A-2,路灯,示例巷口,{world.village},,,,有故障,",
        f",lamp,示例桥头,,{lon},{lat},,,",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_file_is_taken_once_whatever_its_encoding(tmp_path: Path, world: "World", encoding: str) -> None:
    path = table(tmp_path, *rows_of(world), encoding=encoding)
    assert run("facilities", "import", path, answer="n\n").exit_code == 0
    assert not Facility.objects.exists()
    told = run("facilities", "import", path, "--yes")
    assert (told.exit_code, "新登记 new 3" in told.output) == (0, True), told.output
    first = queries.facility_coded("a-1", [world.county])
    assert first is not None
    assert (first.ground, first.condition, first.keeper) == (world.grid, "working", world.unit(world.county))
    named = {one.name: one.ground for one in queries.facilities([world.county]).items}
    assert named == {"示例村口": world.grid, "示例巷口": world.village, "示例桥头": world.grid}
    before = list(Facility.objects.order_by("pk").values()), list(FacilityCount.objects.values())
    again = run("facilities", "import", path, "--yes")
    assert "不变 same 3" in again.output
    assert (list(Facility.objects.order_by("pk").values()), list(FacilityCount.objects.values())) == before
    assert kept() == counted()


def test_every_faulty_row_comes_back_with_what_is_wrong_and_nothing_is_half_done(
    tmp_path: Path, world: "World"
) -> None:
    gone = made(world.grid, code="OLD")
    service.remove_facility(actor=ADMIN, facility=gone, now=clock.now())
    good = rows_of(world)[0]
    path = table(
        tmp_path,
        good,
        f"B-1,雷达,示例,{world.grid},,,,,",
        "B-2,路灯,示例,360428101001999,,,,,",
        f"B-3,路灯,示例,{world.grid},29.2,116.2,,,",
        f"B-4,路灯,示例,{world.grid},,,明天,,",
        f"B-5,路灯,示例,{world.grid},,,,还行,",
        f"B-6,路灯,示例,{world.grid},,,,,没有这个单位",
        f"OLD,路灯,示例,{world.grid},,,,,",
        good,
    )
    told = run("facilities", "import", path, "--yes", "--errors", tmp_path / "back.csv")
    assert told.exit_code == 1
    assert Facility.objects.filter(valid_to=None).count() == 0
    back = dict(sheets.read(tmp_path / "back.csv").rows)
    assert [row["行"] for row in back.values()] == ["3", "4", "5", "6", "7", "8", "9", "10"]
    assert all(row["原因"] and row["改法"] for row in back.values())
    assert run("facilities", "import", path, "--yes", "--good-rows").exit_code == 1
    assert [one.code for one in queries.facilities([world.county]).items] == ["A-1"]


def test_a_known_facility_is_amended_and_what_the_file_is_silent_of_stays(
    tmp_path: Path, world: "World"
) -> None:
    run("facilities", "import", table(tmp_path, *rows_of(world)), "--yes")
    short = table(tmp_path, "A-1,示例村口新名", header="编号,名称")
    assert "改动 amended 1" in run("facilities", "import", short, "--yes").output
    view = queries.facility_coded("A-1", [world.county])
    assert view is not None
    assert (view.name, view.kind, view.ground, view.installed_on is not None) == (
        "示例村口新名",
        "camera",
        world.grid,
        True,
    )


def test_shifted_coordinates_are_converted_at_the_edge_and_never_stored(
    tmp_path: Path, world: "World"
) -> None:
    lon, lat = datum.shown(Datum.GCJ02, world.point)
    path = table(tmp_path, f"A-1,摄像头,示例,,{lon},{lat},,,")
    run("facilities", "import", path, "--datum", "gcj02", "--yes")
    view = queries.facility_coded("A-1", [world.county])
    assert view is not None and view.lon is not None and view.lat is not None
    assert (view.lon, view.lat) == pytest.approx(world.point, abs=1e-6)
    assert view.ground == world.grid


@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson"])
def test_what_goes_out_comes_in_without_a_change(tmp_path: Path, world: "World", ending: str) -> None:
    run("facilities", "import", table(tmp_path, *rows_of(world)), "--yes")
    out = tmp_path / f"out.{ending}"
    assert run("facilities", "export", out, "--ground", world.county).exit_code == 0
    told = run("facilities", "import", out, "--yes")
    assert (told.exit_code, "不变 same 3" in told.output) == (0, True), told.output


def test_two_columns_that_claim_one_field_are_asked_for(tmp_path: Path, world: "World") -> None:
    path = table(tmp_path, f"示例,另一个,{world.grid},lamp", header="位置,点位名称,网格代码,种类")
    told = run("facilities", "import", path, "--yes")
    assert told.exit_code == 1 and "位置" in told.output
    assert run("facilities", "import", path, "--yes", "--column", "name=位置").exit_code == 0


def test_places_go_the_same_way_with_services_of_the_list_alone(tmp_path: Path, world: "World") -> None:
    header = "名称,网格代码,地址,服务,时间,电话"
    row = f"示例综合体,{world.grid},示例路1号,示例服务,周一至周五9:00–17:00,0792-0000000"
    path = table(tmp_path, row, header=header)
    told = run("places", "import", path, "--yes")
    assert (told.exit_code, "没有这项服务" in told.output) == (1, True), told.output
    service.set_place_service(
        actor=ADMIN, service=ServiceView("sample", "示例服务", "Sample service"), now=clock.now()
    )
    assert run("places", "import", path, "--yes").exit_code == 0
    (view,) = queries.places(ground=world.county).items
    assert (view.services, view.ground, view.address) == (("sample",), world.grid, "示例路1号")
    assert "不变 same 1" in run("places", "import", path, "--yes").output
    out = tmp_path / "out.xlsx"
    run("places", "export", out, "--ground", world.county)
    assert "不变 same 1" in run("places", "import", out, "--yes").output
    assert Place.objects.count() == 1


def test_many_rows_cost_a_few_queries_a_hundred_and_not_one_each(tmp_path: Path, world: "World") -> None:
    rows = [f"M-{n},路灯,示例{n},{world.grid},,,,," for n in range(200)]
    plan = planned(table(tmp_path, *rows), world)
    with CaptureQueriesContext(connection) as asked:
        assert service.take_assets(actor=ADMIN, plan=plan, now=clock.now()) == {"new": 200}
    assert len([one for one in asked if one["sql"].startswith("SELECT")]) < 20
    assert kept() == counted()


def planned(path: Path, world: "World") -> AssetPlan:
    names = {"路灯": "lamp"}
    return service.plan_assets(path, places=False, on=world.on, names=names)


# --- coverage -----------------------------------------------------------------------------------------


def test_no_rule_finds_no_gap_and_a_rule_names_every_grid_that_is_short(world: "World") -> None:
    assert queries.facility_gaps(world.county, on=world.on) == []
    assert queries.facility_coverage(world.county, on=world.on) == []
    made(world.grid)
    ruled(needs={"basic": 1})
    gaps = queries.facility_gaps(world.county, on=world.on)
    grids = [one.code for one in queries.grids(world.county, on=world.on)]
    assert [one.grids for one in gaps] == [(code,) for code in grids if code != world.grid]
    towns = {
        one.ground: (one.grids, one.short) for one in queries.facility_coverage(world.county, on=world.on)
    }
    assert towns == {world.township: (6, 5), world.other_township: (6, 6)}


def test_a_broken_one_does_not_count(world: "World") -> None:
    number = made(world.grid)
    ruled(needs={"basic": 1})
    short = len(queries.facility_gaps(world.township, on=world.on))
    service.inspect_facility(
        actor=ADMIN,
        facility=number,
        on=world.on,
        condition="faulty",
        faults=["dark"],
        key="k",
        now=clock.now(),
    )
    assert len(queries.facility_gaps(world.township, on=world.on)) == short + 1


def test_the_check_of_the_ground_tells_gaps_with_sentence_and_remedy(world: "World") -> None:
    ruled(needs={"basic": 2})
    told = run("ground", "check", world.grid)
    assert told.exit_code == 1
    assert "facility_gap" in told.output and "摄像头 2" in told.output
