"""The shipped packs: every story comes true, every word is there in both languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from gantang import engine
from gantang.engine.model import STATUSES
from gantang.engine.scenario import StoryError, Told, tell
from tests.engine.sample import PACKS, calendar, packs, procedures, request

STORIES = sorted(PACKS.glob("*/scenarios/*.yaml"))
#: design language, section 5: the one list of words.
VOCABULARY = {
    "received": "待受理",
    "routed": "已分派",
    "handling": "办理中",
    "mediating": "调解中",
    "contested": "归口待裁定",
    "answered": "待核验",
    "closed": "已办结",
    "withdrawn": "已撤回",
}


@cache
def told_of(path: Path) -> Told:
    """A story, told once for all that is asked of it."""
    return tell(path, procedures(), calendar())


@pytest.mark.parametrize("path", STORIES, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_every_story_comes_true(path: Path) -> None:
    told = told_of(path)
    assert engine.replay(told.steps) == told.case
    assert set(told.title) == {"zh-Hans", "en"}


def test_a_story_that_goes_another_way_names_file_and_line(tmp_path: Path) -> None:
    text = (PACKS / "assist/scenarios/answered.yaml").read_text(encoding="utf-8")
    path = tmp_path / "assist" / "scenarios" / "wrong.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text.replace("state: answered", "state: lapsed"), encoding="utf-8")
    with pytest.raises(StoryError, match=r"assist/scenarios/wrong.yaml:11 state: expected lapsed"):
        tell(path, procedures(), calendar())


def test_every_pack_has_stories() -> None:
    assert all(pack.scenarios for pack in packs().values())


def test_state_words_match_the_status_vocabulary() -> None:
    states = request().states
    assert {name: states[name].title.zh for name in VOCABULARY if name in states} == {
        name: words for name, words in VOCABULARY.items() if name in states
    }
    assert {state.status for state in states.values()} <= set(STATUSES)


def test_every_state_move_and_field_has_words_in_both_languages() -> None:
    for procedure in procedures().values():
        named = [procedure.title, *procedure.outcomes.values(), *procedure.texts.values()]
        named += [one.title for one in procedure.states.values()]
        for move in procedure.moves.values():
            named += [move.title, *([move.because] if move.because else [])]
            fields = [procedure.fields[ask.field] for ask in move.asks]
            named += [field.title for field in fields]
            named += [option.words for field in fields for option in field.options]
        named += [field.title for field in procedure.form.fields.values()]
        assert all(one.zh and one.en for one in named), procedure.name


def test_chinese_wording_has_no_half_width_marks() -> None:
    for procedure in procedures().values():
        words = [*procedure.texts.values(), *(m.because for m in procedure.moves.values() if m.because)]
        for one in words:
            assert not any(mark in one.zh.replace("%(", "").replace(")s", "") for mark in ",;:?!()"), one.zh


@cache
def fired(name: str) -> tuple[frozenset[str], frozenset[int]]:
    """(moves, late rules by number) that the stories of a procedure make; a variant has those of its base."""
    steps = [
        step for path in STORIES if (told := told_of(path)).case.procedure == name for step in told.steps
    ]
    moves = {step.data["move"] for step in steps if step.name == "moved"}
    return frozenset(moves), frozenset(step.data["rule"]["n"] for step in steps if "rule" in step.data)


@pytest.mark.parametrize("key", sorted(procedures()))
def test_stories_make_every_move_and_fire_every_late_rule(key: str) -> None:
    procedure = procedures()[key]
    moves, rules = fired(procedure.name)
    heard = {n for n, rule in enumerate(procedure.late) if rule.tell or rule.move}
    if procedure.variant:
        heard = set()  # its rules are numbered anew; the stories of the base fire them
    assert (set(procedure.moves) - moves, heard - rules) == (set(), set())


def test_the_assist_pack_is_uncounted_and_has_no_public_code() -> None:
    assist = procedures()["assist"]
    assert not assist.counted and not assist.access_code and not any(s.public for s in assist.states.values())


def test_free_text_and_people_are_in_the_vault() -> None:
    kinds = {field.kind for field in request().fields.values() if not field.vault}
    assert not kinds & {"text", "phone", "name", "identity", "place"}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(packs()))
def test_the_checker_has_nothing_against_a_shipped_pack(name: str) -> None:
    findings = engine.check(packs()[name], calendar=calendar(), packs=packs().values())
    assert [(one.kind, one.file, one.line, one.sentence.en) for one in findings] == []
