"""A table and its mapping file: what a row becomes, and what is told of what does not fit."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gantang.kit import clock
from gantang.matters import service
from gantang.matters.errors import MappingError
from gantang.matters.rules.arriving import MisfitError, incoming
from gantang.matters.rules.mapping import MappingFile, checked
from gantang.sheets.service import write_xlsx

if TYPE_CHECKING:
    from tests.world import World

LEAST = {"source": "test", "words": "said", "channel": {"constant": "letter"}, "ground": {"constant": "36"}}


def mapped(**more: Any) -> MappingFile:
    found = checked({**LEAST, **more})
    assert isinstance(found, MappingFile), found
    return found


def faults_of(mapping: MappingFile, **cells: str) -> list[tuple[str, str]]:
    with pytest.raises(MisfitError) as error:
        incoming(mapping, 2, cells)
    return error.value.faults


def test_unknown_keys_are_told_with_the_nearest_known_one():
    wrong = {**LEAST, "wrods": "x", "reporter": {"nmae": "y"}, "channel": {"colum": "z"}}
    assert set(checked(wrong)) >= {  # type: ignore[arg-type]
        ("wrods", "unknown_key", "words"),
        ("reporter.nmae", "unknown_key", "name"),
        ("channel.colum", "unknown_key", "column"),
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"ground": {}},
        {"ground": {"constant": "36", "column": "a"}},
        {"channel": {"constant": "x", "else": "y"}},
        {"zone": "Nowhere/Town"},
        {"source": "两个字"},
        {"past": True},
        {"header_row": 0},
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused_with_its_key(wrong: dict[str, Any]):
    found = checked({**LEAST, **wrong})
    assert isinstance(found, list) and len(found) == 1
    assert found[0][0].split(".")[0] in ({*wrong, ""} if "past" in wrong else wrong)


def test_words_of_several_columns_are_joined_and_empty_ones_left_out():
    mapping = mapped(words=["title", "body"], place={"columns": ["street", "town"], "join": "，"})
    cells = {"title": "路灯", "body": "", "street": "无", "town": "示例镇"}
    row = incoming(mapping, 2, cells)
    assert (row.report.words, row.report.place) == ("路灯", "示例镇")


def test_a_table_turns_texts_into_codes_and_else_takes_the_rest():
    table = {"column": "kind", "table": {"灯": "facility.lighting"}}
    assert incoming(mapped(**{"class": table}), 2, {"said": "x", "kind": "灯"}).report.class_code == (
        "facility.lighting"
    )
    assert faults_of(mapped(**{"class": table}), said="x", kind="桥") == [("class", "unknown_value")]
    rest = mapped(**{"class": {**table, "else": "city.other"}})
    assert incoming(rest, 2, {"said": "x", "kind": "桥"}).report.class_code == "city.other"


def test_times_are_read_in_the_zone_of_the_source():
    mapping = mapped(opened="t", ended="e", zone="America/New_York")
    row = incoming(mapping, 2, {"said": "x", "t": "2011-07-01 01:32:33", "e": ""})
    assert row.opened_at == datetime(2011, 7, 1, 5, 32, 33, tzinfo=UTC)
    assert row.ended_at is None
    assert faults_of(mapping, said="x", t="gestern", e="2011-13-01") == [
        ("opened", "unreadable_time"),
        ("ended", "unreadable_time"),
    ]


def test_past_rows_without_an_end_ended_when_they_were_opened():
    mapping = mapped(opened="t", past=True)
    row = incoming(mapping, 2, {"said": "x", "t": "2019-02-28 11:25"})
    assert row.ended_at == row.opened_at is not None
    assert faults_of(mapping, said="x", t="") == [("opened", "unreadable_time")]


def test_a_row_is_known_by_its_key_or_else_by_all_it_says():
    keyed, bare = mapped(key=["a", "b"]), mapped()
    assert incoming(keyed, 2, {"said": "x", "a": "1", "b": "23"}).key != (
        incoming(keyed, 2, {"said": "x", "a": "12", "b": "3"}).key
    )
    assert faults_of(keyed, said="x", a="", b="") == [("key", "no_key")]
    one, other = {"said": "x", "n": "1"}, {"said": "x", "n": "2"}
    assert incoming(bare, 2, one).key == incoming(bare, 9, one).key != incoming(bare, 2, other).key


def test_points_and_reporters_may_be_empty_but_not_unreadable():
    mapping = mapped(point={"lon": "x", "lat": "y"}, reporter={"name": "who", "phone": "call"})
    row = incoming(mapping, 2, {"said": "s", "x": "116.2", "y": "29.3", "who": "示例甲", "call": "无"})
    assert row.report.point == (116.2, 29.3)
    assert row.report.reporter is not None and row.report.reporter.known() == {"name": "示例甲"}
    nobody = incoming(mapping, 2, {"said": "s", "x": "", "y": "29.3", "who": "", "call": ""})
    assert (nobody.report.point, nobody.report.reporter, nobody.report.anonymous) == (None, None, True)
    assert faults_of(mapping, said="s", x="east", y="1", who="", call="") == [("point", "unreadable_point")]


MAPPING = """
source: letters
key: no
words: [title, body]
channel: {column: how, table: {信: letter, 电话: phone}}
class: {column: kind, table: {灯: facility.lighting}, else: ""}
ground: {column: where, table: {甲村: "%(village)s", 乙村: "%(foreign)s"}}
point: {lon: lon, lat: lat}
opened: since
ended: until
place: spot
reporter: {name: who, phone: call}
"""
HEADER = (
    "no",
    "title",
    "body",
    "how",
    "kind",
    "where",
    "lon",
    "lat",
    "since",
    "until",
    "spot",
    "who",
    "call",
)
ROWS = [
    (
        "1",
        "路灯",
        "不亮了",
        "信",
        "灯",
        "甲村",
        "",
        "",
        "2026-01-05 09:00",
        "",
        "桥头",
        "示例甲",
        "13912345678",
    ),
    ("2", "井盖", "坏了", "信", "盖", "甲村", "100.0", "20.0", "2025-03-01", "2025-03-09 10:00", "", "", ""),
    ("3", "树", "倒了", "鸽子", "", "甲村", "", "", "", "", "", "", ""),
    ("4", "", "", "电话", "", "乙村", "", "", "", "", "", "", ""),
    ("5", "桥", "断了", "电话", "", "乙村", "", "", "昨天", "", "", "", ""),
    ("6", "水", "停了", "电话", "", "乙村", "", "", "", "", "", "", ""),
]


def written(folder: Path, world: "World", kind: str) -> tuple[Path, Path]:
    """A table and its mapping file."""
    mapping, table = folder / "map.yaml", folder / f"table.{kind}"
    mapping.write_text(MAPPING % {"village": world.village, "foreign": world.foreign_grid}, encoding="utf-8")
    if kind == "csv":
        lines = [",".join(row) for row in (HEADER, *ROWS)]
        table.write_text("\n".join(lines) + "\n7,太,多,信,灯,甲村,,,,,,,,又一格\n", encoding="utf-8")
    else:
        table.write_bytes(b"".join(write_xlsx(HEADER, ROWS)))
    return table, mapping


def come_in(table: Path, mapping: Path) -> list[Any]:
    plan = service.read_mapping(mapping)
    return list(service.import_sheet(path=table, mapping=plan, clock=clock.now))


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_good_rows_go_in_and_each_bad_one_is_told_with_number_reason_and_remedy(
    world: "World", tmp_path: Path, kind: str
):
    lines = come_in(*written(tmp_path, world, kind))
    assert sorted((one.row, one.kind) for one in lines) == [
        (2, "added"),
        (3, "added"),
        (4, "error"),
        (5, "error"),
        (6, "error"),
        (7, "added"),
        *([(8, "error")] if kind == "csv" else []),
    ]
    told = {one.row: one for one in lines if one.reason}
    assert set(told) == {3, 4, 5, 6} | ({8} if kind == "csv" else set())
    assert all(one.remedy for one in told.values())
    assert "point" in told[3].reason and told[3].kind == "added"
    assert told[4].reason.startswith("channel:") and told[6].reason.startswith("opened:")
    again = come_in(*written(tmp_path, world, kind))
    assert sorted(one.kind for one in again if one.kind != "error") == ["again"] * 3


@pytest.mark.django_db
def test_a_column_that_is_not_there_is_told_with_the_nearest_one_before_anything_goes_in(
    world: "World", tmp_path: Path
):
    table, mapping = written(tmp_path, world, "csv")
    table.write_text(table.read_text("utf-8").replace("title", "titel"), encoding="utf-8")
    with pytest.raises(MappingError) as error:
        come_in(table, mapping)
    assert "words" in error.value.words and "title → titel" in error.value.words


def test_a_mapping_that_is_no_yaml_is_told(tmp_path: Path):
    broken = tmp_path / "map.yaml"
    broken.write_text("words: [a\nsource: b: c", encoding="utf-8")
    with pytest.raises(MappingError):
        service.read_mapping(broken)
