"""Files of grids: taken in whole or not at all, once, and out again the same."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from gantang.kit.actor import SYSTEM
from gantang.kit.clock import ZONE
from gantang.territory import outlines, queries, service
from gantang.territory.errors import GroundError, NotAdminError
from gantang.territory.models import Grid, GridPart
from gantang.territory.rules import datum, rings
from gantang.territory.rules.datum import Datum
from gantang.territory.types import GroundPlan, Ring
from tests.world import World

pytestmark = pytest.mark.django_db
ADMIN = replace(SYSTEM, admin=True)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)
TODAY = NOW.date()
VILLAGE, NEXT = "360902001001", "360902001002"  # far from the sample
HOLE = ((114.002, 27.002), (114.004, 27.002), (114.004, 27.004), (114.002, 27.004))


def square(west: float, south: float = 27.0, size: float = 0.01) -> Ring:
    return ((west, south), (west + size, south), (west + size, south + size), (west, south + size))


def wkt(*parts: tuple[Ring, tuple[Ring, ...]]) -> str:
    return rings.written(parts)


def table(
    tmp_path: Path,
    *rows: str,
    header: str = "网格代码,村代码,网格名称,网格类型,边界",
    encoding: str = "utf-8",
) -> Path:
    path = tmp_path / "grids.csv"
    path.write_bytes("\n".join([header, *rows]).encode(encoding))
    return path


def planned(path: Path, *, datum: str = "cgcs2000", **given: str) -> GroundPlan:
    return service.plan_ground(service.read_ground(path, **given), datum=datum, on=TODAY)


def taken(path: Path, **given: str) -> dict[str, int]:
    plan = planned(path, **given)
    assert not [line for line in plan.lines if line.kind == "error"], plan.lines
    return dict(service.take_ground(actor=ADMIN, plan=plan, since=TODAY, now=NOW))


def kinds(plan: GroundPlan) -> list[str]:
    return [line.kind for line in plan.lines]


def reasons(path: Path, **given: str) -> dict[int, str]:
    return {line.row: line.reason for line in planned(path, **given).lines if line.kind == "error"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encoding_of_a_table_is_found_out(tmp_path: Path, encoding: str) -> None:
    path = table(
        tmp_path, f'{VILLAGE}007,{VILLAGE},示例东片,基础,"{wkt((square(114.0), (HOLE,)))}"', encoding=encoding
    )
    assert taken(path) == {"new": 1}
    grid = queries.grid(VILLAGE + "007")
    assert grid is not None
    assert (grid.name, grid.kind, grid.valid_from) == ("示例东片", "basic", TODAY)
    assert rings.same(queries.outlines(VILLAGE, on=TODAY)[grid.code], [(square(114.0), (HOLE,))])


def test_second_run_changes_nothing(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        f'{VILLAGE}007,,东片,,"{wkt((square(114.0), ()))}"',
        f',{VILLAGE},西片,,"{wkt((square(114.1), ()))}"',
        f',{VILLAGE},,专属,"{wkt((square(114.2), ()))}"',
        f",{NEXT},没有边界,,",
    )
    assert taken(path) == {"new": 4}
    before = list(Grid.objects.values()), list(GridPart.objects.values())
    assert kinds(planned(path)) == ["same"] * 4
    assert taken(path) == {}
    assert (list(Grid.objects.values()), list(GridPart.objects.values())) == before


def test_new_grids_without_a_code_get_the_next_numbers_from_west_to_east(tmp_path: Path) -> None:
    rows = [
        f',{VILLAGE},{name},,"{wkt((square(west), ()))}"' for name, west in (("东", 114.2), ("西", 114.0))
    ]
    taken(table(tmp_path, f'{VILLAGE}001,,旧,,"{wkt((square(114.4), ()))}"', *rows))
    assert {one.name: one.code[12:] for one in queries.grids(VILLAGE)} == {
        "旧": "001",
        "西": "002",
        "东": "003",
    }


def test_known_grid_is_redrawn_and_renamed_and_keeps_its_code(tmp_path: Path) -> None:
    taken(table(tmp_path, f'{VILLAGE}001,,东片,,"{wkt((square(114.0), ()))}"'))
    path = table(tmp_path, f'{VILLAGE}001,,东片新名,,"{wkt((square(114.0, 27.0, 0.02), ()))}"')
    assert kinds(planned(path)) == ["redrawn"]
    taken(path)
    grid = queries.grid(VILLAGE + "001")
    assert grid is not None
    assert (grid.version, grid.name) == (2, "东片新名")
    assert queries.locate(114.015, 27.015, on=TODAY).grid == grid.code
    path = table(tmp_path, f"{VILLAGE}001,,只改名,,")
    assert taken(path) == {"amended": 1}
    assert queries.names([VILLAGE + "001"]) == {VILLAGE + "001": "只改名"}


def test_households_class_and_kind_are_taken_and_kept_where_the_file_is_silent(tmp_path: Path) -> None:
    header = "网格代码,网格类型,户数,城乡分类"
    taken(table(tmp_path, f"{VILLAGE}001,,320,", f"{VILLAGE}801,学校,,111", header=header))
    assert taken(table(tmp_path, f"{VILLAGE}001,基础,410,", f"{VILLAGE}801,专属,,", header=header)) == {
        "amended": 1
    }
    found = Grid.objects.filter(village_id=VILLAGE).order_by("code")
    rows = found.values_list("kind", "households", "urban_class")
    assert list(rows) == [("basic", 410, ""), ("school", None, "111")]
    told = reasons(table(tmp_path, f"{VILLAGE}001,学校,,", f"{VILLAGE}801,,1.5,", header=header))
    assert "号段" in told[2]
    assert "户数" in told[3]


def test_turned_and_closed_rings_are_no_change(tmp_path: Path) -> None:
    ring = square(114.0)
    taken(table(tmp_path, f'{VILLAGE}001,,东片,,"{wkt((ring, ()))}"'))
    corners = ";".join(f"{x!r},{y!r}" for x, y in (*ring[2:], *ring[:3]))
    assert kinds(planned(table(tmp_path, f'{VILLAGE}001,,东片,,"{corners}"'))) == ["same"]


def test_each_fault_stands_beside_its_row(tmp_path: Path) -> None:
    good = wkt((square(114.0), ()))
    bow = "POLYGON ((114 27, 114.01 27.01, 114.01 27, 114 27.01, 114 27))"
    path = table(
        tmp_path,
        f'36090200100,,,,"{good}"',
        f'{VILLAGE}001,{NEXT},,,"{good}"',
        f'360902001999001,,,,"{good}"',
        f'{VILLAGE}801,,,基础,"{good}"',
        f'{VILLAGE}002,,,,"{bow}"',
        f'{VILLAGE}003,,,,"POLYGON ((27 114, 27.01 114, 27.01 114.01, 27 114))"',
        f'{VILLAGE}004,,,,"POLYGON ((500000 3000000, 500100 3000000, 500100 3000100, 500000 3000000))"',
        f'{VILLAGE}005,,,,"LINESTRING (114 27, 114.01 27.01)"',
        f"{VILLAGE}006,,,,POLYGON EMPTY",
        f"{VILLAGE}007,,,,乱写",
        ",,示例,,",
        f",{VILLAGE},,,",
        f'{VILLAGE}008,,,无此类,"{good}"',
        f'{VILLAGE}009,,甲,,"{wkt((square(114.3), ()))}"',
        f'{VILLAGE}009,,乙,,"{wkt((square(114.4), ()))}"',
    )
    told = reasons(path)
    assert sorted(told) == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16]
    wanted = {
        2: "写法",
        3: "之下",
        4: "没有在用",
        5: "号段",
        6: "相交",
        7: "写反",
        8: "经纬度",
        9: "不是面",
        10: "空",
        11: "读不出",
    }
    assert {row: word for row, word in wanted.items() if word not in told[row]} == {}
    assert "第 15 行" in told[16]


def test_faults_come_back_in_the_sheet_with_the_remedy(tmp_path: Path) -> None:
    from gantang.sheets.queries import read

    path = table(tmp_path, f"{VILLAGE}001,,东片,,乱写", f'{VILLAGE}002,,西片,,"{wkt((square(114.0), ()))}"')
    for name in ("faults.csv", "faults.xlsx"):
        count = service.write_faults(tmp_path / name, source=path, lines=planned(path).lines)
        [(_, row)] = list(read(tmp_path / name))
        assert count == 1
        assert (row["行"], row["结果"], row["网格代码"], row["边界"]) == (
            "2",
            "出错",
            VILLAGE + "001",
            "乱写",
        )
        assert "WKT" in row["改法"]


def test_ended_code_is_not_taken_again(tmp_path: Path) -> None:
    path = table(tmp_path, f'{VILLAGE}001,,东片,,"{wkt((square(114.0), ()))}"')
    taken(path)
    service.retire_grid(actor=ADMIN, code=VILLAGE + "001", valid_to=TODAY, now=NOW)
    assert "停用" in reasons(path)[2]


def test_villages_by_name_are_found_in_the_ground_that_was_told(tmp_path: Path, world: World) -> None:
    name = queries.names([VILLAGE])[VILLAGE]
    path = table(tmp_path, f'{name},东片,"{wkt((square(114.0), ()))}"', header="所属村社区,网格名称,边界")
    assert "没有在用" in reasons(path)[2]
    assert taken(path, ground="360902001") == {"new": 1}


def test_columns_that_cannot_be_told_are_asked_for(tmp_path: Path) -> None:
    path = table(tmp_path, f"{VILLAGE}001,1,甲", header="编码,编号,名称")
    with pytest.raises(GroundError, match="doubtful_columns"):
        service.read_ground(path)
    assert service.read_ground(path, columns_told={"code": "编码"}).rows[0].code == VILLAGE + "001"
    with pytest.raises(GroundError, match="no_such_column"):
        service.read_ground(path, columns_told={"code": "没有"})
    with pytest.raises(GroundError, match="no_columns"):
        service.read_ground(table(tmp_path, "1,2", header="甲,乙"))


def test_only_an_administering_post_takes_a_file(tmp_path: Path, world: World) -> None:
    plan = planned(table(tmp_path, f'{VILLAGE}001,,东片,,"{wkt((square(114.0), ()))}"'))
    with pytest.raises(NotAdminError):
        service.take_ground(actor=world.cast.leader, plan=plan, since=TODAY, now=NOW)
    assert queries.grid(VILLAGE + "001") is None


def test_batch_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """Between the plan and the taking a code of the same village is used up by somebody else."""
    rows = [f'{VILLAGE}00{n},,,,"{wkt((square(114.0 + n / 10), ()))}"' for n in (1, 2)]
    plan = planned(table(tmp_path, *rows))
    taken(table(tmp_path, rows[1]))
    with pytest.raises(GroundError, match="used_code"):
        service.take_ground(actor=ADMIN, plan=plan, since=TODAY, now=NOW)
    assert queries.grid(VILLAGE + "001") is None


def test_shifted_coordinates_are_stored_unshifted(tmp_path: Path) -> None:
    ring = square(114.0)
    for given_in in (Datum.GCJ02, Datum.BD09):
        moved = [datum.shown(given_in, point) for point in ring]
        path = table(tmp_path, f'{VILLAGE}001,,东片,,"{wkt((moved, ()))}"')
        plan = planned(path, datum=given_in)
        service.take_ground(actor=ADMIN, plan=plan, since=TODAY, now=NOW)
        [(outer, _)] = queries.outlines(VILLAGE, on=TODAY)[VILLAGE + "001"]
        in_order = sorted(outer, key=lambda point: (round(point[0], 6), round(point[1], 6)))
        for stored, point in zip(in_order, sorted(ring), strict=True):
            assert tuple(stored) == pytest.approx(point, abs=1e-9)


def county_file(tmp_path: Path, world: World, given_in: Datum) -> Path:
    """The sample county's own grids, as a map service of this datum would show them."""
    path = tmp_path / f"{given_in}.geojson"
    service.write_ground(path, ground=world.county, on=world.on)
    told = json.loads(path.read_text(encoding="utf-8"))
    for feature in told["features"]:
        for part in feature["geometry"]["coordinates"]:
            part[:] = [[datum.shown(given_in, (x, y)) for x, y in ring] for ring in part]
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("given_in", [Datum.CGCS2000, Datum.GCJ02, Datum.BD09])
def test_datum_of_a_file_is_recognised_by_the_known_grids(
    tmp_path: Path, world: World, given_in: Datum
) -> None:
    read = service.read_ground(county_file(tmp_path, world, given_in))
    fit = queries.fit_datum(read.rows, on=world.on)
    assert fit.compared > 0
    assert fit.best == given_in
    assert (fit.metres > 300) == (given_in is not Datum.CGCS2000)


