"""The sketch of dispute mediation: the faults left in it on purpose are named, each once, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gantang import engine
from tests.engine.planting import calendar

SKETCH = Path(__file__).parent / "sketch"
LEFT_IN = [
    ("squeeze", "clock"),
    ("gap", "states/closed/referred"),
    ("gap", "states/closed/refused_by_a_party"),
    ("gap", "states/closed/withdrawn"),
    ("bypass", "states/mediating"),
    ("gap", "late/move"),
]


@pytest.mark.parametrize("template", [True, False])
def test_the_faults_left_in_the_sketch_are_named_and_nothing_else(template: bool, tmp_path: Path) -> None:
    """Also where the agreement's template is missing: that is one finding more and hides none of them."""
    shutil.copytree(SKETCH, tmp_path / "sketch")
    if not template:
        shutil.rmtree(tmp_path / "sketch" / "documents")
    findings = engine.check(engine.read_pack(tmp_path / "sketch"), calendar=calendar())
    named = [(one.kind, one.place.partition("/")[2]) for one in findings]
    assert sorted(named) == sorted([*LEFT_IN, *([] if template else [("gap", "moves/agree")])])
