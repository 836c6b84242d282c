"""`gantang ground`: tells first, asks, and says by its exit code what it found."""

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from gantang.cli import program
from gantang.kit.clock import now
from gantang.territory import queries
from gantang.territory.rules.datum import Datum
from tests.territory.test_importing import VILLAGE, county_file, square, table, wkt
from tests.world import World

pytestmark = pytest.mark.django_db


def run(*words: object, answer: str = "") -> Result:
    return CliRunner().invoke(program(), ["ground", *map(str, words)], input=answer)


def good(tmp_path: Path) -> Path:
    return table(tmp_path, f'{VILLAGE}001,,东片,,"{wkt((square(114.0), ()))}"')


def test_nothing_is_taken_without_a_yes(tmp_path: Path) -> None:
    path = good(tmp_path)
    told = run("import", path, answer="n\n")
    assert (told.exit_code, queries.grid(VILLAGE + "001")) == (0, None)
    assert "网格代码" in told.output
    assert run("import", path, answer="y\n").exit_code == 0
    assert queries.grid(VILLAGE + "001") is not None
    again = run("import", path, "--yes")
    assert (again.exit_code, "不变 same 1" in again.output) == (0, True)


def test_one_faulty_row_keeps_all_out_unless_the_good_ones_are_wanted(tmp_path: Path) -> None:
    path = table(tmp_path, f'{VILLAGE}001,,东片,,"{wkt((square(114.0), ()))}"', "1,,坏,,")
    told = run("import", path, "--yes", "--errors", tmp_path / "faults.csv")
    assert (told.exit_code, queries.grid(VILLAGE + "001")) == (1, None)
    assert "坏" in (tmp_path / "faults.csv").read_text(encoding="utf-8-sig")
    assert run("import", path, "--yes", "--good-rows").exit_code == 1
    assert queries.grid(VILLAGE + "001") is not None


def test_shifted_file_is_told_and_never_taken_silently(tmp_path: Path, world: World) -> None:
    path = county_file(tmp_path, world, Datum.GCJ02)
    silent = run("import", path, "--yes")
    assert silent.exit_code == 1
    assert "GCJ-02" in silent.output
    asked = run("import", path, answer="y\n")  # converted, nothing is left to change but rounding
    assert "按 GCJ-02" in asked.output
    told = run("import", path, "--datum", "gcj02", "--yes")
    assert told.exit_code == 0
    assert queries.locate(*world.point, on=now().date()).grid == world.grid


def test_export_is_imported_without_a_change(tmp_path: Path, world: World) -> None:
    path = tmp_path / "out.geojson"
    assert run("export", path, "--ground", world.county).exit_code == 0
    told = run("import", path, "--yes")
    assert (told.exit_code, "改边界 redrawn 0" in told.output, "新建 new 0" in told.output) == (0, True, True)
