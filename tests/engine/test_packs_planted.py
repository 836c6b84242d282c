"""A copy of each pack of the other systems with one fault of each kind: told at its file and line, with a remedy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gantang import engine
from gantang.engine.check import check, squeeze
from tests.engine.planting import calendar
from tests.engine.sample import PACKS, packs
from tests.engine.test_check_broken import WEEK

NAMES = [
    "accountability",
    "aftercare",
    "counselling",
    "court_track",
    "deliberation",
    "election",
    "facility_repair",
    "good_samaritan",
    "legal_aid",
    "listed",
    "patrol_incident",
    "peacemaker",
    "performance",
    "special_campaign",
    "standing_group",
    "vacancy",
    "volunteer_call",
]
#: What a fault makes of a file's text: the new text, and the line it stands in.
Plant = Callable[[str], tuple[str, int] | None]


def instead(pattern: str, by: str) -> Plant:
    """The first place of a pattern within the moves and states, changed; None where there is none."""

    def change(text: str) -> tuple[str, int] | None:
        found = re.compile(pattern, re.MULTILINE).search(text, text.index("states:"))
        if found is None:
            return None
        line = text.count("\n", 0, found.start()) + 1
        return text[: found.start()] + found.expand(by) + text[found.end() :], line

    return change


#: name: (what is planted in the procedure, kinds of finding, words of sentence or remedy)
FAULTS: dict[str, tuple[Plant, set[str], str]] = {
    "a target misspelt": (instead(r"(from: [^\n]*?to: )(\w+)", r"\1\2x"), {"gap"}, "x”"),
    "a duty misspelt": (instead(r"(owner: )(\w+)", r"\1\2x"), {"language"}, "x”"),
    "an unknown guard": (instead(r"(needs: \[)", r"\1seldom_true, "), {"language"}, "seldom_true"),
    "a field nobody knows": (instead(r"(asks: \[)", r"\1nowhere_kept, "), {"gap"}, "nowhere_kept"),
    "an unknown key": (instead(r"(from: \w+, )", r"\1wenn: \"1\", "), {"language"}, "wenn"),
}


@pytest.fixture(autouse=True)
def timeless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(squeeze, "PAUSED", 1)


def planted(folder: Path, plant: Plant) -> tuple[Path, int]:
    """Into the first procedure of the pack that has such a place: the file and the line."""
    for file in sorted((*folder.glob("procedure.yaml"), *folder.glob("procedures/*.yaml"))):
        if (changed := plant(file.read_text(encoding="utf-8"))) is not None:
            file.write_text(changed[0], encoding="utf-8")
            return file, changed[1]
    raise AssertionError(f"{folder.name} has no such place")


def told(folder: Path) -> tuple[engine.Finding, ...]:
    pack = engine.read_pack(folder)
    others = [one for one in packs().values() if one.name != pack.name]
    return pack.findings or check(pack, calendar=calendar(), packs=others, days=WEEK)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", NAMES)
def test_a_fault_in_a_procedure_is_told_at_its_line(name: str, fault: str, tmp_path: Path) -> None:
    plant, kinds, says = FAULTS[fault]
    folder = tmp_path / name
    shutil.copytree(PACKS / name, folder)
    file, line = planted(folder, plant)
    at = [one for one in told(folder) if one.file.endswith(file.name) and abs(one.line - line) <= 1]
    assert at, [f"{one.file}:{one.line} {one.sentence.en}" for one in told(folder)]
    assert {one.kind for one in at} & kinds
    assert any(says in one.sentence.en + one.remedy.en for one in at)
    assert all(one.sentence.zh and one.sentence.en and one.remedy.zh and one.remedy.en for one in at)


@pytest.mark.parametrize("name", NAMES)
def test_a_word_that_is_missing_in_english_is_told(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    shutil.copytree(PACKS / name, folder)
    file = folder / "texts" / "en.yaml"
    text = file.read_text(encoding="utf-8")
    found = re.search(r"^ {2,}\w+: [A-Z].*\n", text, re.MULTILINE)
    assert found
    file.write_text(text[: found.start()] + text[found.end() :], encoding="utf-8")
    at = [one for one in told(folder) if one.kind == "words"]
    assert at and all(one.remedy.zh and one.remedy.en for one in at)
