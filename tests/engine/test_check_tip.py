"""Faults planted in a copy of the tip pack, of each kind, are told with their line; the pack itself has none."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

import gantang
from gantang import engine
from tests.engine import whole

PACK = Path(gantang.__file__).parent / "packs" / "tip"
#: One day on which squeeze is tried is enough: nothing here is about lengths.
DAY = [date(2026, 2, 10)]
PLANTED = {
    "a count of a sealed field": ("keep: {after", "counts: [organ]\nkeep: {after", "leak", "organ"),
    "counted": ("counted: false", "counted: true", "leak", "counted"),
    "nobody above hears of lateness": (
        "tell: [owner, supervisor], in: [received, opening, ",
        "tell: [owner, supervisor], in: [received, ",
        "idling",
        "opening",
    ),
    "the handler verifies": (
        "outcome: checked_by_staff, needs: [other_than(handler)]",
        "outcome: checked_by_staff",
        "self-check",
        "verify",
    ),
    "one post opens it alone": (
        ", other_than(receiver), other_than(handler)]",
        "]",
        "self-check",
        "open",
    ),
    "a silent reporter keeps it open": (
        "  silence:     {from: answered, to: checking, by: clock}\n",
        "",
        "gap",
        "answered",
    ),
    "an objection without end": ("asks: [objection], at_most: 1}", "asks: [objection]}", "idling", "opening"),
    "a state without a clock": (
        ", within: 60 days, status: routed",
        ", status: routed",
        "idling",
        "awaiting",
    ),
    "a state that a leader owns": (
        "checking:    {owner: verifier",
        "checking:    {owner: leader",
        "blind spot",
        "leader",
    ),
    "a move that the dispatcher makes": (
        "to: awaiting, by: receiver",
        "to: awaiting, by: dispatcher",
        "blind spot",
        "dispatcher",
    ),
    "a late rule that calls nothing": ("move: no_answer, in", "move: no_anser, in", "gap", "no_anser"),
    "an outcome that no move gives": ("on_paper]}", "on_paper, punished]}", "gap", "punished"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_fault_planted_in_the_tip_pack_is_told_where_it_stands(name: str, tmp_path: Path) -> None:
    old, new, kind, says = PLANTED[name]
    folder = tmp_path / "tip"
    shutil.copytree(PACK, folder)
    file = folder / "procedure.yaml"
    text = re.sub(" +", " ", file.read_text(encoding="utf-8"))
    old, new = re.sub(" +", " ", old), re.sub(" +", " ", new)
    assert old in text, "the pack has changed: plant it anew"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = engine.check(engine.read_pack(folder), calendar=whole.calendar(), days=DAY)
    own = [one for one in found if one.kind == kind and says in one.sentence.en]
    assert own, [(one.kind, one.sentence.en) for one in found]
    assert all(
        one.line and one.file.endswith("procedure.yaml") and one.remedy.zh and one.remedy.en for one in own
    )
