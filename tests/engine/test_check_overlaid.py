"""`gantang check` proves what cities and counties lay over the packs of a folder that is given."""

import json
import shutil
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from gantang.cli import program

PACK = Path(__file__).parents[1] / "exchange" / "pack"
OVERLAY = """
overlay: city
of: lending
variant: "*"
ground: "3604"
version: 1
basis: [示例市规定]
change: {change}
"""


def found(folder: Path, change: str) -> tuple[int, dict[str, Any]]:
    if not (folder / "lending").exists():
        shutil.copytree(PACK, folder / "lending")
        (folder / "overlays").mkdir()
    (folder / "overlays" / "city.yaml").write_text(OVERLAY.replace("{change}", change), encoding="utf-8")
    done = CliRunner().invoke(program(), ["check", "--json", str(folder)])
    return done.exit_code, json.loads(done.output)


def test_each_ground_is_proved_and_has_its_own_bound(tmp_path: Path) -> None:
    code, told = found(tmp_path, "{states: {asked: {within: 3 working days}}}")
    assert (code, told["findings"]) == (0, [])
    own = {one["procedure"]: one["first"]["own"] for one in told["bounds"]}
    assert own == {"lending": ["11 working days"], "lending@3604": ["13 working days"]}


def test_what_no_longer_holds_on_a_ground_is_told_with_its_own_file_and_line(tmp_path: Path) -> None:
    code, told = found(tmp_path, "{states: {asked: {owner: null}}}")
    assert code == 1
    assert {(one["file"], one["line"]) for one in told["findings"]} == {("overlays/city.yaml", 8)}