@pytest.mark.parametrize("given_in", [Datum.CGCS2000, Datum.GCJ02, Datum.BD09])
def test_datum_of_new_grids_is_recognised_by_their_neighbours(
    tmp_path: Path, world: World, given_in: Datum
) -> None:
    """Grids that are not known yet do not lie on those that are."""
    path = county_file(tmp_path, world, given_in)
    told = json.loads(path.read_text(encoding="utf-8"))
    told["features"] = [one for one in told["features"] if one["properties"]["code"].endswith("001")]
    for one in told["features"]:
        one["properties"]["code"] = one["properties"]["code"][:12] + "700"
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    Grid.objects.filter(code__endswith="001", code__startswith=world.county).update(valid_to=world.on)
    fit = queries.fit_datum(service.read_ground(path).rows, on=world.on)
    assert (fit.best, fit.compared > 0) == (given_in, True)


def test_datum_is_recognised_by_outlines_of_divisions(tmp_path: Path) -> None:
    outlines = tmp_path / "outlines.geojson"
    body = {"type": "Polygon", "coordinates": [[*square(114.0, 27.0, 0.1), (114.0, 27.0)]]}
    feature = {"type": "Feature", "properties": {"code": "360902", "name": "示例"}, "geometry": body}
    outlines.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    cells = [square(114.0 + n / 100, 27.0 + m / 100) for n in range(10) for m in range(10)]
    moved = [[datum.shown(Datum.GCJ02, point) for point in cell] for cell in cells]
    path = table(
        tmp_path, *(f'{VILLAGE}{n:03},,,,"{wkt((cell, ()))}"' for n, cell in enumerate(moved, start=1))
    )
    read = service.read_ground(path)
    assert queries.fit_datum(read.rows, on=TODAY).compared == 0
    fit = queries.fit_datum(read.rows, on=TODAY, divisions=service.read_outlines(outlines))
    assert (fit.best, fit.compared) == ("gcj02", 100)


