"""`gantang check` and `gantang draw` as they are typed: what comes out, and with which exit code."""

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from gantang.cli import program
from gantang.cli.check import SHIPPED


def run(*words: str) -> Result:
    return CliRunner().invoke(program(), words)


@pytest.fixture
def assist(tmp_path: Path) -> Path:
    """A copy of a shipped pack, to be spoilt."""
    return Path(shutil.copytree(SHIPPED / "assist", tmp_path / "assist"))


def spoil(path: Path, old: str, new: str) -> int:
    """Replaces a text that stands once in a file; the line it stands on."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.slow
def test_a_sound_pack_ends_with_0_and_prints_both_bounds_with_their_ways(assist: Path) -> None:
    made = run("check", str(assist))
    assert made.exit_code == 0, made.output
    assert "没有毛病 no finding" in made.output
    assert "to the first end" in made.output and "to the last end" in made.output
    assert "asked –answer→ answered" in made.output


def test_a_fault_ends_with_1_and_names_file_line_and_remedy(assist: Path) -> None:
    line = spoil(assist / "procedure.yaml", " within: 2 working days,", "")
    made = run("check", str(assist))
    assert made.exit_code == 1
    assert f"assist/procedure.yaml:{line}" in made.output
    assert "has no clock" in made.output and "Give it a within" in made.output


def test_the_same_as_json_with_bounds_and_stories(assist: Path) -> None:
    body = json.loads(run("check", str(assist), "--json").stdout)
    assert body["findings"] == []
    assert body["stories"] == {"played": 3, "failed": 0, "untold": []}
    (bound,) = body["bounds"]
    assert bound["procedure"] == "assist"
    assert bound["first"]["days"] >= 2 and bound["first"]["path"][0] == {"move": None, "state": "asked"}
    assert bound["last"]["own"] == ["2 working days"]


def test_a_story_that_goes_another_way_is_an_error_with_file_and_line(assist: Path) -> None:
    line = spoil(assist / "scenarios" / "answered.yaml", "state: answered", "state: lapsed")
    made = run("check", str(assist), "--json")
    assert made.exit_code == 1
    (found,) = json.loads(made.stdout)["findings"]
    assert (found["kind"], found["file"], found["line"]) == ("story", "assist/scenarios/answered.yaml", line)
    assert "expected lapsed" in found["sentence"]["en"]
    assert json.loads(made.stdout)["stories"]["failed"] == 1


def test_a_pack_that_is_not_there_is_told_with_2() -> None:
    made = run("check", "no_such_pack")
    assert made.exit_code == 2 and "no such pack" in made.output


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_draw_writes_a_picture_of_a_procedure_by_name(tmp_path: Path, lang: str) -> None:
    out = tmp_path / "picture.svg"
    made = run("draw", "assist", "--lang", lang, "--out", str(out))
    assert made.exit_code == 0 and made.output.strip() == str(out)
    root = ElementTree.fromstring(out.read_text(encoding="utf-8"))
    assert root.get("lang") == lang


@pytest.mark.slow
def test_draw_puts_the_findings_of_a_folder_where_they_stand(assist: Path) -> None:
    spoil(assist / "procedure.yaml", " within: 2 working days,", "")
    made = run("draw", str(assist), "--lang", "en")
    assert made.exit_code == 0
    red = [one for one in ElementTree.fromstring(made.stdout).iter() if "fault" in (one.get("class") or "")]
    assert "The state asked has no clock" in "".join("".join(one.itertext()) for one in red)


def test_draw_of_a_name_that_is_not_there_names_those_that_are() -> None:
    made = run("draw", "dispite")
    assert made.exit_code == 2 and "assist" in made.output


def test_what_no_story_tells_of_is_named_and_no_finding(assist: Path) -> None:
    (assist / "scenarios" / "answered.yaml").unlink()
    made = run("check", str(assist), "--json")
    body = json.loads(made.stdout)
    assert (made.exit_code, body["findings"]) == (0, [])
    assert body["stories"]["untold"] == [{"procedure": "assist", "moves": ["answer"], "late": []}]
    assert "assist：没有情景走到 no story makes: answer" in run("check", str(assist)).output
