"""Whatever a file holds, a reader takes it or says what is wrong in a sentence: no other error ever comes out.

Each test here is the same at two lengths: bounded in every run, longer under `prove`.
"""

import io
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gantang import engine
from gantang.catalogue.service.sheet import read_days
from gantang.kit.errors import GantangError
from gantang.matters.rules.mapping import MappingFile
from gantang.matters.service.sheet import read_mapping
from gantang.sheets import queries as sheets
from gantang.sheets import service as writing
from tests.conftest import ROOT
from tests.fuzz.bending import PIECES, bent, bent_inside

SHORT, LONG = 60, 3_000
PACKS = ROOT / "src" / "gantang" / "packs"
TABLE = '单号,内容,时间,编码,名称\n1,路灯不亮,2026-01-05 08:00,360428101001001,一网格\n2,"a""b",2026/1/6,3,\n'.encode()
DAYS = "日期,类型,中文,英文\n2026-10-01,休息,国庆,National Day\n2026-10-10,调休上班,,\n".encode()
MAPPING = b"""source: county-hotline
key: [a, b]
words: {columns: [c, d], join: " "}
opened: e
channel: {constant: hotline}
class: {column: k, table: {x: facility.lighting}, else: city.other}
ground: {constant: "360428"}
reporter: {name: n, phone: p}
"""
SQUARE = [[[115.9, 28.6], [115.91, 28.6], [115.91, 28.61], [115.9, 28.61], [115.9, 28.6]]]
GEOJSON = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": "360428101001001", "name": "一网格"},
                "geometry": {"type": "Polygon", "coordinates": SQUARE},
            }
        ],
    },
    ensure_ascii=False,
).encode()


def book() -> bytes:
    """A real workbook with texts, dates and numbers."""
    rows = [["1", "路灯不亮", date(2026, 1, 5), 3.5], ["2", "", None, 7]]
    return b"".join(writing.write_xlsx(["单号", "内容", "时间", "数"], rows))


def each_length(strategy: st.SearchStrategy[bytes]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a test over what a strategy makes: bounded, and longer under the marker `prove`."""

    def wrap(check: Callable[..., None]) -> Callable[..., None]:
        @pytest.mark.slow
        @pytest.mark.parametrize("examples", [SHORT, pytest.param(LONG, marks=pytest.mark.prove)])
        def test(examples: int, tmp_path: Path) -> None:
            calm = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]

            @settings(
                max_examples=examples,
                deadline=None,
                suppress_health_check=calm,
                derandomize=examples == SHORT,
            )
            @given(strategy)
            def run(data: bytes) -> None:
                check(data, tmp_path)

            run()

        test.__doc__ = check.__doc__
        return test

    return wrap


def said_or_taken(act: Callable[[], Any], *kinds: type[Exception]) -> None:
    """It works, or its error is one that people are told, with a sentence."""
    try:
        act()
    except (GantangError, *kinds) as error:
        assert str(error).strip()
        if isinstance(error, GantangError):
            assert error.words and error.status in (404, 409, 413, 415, 422), error.code


def anything(*originals: bytes) -> st.SearchStrategy[bytes]:
    """Originals bent, or just bytes, or pieces in a row."""
    pieces = st.lists(st.sampled_from(PIECES), max_size=8).map(b"".join)
    return st.one_of(bent(originals), bent(originals), st.binary(max_size=300), pieces)


def _rows(data: bytes) -> None:
    found = sheets.read(io.BytesIO(data))
    for _number, cells in found:
        assert all(isinstance(text, str) for text in cells.values())
    assert all(one.row > 0 and one.reason for one in found.faults)


@each_length(anything(TABLE))
def test_a_bent_table_is_read_or_told(data: bytes, _folder: Path) -> None:
    said_or_taken(lambda: _rows(data))


@each_length(st.one_of(bent([book()]), bent_inside(book())))
def test_a_bent_workbook_is_read_or_told(data: bytes, _folder: Path) -> None:
    said_or_taken(lambda: _rows(data))


@each_length(anything(DAYS))
def test_a_bent_table_of_days_is_read_or_told(data: bytes, _folder: Path) -> None:
    said_or_taken(lambda: read_days(io.BytesIO(data), ground="360428", source="示例文件"))


@each_length(anything(MAPPING))
def test_a_bent_mapping_is_read_or_told(data: bytes, folder: Path) -> None:
    path = folder / "mapping.yaml"
    path.write_bytes(data)

    def read() -> None:
        assert isinstance(read_mapping(path), MappingFile)

    said_or_taken(read)


@each_length(anything(GEOJSON))
def test_a_bent_map_is_read_or_told(data: bytes, folder: Path) -> None:
    from gantang.territory import formats

    path = folder / "ground.geojson"
    path.write_bytes(data)
    said_or_taken(lambda: list(_shapes(formats.opened(path))))


def _shapes(opened: Any) -> Iterator[Any]:
    for raw in opened.rows:
        yield raw.cells, raw.geometry


ORIGINALS = sorted(path for path in PACKS.glob("*/*.yaml"))


@each_length(st.sampled_from(ORIGINALS).flatmap(lambda path: bent([path.read_bytes()]).map(lambda data: json.dumps([str(path), data.decode("latin-1")]).encode())))  # fmt: skip
def test_a_bent_pack_is_read_with_findings(data: bytes, folder: Path) -> None:
    """Every fault of a pack is a finding with file, line and remedy; whatever is wrong, the checker goes on."""
    name, text = json.loads(data)
    original = Path(name)
    copy = folder / "packs" / original.parent.name
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(original.parent, copy)
    (copy / original.name).write_bytes(text.encode("latin-1"))
    found = engine.read_pack(copy)
    for one in found.findings:
        assert one.file and one.sentence.zh and one.sentence.en, one.kind