FORMATS = ["csv", "xlsx", "geojson", "shp", "zip", "gpkg"]


def needs_extra(ending: str) -> None:
    if ending in ("shp", "zip", "gpkg"):
        pytest.importorskip("pyogrio")


@pytest.mark.parametrize("ending", FORMATS)
def test_what_goes_out_comes_in_the_same(tmp_path: Path, world: World, ending: str) -> None:
    needs_extra(ending)
    rows = [
        f'{VILLAGE}001,,示例湖边（东）,,"{wkt((square(114.0), (HOLE,)), (square(114.5), ()))}"',
        f'{VILLAGE}802,,园区,专属,"{wkt((square(114.0, 27.3), ()))}",,111',
        f",{VILLAGE},没有边界,,,350,",
    ]
    header = "网格代码,村代码,网格名称,网格类型,边界,户数,城乡分类"
    taken(table(tmp_path, *(row if row[-1] != '"' else f"{row},," for row in rows), header=header))
    path = tmp_path / f"out.{ending}"
    assert service.write_ground(path, ground="36", on=TODAY) == len(queries.grids("36", on=TODAY)) > 3
    assert set(kinds(planned(path))) == {"same"}
    known = queries.records("36", on=TODAY)
    for row, one in zip(service.read_ground(path).rows, known, strict=True):
        told = (one.code, one.name, one.kind, one.village, one.valid_from, one.schematic)
        assert (row.code, row.name, row.kind, row.village, row.since, row.schematic) == told
        assert (row.households, row.urban_class) == (one.households, one.urban_class)
        assert rings.same(outlines.parts_of(row.shape), one.parts)


