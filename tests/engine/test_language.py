"""Reading procedures: every fault has a file, a line, a sentence in two languages and a remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gantang import engine
from tests.engine.sample import PACKS, request

GOOD = """\
procedure: lamp
version: 1
title: {zh-Hans: 路灯, en: Lamps}
serves: [facility.lighting]
clock: {total: 30 working days}
fields:
  track: {kind: choice, title: {zh-Hans: 方式, en: Track}, options: {quick: {zh-Hans: 快, en: Quick}, slow: {zh-Hans: 慢, en: Slow}}}
states:
  received: {owner: receiver, within: 2 working hours}
  handling: {owner: handler, within: {by: track, quick: 2 days, slow: 5 days}}
  closed:   {end: [done, dropped]}
moves:
  accept: {from: received, to: handling, by: receiver, asks: [track, unit]}
  finish: {from: handling, to: closed, by: handler, outcome: done, needs: [children_closed(assist)]}
  drop:   {from: open, to: closed, by: [receiver, leader], outcome: dropped}
late:
  - {at: 100%, mark: red, tell: leader}
keep: {after_close: 5 years, then: erase_people}
counts: [opened, closed]
"""


def written(folder: Path, text: str = GOOD, name: str = "lamp") -> Path:
    pack = folder / name
    pack.mkdir(parents=True, exist_ok=True)
    (pack / "procedure.yaml").write_text(text, encoding="utf-8")
    return pack


def only(folder: Path, old: str, new: str) -> engine.Finding:
    """The one finding after one change."""
    assert old in GOOD
    found = engine.read_pack(written(folder, GOOD.replace(old, new))).findings
    assert len(found) == 1, [(one.sentence.en, one.line) for one in found]
    assert found[0].sentence.zh and found[0].remedy.zh and found[0].remedy.en
    return found[0]


def test_a_whole_procedure_is_read(tmp_path: Path) -> None:
    lamp = engine.load_pack(written(tmp_path)).procedures["lamp"]
    assert lamp.initial == "received" and lamp.open_states == ("received", "handling")
    assert lamp.moves["drop"].sources == ("received", "handling") and lamp.moves["drop"].from_open
    assert [str(span) for span in lamp.states["handling"].within.spans()] == ["2 days", "5 days"]
    assert str(lamp.moves["finish"].needs[0]) == "children_closed(assist)"
    assert lamp.moves["accept"].asks[0].required and lamp.fields["unit"].kind == "unit"


@pytest.mark.parametrize(
    ("old", "new", "line", "guess", "kind"),
    [
        ("owner: handler", "owner: handeler", 10, "handler", "language"),
        ("within: 2 working hours", "withn: 2 working hours", 9, "within", "language"),
        ("counts:", "count:", 19, "counts", "language"),
        ("by: [receiver, leader]", "by: [receiver, leadr]", 15, "leader", "language"),
        (
            "needs: [children_closed(assist)]",
            "needs: [childen_closed(assist)]",
            14,
            "children_closed",
            "language",
        ),
        ("to: handling", "to: handlin", 13, "handling", "gap"),
        ("from: handling, to", "from: handlng, to", 14, "handling", "gap"),
        ("asks: [track, unit]", "asks: [trak, unit]", 13, "track", "gap"),
        ("outcome: done", "outcome: don", 14, "done", "gap"),
        ("tell: leader", "tell: leder", 17, "leader", "language"),
        ("mark: red", "mark: rad", 17, "red", "language"),
        ("then: erase_people", "then: erase_peple", 18, "erase_people", "language"),
        ("[opened, closed]", "[opened, closd]", 19, "closed", "gap"),
        ("by: track,", "by: trak,", 10, "track", "gap"),
        ("slow: 5 days", "slower: 5 days, slow: 5 days", 10, "slow", "gap"),
        ("kind: choice", "kind: choise", 7, "choice", "language"),
    ],
)
def test_an_unknown_name_is_told_with_line_and_nearest_name(
    tmp_path: Path, old: str, new: str, line: int, guess: str, kind: str
) -> None:
    assert old in GOOD
    found = engine.read_pack(written(tmp_path, GOOD.replace(old, new))).findings
    first = next(one for one in found if one.kind == kind)
    assert (first.file, first.line) == ("lamp/procedure.yaml", line)
    assert f"“{guess}”" in first.remedy.en and f"“{guess}”" in first.remedy.zh


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("2 working hours", "2 workng hours", "is not a period"),
        ("2 working hours", "soon", "is not a period"),
        ("at: 100%", "at: 100", "is not a percentage"),
        ("version: 1", "version: one", "should be a whole number"),
        ("after_close: 5 years, ", "", "lacks “after_close”"),
        ("quick: 2 days, ", "", "lacks “quick”"),
        ("outcome: done, ", "", "gives no outcome"),
        ("children_closed(assist)", "'children_closed(assist, track, x)'", "takes other arguments"),
        ("children_closed(assist)", "'a + b'", "is not how a guard"),
    ],
)
def test_a_wrong_value_is_told_in_a_sentence(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert says in only(tmp_path, old, new).sentence.en


def test_no_state_is_called_open_which_means_all_of_them(tmp_path: Path) -> None:
    found = engine.read_pack(written(tmp_path, GOOD.replace("handling", "open"))).findings
    assert [(one.line, "no state is called that" in one.sentence.en) for one in found] == [(10, True)]


def test_a_late_rule_that_calls_nothing_is_told_and_so_is_one_not_given_to_the_clock(tmp_path: Path) -> None:
    late = "tell: leader}"
    assert only(tmp_path / "a", late, "move: supervise}").kind == "gap"
    assert "not given to the clock" in only(tmp_path / "b", late, "move: drop}").sentence.en


def test_a_missing_part_is_told(tmp_path: Path) -> None:
    pack = engine.read_pack(written(tmp_path, "procedure: lamp\nversion: 1\n"))
    assert [one.sentence.en for one in pack.findings] == [
        "“lamp” lacks “states”.",
        "“lamp” lacks “moves”.",
    ]
    assert not pack.procedures


@pytest.mark.parametrize("text", ["a: [b", "a: 1\na: 2\n", "\tx: 1", "a: b: c"])
def test_what_is_not_yaml_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    (found,) = engine.read_pack(written(tmp_path, text)).findings
    assert found.kind == "language" and found.line >= 1 and "YAML" in found.sentence.en


def test_a_folder_without_procedure_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (found,) = engine.read_pack(tmp_path / "empty").findings
    assert "holds no procedure" in found.sentence.en


def test_a_stray_file_is_told(tmp_path: Path) -> None:
    pack = written(tmp_path)
    (pack / "scenario").mkdir()
    (found,) = engine.read_pack(pack).findings
    assert "scenarios" in found.remedy.en


def test_load_raises_with_every_finding_not_the_first(tmp_path: Path) -> None:
    text = GOOD.replace("owner: handler", "owner: handeler").replace("to: handling", "to: handlin")
    with pytest.raises(engine.PackError) as caught:
        engine.load_pack(written(tmp_path, text))
    assert len(caught.value.findings) >= 2
    assert "lamp/procedure.yaml:10" in str(caught.value)


def test_two_packs_may_not_share_a_name(tmp_path: Path) -> None:
    first = engine.load_pack(written(tmp_path))
    with pytest.raises(engine.PackError, match="taken by pack"):
        engine.load_pack(written(tmp_path, name="other"), others=[first])


def test_free_text_cannot_leave_the_vault(tmp_path: Path) -> None:
    text = GOOD.replace("fields:\n", "fields:\n  note: {kind: text, vault: false}\n")
    (found,) = engine.read_pack(written(tmp_path, text)).findings
    assert "lives in the vault" in found.sentence.en


def test_a_move_by_the_clock_fires_at_the_end_of_its_period(tmp_path: Path) -> None:
    text = GOOD.replace(
        "late:\n", "  lapse: {from: handling, to: closed, by: clock, outcome: dropped}\nlate:\n"
    )
    lamp = engine.load_pack(written(tmp_path, text)).procedures["lamp"]
    (rule,) = [rule for rule in lamp.late if rule.move == "lapse"]
    assert (rule.at, rule.states, rule.implied) == (100, ("handling",), True)


def test_one_end_needs_no_outcome_named(tmp_path: Path) -> None:
    text = (
        GOOD.replace("[done, dropped]", "[done]")
        .replace(", outcome: done", "")
        .replace(", outcome: dropped", "")
    )
    lamp = engine.load_pack(written(tmp_path, text)).procedures["lamp"]
    assert lamp.moves["finish"].outcomes == ("done",) and lamp.moves["finish"].outcome_by is None


def test_several_outcomes_are_asked_for(tmp_path: Path) -> None:
    text = GOOD.replace("outcome: dropped}", "outcome: [dropped, done]}")
    drop = engine.load_pack(written(tmp_path, text)).procedures["lamp"].moves["drop"]
    assert drop.outcome_by == "outcome" and "outcome" in [ask.field for ask in drop.asks]


def test_words_inline_go_before_words_of_the_texts(tmp_path: Path) -> None:
    pack = written(tmp_path, GOOD.replace("by: handler, outcome", "by: handler, because: 先办完, outcome"))
    (pack / "texts").mkdir()
    zh = "moves: {finish: {title: 办完, because: 别的}}"
    (pack / "texts" / "zh-Hans.yaml").write_text(zh, encoding="utf-8")
    (pack / "texts" / "en.yaml").write_text(
        "moves: {finish: {title: Finish, because: First}}", encoding="utf-8"
    )
    finish = engine.load_pack(pack).procedures["lamp"].moves["finish"]
    assert finish.title == engine.Words("办完", "Finish")
    assert finish.because == engine.Words("先办完", "First")


def test_the_hash_is_of_the_meaning_not_of_the_spelling(tmp_path: Path) -> None:
    first = engine.load_pack(written(tmp_path / "a")).procedures["lamp"]
    spelled = "# a comment\n" + GOOD.replace("{owner: receiver, within: 2 working hours}",
                                             "{ owner:   receiver,   within: 2 working hours }")  # fmt: skip
    again = engine.load_pack(written(tmp_path / "b", spelled)).procedures["lamp"]
    other = engine.load_pack(written(tmp_path / "c", GOOD.replace("5 days", "6 days"))).procedures["lamp"]
    assert first.hash == again.hash != other.hash and len(first.hash) == 64


def test_the_hash_of_a_procedure_in_force_stays_as_the_language_grows(tmp_path: Path) -> None:
    lamp = engine.load_pack(written(tmp_path)).procedures["lamp"]
    assert lamp.hash == "fe319a4bd76b1b36b294c0ec45e92e8e30709874d332c3f633f06c2b66d5f050"


def test_the_order_of_states_and_moves_is_part_of_the_meaning(tmp_path: Path) -> None:
    first = engine.load_pack(written(tmp_path / "a")).procedures["lamp"]
    lines = GOOD.splitlines(keepends=True)
    lines[12], lines[13] = lines[13], lines[12]
    swapped = engine.load_pack(written(tmp_path / "b", "".join(lines))).procedures["lamp"]
    assert first.hash != swapped.hash


def test_the_kept_source_gives_back_the_same_procedure() -> None:
    again = engine.read_source(request().source)
    assert again.hash == request().hash
    assert list(again.states) == list(request().states) and list(again.moves) == list(request().moves)
    assert again.moves["refuse"].because == request().moves["refuse"].because
    assert [rule.at for rule in again.late] == [rule.at for rule in request().late]


def test_a_pack_may_hold_several_procedures(tmp_path: Path) -> None:
    pack = tmp_path / "both"
    (pack / "procedures").mkdir(parents=True)
    for name in ("one", "two"):
        text = GOOD.replace("procedure: lamp", f"procedure: {name}")
        (pack / "procedures" / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert list(engine.load_pack(pack).procedures) == ["one", "two"]


def test_the_sketch_reads_and_only_its_dangling_name_is_told(tmp_path: Path) -> None:
    """The page's sketch: a late rule calls a move that does not exist."""
    shutil.copytree(Path(__file__).parent / "sketch", tmp_path / "sketch")
    folder = next(path.parent for path in (tmp_path / "sketch").rglob("procedure.yaml"))
    gaps = [one for one in engine.read_pack(folder).findings if one.kind == "gap"]
    assert [one.sentence.en for one in gaps] == ["Unknown move “supervise”."]


def test_every_shipped_file_is_short() -> None:
    for file in PACKS.rglob("procedure.yaml"):
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 150


def test_the_vocabulary_is_documented_in_two_languages() -> None:
    from gantang.engine.vocabulary import EFFECTS, GUARDS, MEASURES

    for word in (*GUARDS.values(), *EFFECTS.values()):
        assert word.doc and word.title.zh and word.title.en, word.name
    assert all(word.refusal.zh and word.refusal.en for word in GUARDS.values())
    assert all(one.zh and one.en for one in MEASURES.values())
    assert {name for name, word in GUARDS.items() if word.essential} == {
        "willing_parties",
        "document",
        "gate_open",
        "no_minor",
    }
