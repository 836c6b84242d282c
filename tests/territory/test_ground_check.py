"""`gantang ground check`: planted faults are found at their place, each with its remedy, and nothing else is."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from gantang.kit.clock import now
from gantang.posts import queries as posts
from gantang.posts.service import end_remit
from gantang.territory import queries
from gantang.territory.models import Division, Grid
from gantang.territory.types import GroundFinding
from tests.territory.test_ground_command import run
from tests.territory.test_importing import ADMIN, NEXT, VILLAGE, square, table, taken, wkt
from tests.world import World

pytestmark = pytest.mark.django_db
TOWNSHIP = VILLAGE[:9]


@pytest.fixture(autouse=True)
def only_two_villages(world: World) -> None:
    """Of the township the two villages that get grids here: the others would be told to have none."""
    Division.objects.filter(parent_id=TOWNSHIP).exclude(pk__in=[VILLAGE, NEXT]).update(valid_to=world.on)


def found(ground: str = TOWNSHIP, **given: object) -> list[GroundFinding]:
    return queries.check_ground(ground, on=now().date(), **given)  # type: ignore[arg-type]


def row(code: str, west: float, south: float = 27.0, size: float = 0.01, households: object = "") -> str:
    return f'{code},"{wkt((square(west, south, size), ()))}",{households}'


def ground(tmp_path: Path, *rows: str) -> None:
    taken(table(tmp_path, *rows, header="网格代码,边界,户数"))


def test_outlines_read_all_at_once_are_the_very_ones_that_are_stored(tmp_path: Path) -> None:
    from gantang.territory.outlines import checked, of_rows, of_text, parts_of

    hole = [(114.001, 27.001), (114.002, 27.001), (114.002, 27.0020000000001)]
    two = wkt((square(114.0), (hole,)), (square(114.02), ()))
    ground(tmp_path, f'{VILLAGE}001,"{two}",', row(VILLAGE + "002", 114.05), row(NEXT + "001", 114.2))
    stored = queries.outlines(TOWNSHIP, on=now().date())
    rows = [
        (code, number, json.dumps(ring))
        for code, parts in stored.items()
        for outer, holes in parts
        for number, ring in enumerate((outer, *holes))
    ]
    drawn = of_rows(rows)
    assert list(drawn) == list(stored) == [VILLAGE + "001", VILLAGE + "002", NEXT + "001"]
    assert drawn[VILLAGE + "001"].equals(checked(of_text(two)))
    assert [len(parts_of(shape)) for shape in drawn.values()] == [2, 1, 1]
    assert [
        [[list(map(list, ring)) for ring in (outer, *holes)] for outer, holes in parts_of(shape)]
        for shape in drawn.values()
    ] == [
        [[list(map(list, ring)) for ring in (outer, *holes)] for outer, holes in parts]
        for parts in stored.values()
    ]
    assert of_rows([]) == {}


def test_sound_ground_has_no_finding(tmp_path: Path) -> None:
    ground(tmp_path, row(VILLAGE + "001", 114.0), row(VILLAGE + "002", 114.01), row(NEXT + "001", 114.02))
    assert found(town=(300, 500)) == []


def test_overlap_gap_and_reach_over_into_another_village_are_told_with_place_and_size(tmp_path: Path) -> None:
    ring = [row(f"{VILLAGE}{n:03}", 114 + x / 100, 27 + y / 100) for n, (x, y) in enumerate(
        [(0, 0), (1, 0), (2, 0), (0, 1), (2, 1), (0, 2), (1, 2), (2, 2)], start=1)]  # fmt: skip
    over = row(VILLAGE + "009", 114.1), row(VILLAGE + "010", 114.105)
    astray = row(VILLAGE + "011", 114.2), row(NEXT + "001", 114.205)
    ground(tmp_path, *ring, *over, *astray)
    told = {one.kind: one for one in found()}
    assert set(told) == {"gap", "overlap", "two_villages"}
    assert told["overlap"].grids == (VILLAGE + "009", VILLAGE + "010")
    assert told["two_villages"].grids == (VILLAGE + "011", NEXT + "001")
    place = told["gap"].place
    assert place is not None
    assert place == pytest.approx((114.015, 27.015), abs=0.005)
    assert told["gap"].amount == pytest.approx(1_104_000, rel=0.01)
    assert told["overlap"].amount == pytest.approx(552_000, rel=0.01)


def test_grid_without_outline_and_village_without_grid_are_told(tmp_path: Path) -> None:
    ground(tmp_path, f"{VILLAGE}001,,")
    assert {(one.kind, one.grids) for one in found()} == {
        ("no_outline", (VILLAGE + "001",)),
        ("no_grid", (NEXT,)),
    }


def test_grid_of_a_village_that_ended_is_an_orphan(tmp_path: Path) -> None:
    ground(tmp_path, row(VILLAGE + "001", 114.0), row(NEXT + "001", 114.01))
    Division.objects.filter(pk=VILLAGE).update(valid_to=now().date() - timedelta(days=1))
    assert [(one.kind, one.grids) for one in found()] == [("no_village", (VILLAGE + "001",))]


def test_sizes_follow_the_rule_of_town_or_country_and_only_where_somebody_counted(tmp_path: Path) -> None:
    ground(
        tmp_path,
        row(VILLAGE + "001", 114.0, households=299),
        row(VILLAGE + "002", 114.01, households=300),
        row(VILLAGE + "003", 114.02, households=501),
        row(VILLAGE + "004", 114.03),
        row(VILLAGE + "801", 114.04, households=5),
        row(NEXT + "001", 114.05, households=20),
    )
    Grid.objects.filter(pk=NEXT + "001").update(urban_class="220")
    told = [(one.kind, one.grids[0][-3:], one.amount) for one in found(town=(300, 500))]
    assert told == [("too_small", "001", 299), ("too_large", "003", 501)]
    assert [one.kind for one in found(town=None, country=(30, 80))] == ["too_small"]


def test_grid_outside_of_its_division_is_told_where_the_division_is_known(tmp_path: Path) -> None:
    import shapely

    ground(tmp_path, row(VILLAGE + "001", 114.0), row(NEXT + "001", 114.01))
    told = found(
        divisions={VILLAGE: shapely.box(114.0, 27.0, 114.009, 27.01), TOWNSHIP: shapely.box(114, 27, 115, 28)}
    )
    assert [(one.kind, one.grids, one.detail) for one in told] == [("astray", (VILLAGE + "001",), VILLAGE)]


def test_command_says_where_and_how_to_mend_it_and_ends_with_one(tmp_path: Path, world: World) -> None:
    ground(
        tmp_path,
        row(VILLAGE + "001", 114.0),
        row(VILLAGE + "002", 114.005),
        row(NEXT + "001", 114.02, households=9),
    )
    told = run("check", TOWNSHIP, "--json")
    assert told.exit_code == 1
    findings = json.loads(told.output)
    kinds = {one["kind"] for one in findings}
    assert kinds == {"overlap", "too_small", "no_worker"}
    assert all(one["remedy"] and one["sentence"] for one in findings)
    assert "重叠 overlap (" in run("check", TOWNSHIP).output


def test_grid_where_nobody_handles_anything_has_no_remit(tmp_path: Path, world: World) -> None:
    ground(tmp_path, row(VILLAGE + "001", 114.0), row(NEXT + "001", 114.01))
    for one in posts.remits(VILLAGE, on=now().date()):
        if one.duty == "handler":
            end_remit(actor=ADMIN, remit=one.id, valid_to=now().date(), now=now())
    told = json.loads(run("check", VILLAGE, "--json").output)
    assert ("no_remit", [VILLAGE + "001"]) in [(one["kind"], one["grids"]) for one in told]


def test_command_finds_workers_and_remits_of_the_sample(world: World) -> None:
    told = json.loads(run("check", world.village, "--json").output)
    kinds = {one["kind"] for one in told}
    assert "no_remit" not in kinds
    assert not {"overlap", "gap", "no_outline", "invalid"} & kinds


def test_overlapping_rows_of_a_file_are_warned_of_and_taken(tmp_path: Path) -> None:
    path = table(
        tmp_path, row(VILLAGE + "001", 114.0), row(VILLAGE + "002", 114.005), header="网格代码,边界,户数"
    )
    told = run("import", path, "--yes")
    assert (told.exit_code, "提醒 warnings 2" in told.output, "重叠" in told.output) == (0, True, True)
    assert queries.grid(VILLAGE + "002") is not None