def test_files_of_another_kind_are_told(tmp_path: Path) -> None:
    for name, code in (("a.doc", "no_format"), ("a.geojson", "no_features")):
        (tmp_path / name).write_text("{}", encoding="utf-8")
        with pytest.raises(GroundError, match=code):
            service.read_ground(tmp_path / name)


def test_outline_too_long_for_a_cell_is_told_and_not_cut(tmp_path: Path) -> None:
    ring = [(114.0 + n / 1e5, 27.0 + (n % 2) / 1e4) for n in range(2000)]
    taken(table(tmp_path, f'{VILLAGE}001,,,,"{wkt(([*ring, (114.0, 28.0)], ()))}"'))
    with pytest.raises(GroundError, match="too_long_for_a_cell"):
        service.write_ground(tmp_path / "out.xlsx", ground=VILLAGE, on=TODAY)


def test_day_in_the_row_goes_before_the_one_that_was_told(tmp_path: Path) -> None:
    header = "网格代码,网格名称,启用日期,边界"
    path = table(tmp_path, f'{VILLAGE}001,东片,2026年1月2日,"{wkt((square(114.0), ()))}"', header=header)
    taken(path)
    grid = queries.grid(VILLAGE + "001")
    assert grid is not None
    assert grid.valid_from == date(2026, 1, 2)
