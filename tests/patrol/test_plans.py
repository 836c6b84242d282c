"""Plans as files say them: what is taken, and where a fault stands. The command from a file to a roster."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gantang.patrol import queries
from gantang.patrol.errors import PlanError
from gantang.patrol.rules.plan import Duty, Plan
from gantang.patrol.types import Breach, Rule, Solved
from tests.conftest import ROOT

PLAN: dict[str, Any] = {
    "first": "2026-12-07",
    "days": 3,
    "kinds": {
        "early": {"begins": "06:00", "hours": 8},
        "night": {"begins": "22:00", "hours": 8, "night": True},
    },
    "rules": {"rest": 11, "most": 3},
    "officers": [
        {"post": 101, "agency": "police", "skills": ["helm"], "leave": ["2026-12-08", "2027-01-01"]},
        {"post": 102, "agency": "fishery"},
    ],
    "needs": [
        {"place": "P", "kind": "early", "number": 1},
        {"on": "2026-12-09", "place": "P", "kind": "night", "number": 1, "skills": {"helm": 1}},
    ],
    "wishes": [{"post": 102, "on": "2026-12-07", "wanted": True, "weight": 3}],
    "before": [{"post": 101, "on": "2026-12-06", "kind": "night"}],
}


def written(folder: Path, **change: Any) -> Path:
    path = folder / "plan.json"
    path.write_text(json.dumps({**PLAN, **change}), encoding="utf-8")
    return path


def read(folder: Path, **change: Any) -> Plan:
    return queries.read_plan(written(folder, **change))


def test_days_are_counted_from_the_first_and_hours_are_minutes(tmp_path: Path):
    plan = read(tmp_path)
    assert [one.day for one in plan.needs] == [0, 1, 2, 2]
    assert (plan.kind["night"].begins, plan.rules.rest, plan.officers[0].leave) == (1320, 660, frozenset({1}))
    assert plan.before == (Duty(-1, "", "night", 101),)


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ({"first": "soon"}, "form", "first"),
        ({"unknown": 1}, "form", "unknown"),
        ({"kinds": {"early": {"begins": "25:00", "hours": 8}}}, "form", "kinds.early.begins"),
        ({"needs": [{"place": "P", "kind": "noon", "number": 1}]}, "kind", "noon"),
        ({"needs": [{"on": "2026-12-31", "place": "P", "kind": "early", "number": 1}]}, "day", "needs.0.on"),
        ({"wishes": [{"post": 9, "on": "2026-12-07", "wanted": True}]}, "post", "9"),
        ({"officers": [*PLAN["officers"], {"post": 101}]}, "twice", "officers"),
        ({"before": [{"post": 101, "on": "2026-12-07", "kind": "night"}]}, "day", "before.0.on"),
        ({"officers": [{"post": n + 1} for n in range(401)], "wishes": [], "before": []}, "large", "401 × 4"),
    ],
)
def test_a_fault_of_a_plan_is_told_with_its_place(
    tmp_path: Path, change: dict[str, Any], code: str, place: str
):
    with pytest.raises(PlanError) as told:
        read(tmp_path, **change)
    assert (told.value.code, told.value.details["place"]) == (f"patrol.plan_{code}", place)


@pytest.mark.parametrize("text", ["", "[1", "- 1", "a: &a [*a]", "\ufeffjust words", "x: 1\nx: 2\n"])
def test_what_is_no_plan_is_told_so(tmp_path: Path, text: str):
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlanError):
        queries.read_plan(path)


def test_hours_of_a_plan_in_yaml_need_no_quotes(tmp_path: Path):
    path = tmp_path / "plan.yaml"
    path.write_text(
        json.dumps(PLAN).replace('"14:00"', "14:00").replace('"22:00"', "22:00"), encoding="utf-8"
    )
    assert queries.read_plan(path) == read(tmp_path)


def test_officers_may_stand_in_a_table_beside_the_plan(tmp_path: Path):
    (tmp_path / "officers.csv").write_text(
        "post,agency,skills,leave\n101,police,helm;engine,2026-12-08\n102,fishery,,\n"
    )
    first, second = read(tmp_path, officers="officers.csv").officers
    assert (first.skills, first.leave, second.agency) == (
        frozenset({"helm", "engine"}),
        frozenset({1}),
        "fishery",
    )


def test_what_is_missing_is_told_by_day_place_and_kind(tmp_path: Path):
    plan = read(tmp_path)
    skill, leave = Rule("skill", 2, "P", "night", "helm"), Rule("leave", 1)
    found = Solved("none", gaps=(Breach(skill, 2, 0, 0, 1),), conflict=(leave, Rule("rest"), skill))
    assert queries.gap_lines(plan, found) == ["12-09 P night 有船舶驾驶资格的人数：要1，只有0"]
    assert queries.conflict_lines(plan, found)[:2] == ["12-08的休假", "两班之间的休息时间"]


def command(path: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    line = [sys.executable, "-m", "gantang", "roster", str(path), *words]
    return subprocess.run(line, capture_output=True, text=True, cwd=ROOT, timeout=240)


@pytest.mark.slow
def test_the_command_writes_a_roster_or_names_the_rules_in_the_way(tmp_path: Path):
    pytest.importorskip("ortools")
    good = command(written(tmp_path), "--to", str(tmp_path / "roster.csv"))
    assert good.returncode == 0, good.stderr
    lines = (tmp_path / "roster.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "date,place,kind,post" and "2026-12-08,P,early,102" in lines and len(lines) == 5
    poor = command(written(tmp_path, officers=PLAN["officers"][:1], wishes=[]))
    assert poor.returncode == 1 and "12-08 P early 人数：要1，只有0" in poor.stdout


def test_no_page_and_no_query_loads_the_solver():
    code = (
        "import sys, django; django.setup(); import gantang.site.urls, gantang.patrol.queries, gantang.patrol.service;"
        "assert 'ortools' not in sys.modules and 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
