"""Every kind of fault planted in a sound procedure: each is named at its line, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from gantang.engine.model import Finding
from tests.engine.planting import Edit, found, named, pack

HARD = "hard: 15 working days"
LATE = "  - {at: 100%, mark: red,    tell: leader}"
PARKED = "  parked: {owner: handler, within: 1 working day, title: {zh-Hans: 搁置, en: parked}}\n"
ANSWERED = "  answered: {owner: reporter"
REOPEN = "  reopen:    {from: closed"


def move(name: str, rest: str) -> Edit:
    """One more move before `reopen`."""
    return REOPEN, f"  {name}: {{{rest}, title: {{zh-Hans: 动作, en: {name}}}}}\n{REOPEN}"


PARK = (ANSWERED, PARKED + ANSWERED)

#: name: (edits, expected findings as kind and place, text of the line of the first one)
PLANTED: dict[str, tuple[list[Edit], set[tuple[str, str]], str]] = {
    # gap
    "a state that cannot be reached": (
        [PARK, move("leave", "from: parked, to: answered, by: handler, needs: [document.reply]")],
        {("gap", "states/parked")},
        "parked: {owner",
    ),
    "a state that leads nowhere": (
        [PARK, move("park", "from: handling, to: parked, by: handler")],
        {("gap", "states/parked")},
        "parked: {owner",
    ),
    "two states that lead only to each other": (
        [
            (ANSWERED, PARKED + PARKED.replace("parked", "shelved") + ANSWERED),
            move("park", "from: [handling, shelved], to: parked, by: handler"),
            move("shelve", "from: parked, to: shelved, by: handler, at_most: 3"),
        ],
        {("gap", "states/parked"), ("gap", "states/shelved")},
        "parked: {owner",
    ),
    "no end once the uses ran out": (
        [
            ("  verify:    {from: checking, to: closed, by: verifier, outcome: checked, needs: [other_than(handler)], title: {zh-Hans: 核验, en: verify}}\n", ""),
            ("end: [solved, checked, refused]", "end: [solved, refused]"),
            ("  checked: {zh-Hans: 已核验, en: checked}\n", ""),
        ],
        {("gap", "states/checking"), ("gap", "states/handling"), ("gap", "states/answered")},
        "handling:",
    ),
    "a silent reporter keeps the matter open": (
        [("by: clock, title: {zh-Hans: 逾期", "by: reporter, title: {zh-Hans: 逾期")],
        {("gap", "states/answered"), ("gap", "states/handling"), ("idling", "states/answered")},
        "handling:",
    ),
    "a silent party keeps the matter open after the last send-back": (
        [
            ("from: answered, to: checking, by: clock", "from: answered, to: checking, by: clock, at_most: 1"),
        ],
        {("gap", "states/answered"), ("gap", "states/handling"), ("idling", "states/answered")},
        "handling:",
    ),
    "an outcome no move gives": (
        [
            ("end: [solved, checked, refused]", "end: [solved, checked, refused, referred]"),
            ("  refused: {zh", "  referred: {zh-Hans: 已引导, en: referred}\n  refused: {zh"),
        ],
        {("gap", "states/closed/referred")},
        "closed:   {end",
    ),
    "a guard that never holds on the only move to an outcome": (
        [
            ("end: [solved, checked, refused]", "end: [solved, checked, refused, referred]"),
            ("  refused: {zh", "  referred: {zh-Hans: 已引导, en: referred}\n  refused: {zh"),
            move("refer", "from: handling, to: closed, by: handler, outcome: referred, needs: [gate_open(risk)]"),
        ],
        {("gap", "moves/refer")},
        "refer:",
    ),
    "an outcome misspelt": (
        [("outcome: solved", "outcome: solvd")],
        {("gap", "moves/confirm/outcome")},
        "confirm:",
    ),
    "a document without template": (
        [("needs: [document.reply,", "needs: [document.replly,")],
        {("gap", "moves/answer")},
        "needs: [document.replly",
    ),
    "a gate of an unknown procedure": (
        [move("jump", "from: handling, to: checking, by: handler, needs: [document.reply, gate_open(risk)]")],
        {("gap", "moves/jump")},
        "jump:",
    ),
    "children of an unknown procedure": (
        [move("jump", "from: handling, to: checking, by: handler, needs: [document.reply, children_closed(asist)]")],
        {("gap", "moves/jump")},
        "jump:",
    ),
    "an opening of an unknown procedure": (
        [("opens: {procedure: assist,", "opens: {procedure: asist,")],
        {("gap", "moves/help")},
        "help:",
    ),
    "a matter that goes elsewhere and nobody says where": (
        [
            ("refused: {zh-Hans: 不予受理, en: refused}", "moved: {zh-Hans: 移交, en: moved}"),
            ("[solved, checked, refused]", "[solved, checked, moved]"),
            ("outcome: refused", "outcome: moved"),
        ],
        {("gap", "moves/refuse")},
        "refuse:",
    ),
    "a field nobody asks": (
        [
            ("  score:  {kind", "  colour: {kind: choice, options: {red: {zh-Hans: 红, en: red}}, title: {zh-Hans: 颜色, en: colour}}\n  score:  {kind"),
            move("jump", "from: handling, to: checking, by: handler, needs: [document.reply, \"chosen(colour, red)\"]"),
        ],
        {("gap", "moves/jump")},
        "jump:",
    ),
    "an answer the field does not have": (
        [move("jump", "from: handling, to: checking, by: handler, needs: [document.reply, \"chosen(track, easy)\"]")],
        {("gap", "moves/jump")},
        "jump:",
    ),
    "a share of what its own move does not count": (
        [move("jump", "from: handling, to: checking, by: handler, needs: [document.reply, \"more_than_half(score, score)\"]")],
        {("gap", "moves/jump")},
        "jump:",
    ),
    "guards that exclude each other": (
        [move("jump", "from: handling, to: checking, by: handler, needs: [document.reply, reachable, unreachable]")],
        {("gap", "moves/jump")},
        "jump:",
    ),
    "a guard that never holds on a move another waits for": (
        [
            move("jump", "from: handling, to: checking, by: handler, needs: [document.reply, used(leap)]"),
            move("leap", "from: handling, by: handler, needs: [gate_open(risk)]"),
        ],
        {("gap", "moves/leap")},
        "leap:",
    ),
    "an answer to a question nobody asks": (
        [("by: handler, does: [question], title", "by: handler, title")],
        {("gap", "moves/supply")},
        "supply:",
    ),
    "a question where no pause is allowed": (
        [("      pause: {up_to: 10 days, at_most: 1, granted_by: leader}\n", "")],
        {("gap", "moves/ask")},
        "ask:  ",
    ),
    "a state misspelt": (
        [("from: checking, to: handling", "from: checking, to: handlng")],
        {("gap", "moves/send_back/to")},
        "send_back:",
    ),
    "a late rule for a move that does not exist": (
        [("move: supervise}", "move: supervize}")],
        {("gap", "late/move")},
        "move: supervize",
    ),
    "a late rule for a move the clock may not make": (
        [("by: [supervisor, clock]", "by: [supervisor]")],
        {("gap", "late/move")},
        "move: supervise",
    ),
    "a count of what does not exist": ([("track, score]", "track, scor]")], {("gap", "counts")}, "counts:"),
    # blind spot
    "a state without owner": (
        [("checking: {owner: verifier, ", "checking: {")],
        {("blind spot", "states/checking")},
        "checking: {",
    ),
    "a move nobody may make": (
        [("by: verifier, at_most: 1", "by: [], at_most: 1")],
        {("blind spot", "moves/send_back")},
        "send_back:",
    ),
    "a move left to a clock that never strikes": (
        [move("expire", "from: closed, to: handling, by: clock, at_most: 1, until: 5 days")],
        {("blind spot", "moves/expire")},
        "expire:",
    ),
    "a move by the clock whose rule watches other states": (
        [
            move("expire", "from: checking, to: closed, by: clock, outcome: checked"),
            ("  - {at: 150%", "  - {at: 100%, move: expire, in: [handling]}\n  - {at: 150%"),
        ],
        {("blind spot", "moves/expire")},
        "expire:",
    ),
    # idling
    "a cycle without a bound": (
        [("by: verifier, at_most: 1, needs", "by: verifier, needs")],
        {("idling", "moves/send_back")},
        "send_back:",
    ),
    "a state that goes on to itself": (
        [move("again", "from: handling, to: handling, by: handler")],
        {("idling", "moves/again")},
        "again:",
    ),
    "a cycle through the end": (
        [("until: 10 working days, at_most: 1", "until: 10 working days")],
        {("idling", "moves/reopen")},
        "reopen:",
    ),
    "an end that can be left for ever": (
        [("until: 10 working days, at_most: 1", "at_most: 1")],
        {("idling", "moves/reopen")},
        "reopen:",
    ),
    "a state without a clock": (
        [("within: 3 working days, ", "")],
        {("idling", "states/checking")},
        "checking:",
    ),
    "a lapse told to the owner alone": (
        [(LATE, LATE.replace("leader", "owner"))],
        {("idling", f"states/{name}") for name in ("received", "handling", "checking")},
        "within: 2 working hours",
    ),
    "a lapse nobody hears of until later": (
        [(LATE, LATE.replace("100%", "120%"))],
        {("idling", f"states/{name}") for name in ("received", "handling", "checking")},
        "within: 2 working hours",
    ),
    "a lapse heard in some states only": (
        [(LATE, LATE.replace("}", ", in: [received, handling]}"))],
        {("idling", "states/checking")},
        "checking:",
    ),
    "a pause without length": ([("{up_to: 10 days, at_most: 1,", "{at_most: 1,")], {("idling", "states/handling")}, "pause: {at_most"),
    "pauses without number": ([("{up_to: 10 days, at_most: 1,", "{up_to: 10 days,")], {("idling", "states/handling")}, "pause: {up_to"),
    "extensions without number": ([("{by: 5 working days, at_most: 1,", "{by: 5 working days,")], {("idling", "states/handling")}, "extend: {by"),
    "an extension of the total without length": (
        [("{total: 90 working days}", "{total: 90 working days, extend: {at_most: 1}}")],
        {("idling", "clock")},
        "clock:",
    ),
    "procedures that open each other": (
        [move("twin", "from: handling, by: handler, opens: {procedure: sound}")],
        {("idling", "moves/twin")},
        "twin:",
    ),
    # squeeze
    "a total too short for the hard track": (
        [("{total: 90 working days}", "{total: 50 working days}")],
        {("squeeze", "clock")},
        "clock:",
    ),
    "a clock shorter than the child it waits for": (
        [("plain: 5 working days", "plain: 1 working day")],
        {("squeeze", "states/handling")},
        "within: {by: track",
    ),
    # self-check
    "a verifier who may have handled it": (
        [("outcome: checked, needs: [other_than(handler)]", "outcome: checked")],
        {("self-check", "moves/verify")},
        "verify:",
    ),
    "a verifier kept apart from the wrong duty": (
        [("outcome: checked, needs: [other_than(handler)]", "outcome: checked, needs: [other_than(receiver)]")],
        {("self-check", "moves/verify")},
        "verify:",
    ),
    "a verifier who may have handled it before it was sent back": (
        [move("sign_off", "from: handling, to: closed, by: verifier, outcome: checked")],
        {("self-check", "moves/sign_off")},
        "sign_off:",
    ),
    # bypass
    "another way around the document": (
        [move("tell", "from: handling, to: answered, by: handler")],
        {("bypass", "states/answered")},
        "tell:",
    ),
    "a way around by the clock": (
        [move("run_out", "from: handling, to: answered, by: clock")],
        {("bypass", "states/answered")},
        "run_out:",
    ),
    "a way around to the same outcome": (
        [
            ("outcome: checked, needs: [other", "outcome: checked, needs: [willing_parties, other"),
            move("drop", "from: checking, to: closed, by: leader, outcome: checked"),
        ],
        {("bypass", "states/closed")},
        "drop:",
    ),
    # self-grant
    "an extension the asker may grant": (
        [("extend: {by: 5 working days, at_most: 1, granted_by: leader}", "extend: {by: 5 working days, at_most: 1, granted_by: [leader, handler]}")],
        {("self-grant", "states/handling")},
        "extend:",
    ),
    "a pause the asker may grant": (
        [("pause: {up_to: 10 days, at_most: 1, granted_by: leader}", "pause: {up_to: 10 days, at_most: 1, granted_by: handler}")],
        {("self-grant", "states/handling")},
        "pause:",
    ),
    "an extension of the total the asker may grant": (
        [("{total: 90 working days}", "{total: 90 working days, extend: {by: 5 days, at_most: 1, granted_by: verifier}}")],
        {("self-grant", "clock")},
        "clock:",
    ),
    # leak
    "free text counted": ([("track, score]", "track, reply]")], {("leak", "counts")}, "counts:"),
    "a phone in the list": ([("counts: [", "lists: [track, phone]\ncounts: [")], {("leak", "lists")}, ""),
    "words of the reporter stated to everybody": ([("counts: [", "feed: {states: [handling], fields: [track, words], expires: 24 hours}\ncounts: [")], {("leak", "feed")}, "words"),
    "words of the reporter searched": ([("counts: [", "search: [words]\ncounts: [")], {("leak", "search")}, ""),
    "a period by an answer of the vault": (
        [("track:  {kind: choice,", "track:  {kind: choice, vault: true,"), ("on_time, track, score]", "on_time, score]")],
        {("leak", "states/handling")},
        "within: {by: track",
    ),
    "a guard on an answer of the vault": (
        [
            ("track:  {kind: choice,", "track:  {kind: choice, vault: true,"),
            ("on_time, track, score]", "on_time, score]"),
            ("within: {by: track, plain: 5 working days, hard: 15 working days}", "within: 5 working days"),
            ("asks: [track], title", 'asks: [track], needs: ["chosen(track, hard)"], title'),
        ],
        {("leak", "moves/accept")},
        "accept:",
    ),
    # words
    "a state without English": ([("title: {zh-Hans: 核验中, en: checking}", "title: 核验中")], {("words", "states/checking")}, "checking:"),
    "a move without Chinese": ([("title: {zh-Hans: 确认, en: confirm}", "title: {en: confirm}")], {("words", "moves/confirm")}, "confirm:"),
    "a move without words": ([(", title: {zh-Hans: 确认, en: confirm}", "")], {("words", "moves/confirm")}, "confirm:"),
    "a reason without English": (
        [("because: {zh-Hans: 答复须有书面文书。, en: An answer is in writing.}", "because: 答复须有书面文书。")],
        {("words", "moves/answer/because")},
        "answer:",
    ),
    "an answer without English": ([("plain: {zh-Hans: 一般, en: plain}", "plain: 一般")], {("words", "fields/track/plain")}, "track:"),
    "an outcome without words": ([("  checked: {zh-Hans: 已核验, en: checked}\n", "")], {("words", "outcomes/checked")}, "closed:   {end"),
    "a title without English": ([("title: {zh-Hans: 无误, en: sound}", "title: 无误")], {("words", "title")}, "procedure: sound"),
    # language
    "a guard misspelt": (
        [("outcome: checked, needs: [other_than(handler)]", "outcome: checked, needs: [othre_than(handler)]")],
        {("language", "moves/verify/needs")},
        "verify:",
    ),
}  # fmt: skip


def test_sound_procedure_has_no_finding(tmp_path: Path) -> None:
    assert found(pack(tmp_path)) == ()


@pytest.mark.parametrize("name", PLANTED)
def test_planted_fault_is_named_at_its_line_in_both_languages_and_nothing_else_is(
    name: str, tmp_path: Path
) -> None:
    edits, expected, text = PLANTED[name]
    findings = found(pack(tmp_path, *edits))
    assert named(findings) == expected, [one.sentence.en for one in findings]
    for one in findings:
        assert one.file
        assert one.line > 0
        assert all((one.sentence.zh, one.sentence.en, one.remedy.zh, one.remedy.en))
    if text:
        _at_its_line(findings[0], tmp_path, text)


def _at_its_line(one: Finding, folder: Path, text: str) -> None:
    lines = (folder / one.file).read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(lines) if text in line)
    assert at + 1 == one.line, f"{one.sentence.en} is placed at {one.line}: {lines[one.line - 1]}"
