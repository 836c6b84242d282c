"""Faults by which one alone decides, a seal leaves no trace, an objection comes too late, a paper goes out to everybody
or people are kept without a term: each planted in a shipped pack, told where it stands, with a remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gantang import engine
from gantang.engine.check import check, squeeze
from gantang.engine.model import Finding
from tests.engine.planting import calendar
from tests.engine.planting import found as checked
from tests.engine.planting import pack as sound
from tests.engine.sample import PACKS, packs
from tests.engine.test_check_broken import WEEK

ELECTION, NOTICE = "procedures/election.yaml", "procedures/court_notice.yaml"
RELEASED = ", does: [release(receiver), release(handler), release(verifier)]"
COUNTED = '"more_than_half(in_favour, present)"'
#: name: (pack, file, what stood there, what stands there now, kind, words of the finding, text of its line)
PLANTED: dict[str, tuple[str, str, str, str, str, str, str]] = {
    "minutes signed by whoever took them": (
        "standing_group", "procedures/group_meeting.yaml", "asks: [decisions], needs: [other_than(supervisor)]",
        "asks: [decisions], needs: []", "self-check", "sign does not exclude the supervisor", "  sign:",
    ),
    "a list summed up by whoever ran it": (
        "listed", "procedures/listed.yaml", "needs: [other_than(supervisor)]", "needs: []", "self-check",
        "sum_up does not exclude the supervisor", "  sum_up:",
    ),
    "a task carried over by whoever did not do it": (
        "listed", "procedures/listed_item.yaml", "outcome: carried, asks: [note], needs: [other_than(handler)]",
        "outcome: carried, asks: [note], needs: []", "self-check", "carry does not exclude the handler", "  carry:",
    ),
    "a deliberation given up by whoever gathers": (
        "deliberation", "procedure.yaml", "asks: [reasons], needs: [other_than(cooperator)]", "asks: [reasons], needs: []",
        "self-check", "does not exclude the cooperator", "  give_up:",
    ),
    "an election declared failed by whoever ran it": (
        "election", ELECTION, '"at_most_half(ballots, registered)", other_than(cooperator)]',
        '"at_most_half(ballots, registered)"]', "self-check", "vote_failed does not exclude the cooperator",
        "  vote_failed:",
    ),
    "a measure decided by whoever proposed it": (
        "accountability", "procedure.yaml", '"chosen(measure, circular)", other_than(supervisor), ',
        '"chosen(measure, circular)", ', "self-check", "circulate does not exclude the supervisor", "  circulate:",
    ),
    "a decision adopted by whoever drafted it": (
        "decision", "procedure.yaml", "outcome: adopted, asks: [minutes], needs: [gate_open(risk_gate), other_than(handler)]",
        "outcome: adopted, asks: [minutes], needs: [gate_open(risk_gate)]", "self-check",
        "adopt does not exclude the handler", "  adopt:",
    ),
    "no news concluded by whoever waited": (
        "court_track", "procedure.yaml", "asks: [note], needs: [other_than(receiver)]", "asks: [note], needs: []",
        "self-check", "no_news does not exclude the receiver", "  no_news:",
    ),
    "supervision from beside the work": (
        "legal_aid", "procedure.yaml", "by: [supervisor, leader, clock]", "by: [verifier, leader, clock]", "self-check",
        "The verifier may supervise", "  supervise:",
    ),
    "supervision that could be lowered": (
        "legal_aid", "procedure.yaml", "needs: [level_rises]", "needs: []", "gap", "lacks level_rises", "  supervise:",
    ),
    "time granted from beside the work": (
        "facility_repair", "procedure.yaml", "granted_by: [leader]", "granted_by: [receiver]", "self-grant",
        "does not stand above", "",
    ),
    "a tip handed over unopened": (
        "tip", "procedure.yaml", ", needs: [used(open)], produces", ", produces", "leak",
        "does not ask that the seal was opened", "  hand_over:",
    ),
    "a tip opened without the other having asked": (
        "tip", "procedure.yaml", "needs: [used(ask_open), ", "needs: [", "self-check", "One alone could open", "  open:",
    ),
    "a tip opened without a reason": (
        "tip", "procedure.yaml", "by: verifier, asks: [opening_reason], needs: [used(ask_open)",
        "by: verifier, needs: [used(ask_open)", "leak", "leaves no trace of why", "  open:",
    ),
    "a tip looked at without a reason": (
        "tip", "procedure.yaml", "by: [receiver, handler, verifier], asks: [opening_reason]",
        "by: [receiver, handler, verifier]", "leak", "leaves no trace of why", "  look:",
    ),
    "a tip that goes upward and is held on to": (
        "tip", "procedure.yaml", f"by: clock, needs: [held(supervisor)], at_most: 3{RELEASED}",
        "by: clock, needs: [held(supervisor)], at_most: 3", "leak", "those below keep it", "  move_up:",
    ),
    "a conflict declared and the tip held on to": (
        "tip", "procedure.yaml", f"needs: [held(supervisor), other_than(handler)], at_most: 3{RELEASED}",
        "needs: [held(supervisor), other_than(handler)], at_most: 3", "leak", "those below keep it", "  second_declares:",
    ),
    "an objection up to the last moment of the posting": (
        "election", ELECTION, "asks: [objection_ground], until: 5 days", "asks: [objection_ground]", "squeeze",
        "too late to be decided", "  object:",
    ),
    "a term to object that outlasts the posting": (
        "election", ELECTION, "until: 5 days", "until: 50 days", "squeeze", "it never bites", "  object:",
    ),
    "an objection after the end for ever": (
        "volunteer_call", "procedures/volunteer_proof.yaml", "until: 10 working days, ", "", "idling",
        "without a time limit", "  object:",
    ),
    "a staff paper for everybody": (
        "election", ELECTION, "result:      {for: staff", "result:      {for: public", "leak", "no single closed answer",
        "  result:",
    ),
    "a staff paper for everybody that prints the gist": (
        "listed", "procedures/listed_item.yaml", "strike_off: {for: staff", "strike_off: {for: public", "leak",
        "only the office reads", "",
    ),
    "a call for everybody that one alone sends out": (
        "volunteer_call", "procedures/volunteer_call.yaml", "{for: staff", "{for: public", "self-check",
        "goes out to everybody", "",
    ),
    "people kept without a term": (
        "vacancy", "procedure.yaml", "keep: {after_close", "# keep: {after_close", "leak",
        "does not say how long they are kept", "#",
    ),
    "a majority that is only written down": (
        "deliberation", "procedure.yaml", f', {COUNTED}]', "]", "bypass", "does not count them", "",
    ),
    "a notice that comes back for a minor": (
        "performance", NOTICE, "needs: [no_minor, other_than(mediator)], at_most: 1", "needs: [other_than(mediator)], at_most: 1",
        "bypass", "stated to everybody, without no_minor", "  not_performed:",
    ),
    "work given back without a word": (
        "special_campaign", "procedures/special_campaign.yaml", "to: reporting, by: leader, asks: [reasons]",
        "to: reporting, by: leader", "gap", "asks nothing", "  return_report:",
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def timeless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(squeeze, "PAUSED", 1)


def planted(folder: Path, name: str, file: str, old: str, new: str) -> tuple[Finding, ...]:
    path = shutil.copytree(PACKS / name, folder / name) / file
    text = path.read_text(encoding="utf-8")
    assert old in text, "the pack has changed: plant it anew"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    pack = engine.read_pack(folder / name)
    assert pack.findings == ()
    others = [one for one in packs().values() if one.name != name]
    return check(pack, calendar=calendar(), packs=others, days=WEEK)


@pytest.mark.parametrize("fault", PLANTED)
def test_a_fault_that_shape_tells_is_told_where_it_stands_with_a_remedy(fault: str, tmp_path: Path) -> None:
    name, file, old, new, kind, says, at = PLANTED[fault]
    found = planted(tmp_path, name, file, old, new)
    told = [one for one in found if one.kind == kind and says in one.sentence.en]
    assert told, [one.sentence.en for one in found]
    one = told[0]
    lines = (tmp_path / one.file).read_text(encoding="utf-8").splitlines()
    assert 0 < one.line <= len(lines) and lines[one.line - 1].startswith(at)
    assert one.sentence.zh and one.remedy.zh and one.remedy.en


def test_a_path_around_the_opening_is_told_as_one(tmp_path: Path) -> None:
    """The paper's own condition gone, and its state reached from where nothing was opened."""
    found = planted(
        tmp_path, "tip", "procedure.yaml",
        "hand_over:   {from: opening, to: handed_over, by: handler, asks: [authority, \"organ?\", way, letter], needs: [used(open)]",
        "hand_over:   {from: [received, opening], to: handed_over, by: handler, asks: [authority, \"organ?\", way, letter]",
    )  # fmt: skip
    assert any("a path leads here without it" in one.sentence.en for one in found)


@pytest.mark.parametrize("duty", ["arbiter", "leader"])
@pytest.mark.parametrize("apart", [False, True])
def test_who_hears_an_objection_is_not_who_is_objected_to(duty: str, apart: bool, tmp_path: Path) -> None:
    """The reporter's no stands between the work and the decision: still nobody decides on own work."""
    needs = "needs: [other_than(handler)], title: {zh-Hans: "
    heard = needs if apart else "title: {zh-Hans: "
    one = sound(
        tmp_path,
        ("{owner: verifier,", f"{{owner: {duty},"),
        ("to: checking, by: clock,", "to: checking, by: [reporter, clock],"),
        ("by: verifier, outcome: checked, " + needs, f"by: {duty}, outcome: checked, " + heard),
        ("by: verifier, at_most: 1, " + needs, f"by: {duty}, at_most: 1, " + heard),
    )
    told = {f.sentence.en for f in checked(one) if f.kind == "self-check"}
    assert told == set() if apart else any("what people object to in answer" in said for said in told)
