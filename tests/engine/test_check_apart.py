"""Faults in what stays with two posts or one unit, in names that mean the same everywhere, in what papers print: each
planted in a shipped pack, told where it stands, with a remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gantang import engine
from gantang.engine.check import check, squeeze
from gantang.engine.check.papers import papers
from tests.engine.planting import calendar
from tests.engine.sample import PACKS, packs, procedures
from tests.engine.test_check_broken import WEEK

#: name: (pack, file, what stood there, what stands there now, kind, words of the finding, text of its line)
PLANTED: dict[str, tuple[str, str, str, str, str, str, str]] = {
    "a tip whose people are never forgotten": (
        "tip", "procedure.yaml", "keep: {after_close: 1 years, then: erase_people}\n", "", "leak",
        "does not say when people are erased", "#",
    ),
    "a tip with a code at the common door": (
        "tip", "procedure.yaml", "access_code: false", "access_code: true", "leak", "gives an access code", "#",
    ),
    "the opening shown on the reporter's page": (
        "tip", "procedure.yaml", "asks: [opening_reason], public: false}\n  open:", "asks: [opening_reason]}\n  open:",
        "leak", "the holders' own affair", "  ask_open:",
    ),
    "a seal that one opens": (
        "tip", "procedure.yaml", "needs: [used(ask_open), other_than(receiver)", "needs: [other_than(receiver)",
        "self-check", "One alone could open the seal", "  open:",
    ),
    "a seal that the same person opens twice": (
        "tip", "procedure.yaml", "needs: [used(ask_open), other_than(receiver), other_than(handler)]",
        "needs: [used(ask_open)]", "self-check", "One alone could open the seal", "  open:",
    ),
    "a tip against the holder that the holder keeps": (
        "tip", "procedure.yaml", "asks: [conflict_ground], needs: [held(supervisor)], at_most: 3,"
        " does: [release(receiver), release(handler), release(verifier)]",
        "asks: [conflict_ground], needs: [held(supervisor)], at_most: 3, does: [release(receiver), release(handler)]",
        "leak", "release(verifier)", "  declare_conflict:",
    ),
    "a tip let go of with nobody above": (
        "tip", "procedure.yaml", "by: clock, needs: [held(supervisor)]", "by: clock, needs: [held(handler)]",
        "leak", "held(supervisor)", "  move_up:",
    ),
    "a service to a person that is counted": (
        "aftercare", "procedure.yaml", "counted: false", "counted: true", "leak", "is counted in figures", "#",
    ),
    "a service to a person with a code": (
        "counselling", "procedure.yaml", "access_code: false", "access_code: true", "leak", "access code", "#",
    ),
    "a service to a person that is never forgotten": (
        "counselling", "procedure.yaml", "then: erase_people", "then: keep", "leak", "when people are erased", "keep:",
    ),
    "a paper of a service for everybody": (
        "counselling", "procedure.yaml", "appointment: {for: staff", "appointment: {for: public", "leak",
        "to everybody", "  appointment:",
    ),
    "a state that lies with the wrong duty": (
        "legal_aid", "procedure.yaml", "assigning: {owner: dispatcher", "assigning: {owner: arbiter", "blind spot",
        "has no move there", "  assigning:",
    ),
    "supervision that raises nothing": (
        "vacancy", "procedure.yaml", "does: [raise_supervision]", "does: []", "gap", "lacks raise_supervision", "  supervise:",
    ),
    "a running matter put on record as a past one": (
        "good_samaritan", "procedure.yaml", "outcome: recorded, needs: [imported]", "outcome: recorded", "gap",
        "put a running matter on record", "  record:",
    ),
    "a template that prints what it is not filled with": (
        "listed", "documents/dispatch.typ", 'text-of("findings")', 'text-of("fimdings")', "gap", "fimdings",
        '#text-of("fimdings")',
    ),
    "a paper that counts what is never opened": (
        "listed", "procedures/listed.yaml", "children: listed_item, by", "children: assist, by", "gap",
        "counts assist, which no move here opens", "  dispatch:",
    ),
    "figures split by what is no choice": (
        "listed", "procedures/listed.yaml", "by: arisen", "by: due", "gap", "splits by due", "  dispatch:",
    ),
    "figures of children for outsiders": (
        "special_campaign", "procedures/special_campaign.yaml", "bulletin: {for: staff", "bulletin: {for: public", "leak",
        "small ones tell of people", "  bulletin:",
    ),
    "a paper that is filled with what nobody asks": (
        "legal_aid", "procedure.yaml", 'asks: [result, reply, "ways_told?"]', "asks: [reply]", "gap", "which no move asks", "  opinion:",
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def timeless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(squeeze, "PAUSED", 1)


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_told_where_it_stands_with_a_remedy(fault: str, tmp_path: Path) -> None:
    name, file, old, new, kind, says, at = PLANTED[fault]
    path = shutil.copytree(PACKS / name, tmp_path / name) / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    pack = engine.read_pack(tmp_path / name)
    assert pack.findings == ()
    others = [one for one in packs().values() if one.name != name]
    found = check(pack, calendar=calendar(), packs=others, days=WEEK)
    told = [one for one in found if one.kind == kind and says in one.sentence.en + one.remedy.en]
    assert told, [one.sentence.en for one in found]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert told[0].file.endswith(file) and lines[told[0].line - 1].startswith(at)
    assert told[0].sentence.zh and told[0].remedy.zh and told[0].remedy.en


def test_every_shipped_paper_is_filled_with_what_its_template_prints() -> None:
    for one in procedures().values():
        assert list(papers(one, procedures())) == [], one.key
