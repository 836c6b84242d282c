"""One planted fault of each kind in what reaches beyond one procedure; the pack without them has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from gantang import engine
from tests.engine import whole

REPAIR, SURVEY, PAYMENT = (f"procedures/{name}.yaml" for name in ("repair", "survey", "payment"))

#: name: (file, what stands there, what is planted, kind, file and line, words of sentence and remedy)
PLANTED: dict[str, tuple[str, str, str, str, str, str]] = {
    # gaps
    "a zero report that is no end": (REPAIR, "zero: [nothing]", "zero: [nothin]", "gap", f"{REPAIR}:73", "“nothing”"),
    "a campaign for each of nothing": (REPAIR, "each: [grid, unit]", "each: []", "gap", f"{REPAIR}:73", "campaign.each"),
    "a campaign for each of something else": (REPAIR, "each: [grid, unit]", "each: [grids, unit]", "language", f"{REPAIR}:73", "“grid”"),
    "a gate opened by no end of it": (SURVEY, "opens: [low]", "opens: [lo]", "gap", f"{SURVEY}:12", "“low”"),
    "a gate that nothing opens": (SURVEY, "opens: [low]", "opens: []", "gap", f"{SURVEY}:12", "No outcome opens"),
    "a gate that must be absent and is unknown": (REPAIR, "gate_absent(survey)", "gate_absent(survy)", "gap", f"{REPAIR}:42", "“survey”"),
    "a document without template": (REPAIR, "documents:\n", "documents:\n  notice: {for: staff, title: {zh-Hans: 通知, en: Notice}}\n", "gap", f"{REPAIR}:75", "documents/notice.typ"),
    "a document of an unknown field": (REPAIR, "uses: [facts, terms, cost]", "uses: [facts, terms, costs]", "gap", f"{REPAIR}:75", "“cost”"),
    "a document for nobody known": (REPAIR, "for: party", "for: partys", "language", f"{REPAIR}:75", "“party”"),
    "a move that issues what does not exist": (REPAIR, "asks: [track, cost],", "asks: [track, cost], produces: [receipt],", "gap", f"{REPAIR}:37", "documents/receipt.typ"),
    "children of an unknown procedure": (REPAIR, "procedure: payment", "procedure: paymnt", "gap", f"{REPAIR}:52", "“payment”"),
    "one child for each of what is no list": (REPAIR, "each: terms", "each: facts", "gap", f"{REPAIR}:52", "is no list"),
    "a column of another kind than the child's field": (PAYMENT, "due: {kind: date", "due: {kind: moment", "gap", f"{REPAIR}:16", "is a date"),
    "rows without columns": (REPAIR, "    columns:\n      due: {kind: date, title: {zh-Hans: 期限, en: due}}\n      sum: {kind: amount, title: {zh-Hans: 金额, en: sum}}\n      to:  {kind: text, required: false, title: {zh-Hans: 给谁, en: to}}\n", "", "language", f"{REPAIR}:12", "lacks “columns”"),
    "rows inside rows": (REPAIR, "sum: {kind: amount", "sum: {kind: rows", "language", f"{REPAIR}:17", "kind of field"),
    "a move named like a stop of every procedure": (PAYMENT, "  pay:  {", "  decline: {", "gap", f"{PAYMENT}:14", "Decline"),
    # leaks
    "a text of the vault for everybody": (REPAIR, "for: party", "for: public", "leak", f"{REPAIR}:75", "the public"),
    "rows with a text counted": (REPAIR, "counts: [opened, closed, nothing, track]", "counts: [opened, terms]", "leak", f"{REPAIR}:72", "terms"),
    "a sealed gate": (SURVEY, "counted: false", "counted: false\nsealed: true", "leak", f"{SURVEY}:13", "Drop gate"),
    # words
    "a document without English": (REPAIR, "title: {zh-Hans: 约定书, en: Agreement}", "title: {zh-Hans: 约定书}", "words", f"{REPAIR}:75", "no wording in en"),
    "a column without Chinese": (REPAIR, "title: {zh-Hans: 期限, en: due}", "title: {en: due}", "words", f"{REPAIR}:16", "no wording in zh-Hans"),
    # idling and squeeze
    "a gate without bound": (SURVEY, "within: 3 working days, ", "", "idling", f"{REPAIR}:59", "has no bound"),
    "a gate longer than the clock that waits for it": (SURVEY, "within: 3 working days", "within: 60 days", "squeeze", f"{REPAIR}:29", "the bound of survey"),
    "children longer than the clock that waits for them": (PAYMENT, "within: 3 working days", "within: 60 days", "squeeze", f"{REPAIR}:29", "the bound of payment"),
    # stories
    "a story of an unknown move": ("scenarios/repair.yaml", "move: confirm", "move: confrm", "gap", "scenarios/repair.yaml:28", "“confirm”"),
    "a story of an unknown player": ("scenarios/repair.yaml", "who: resident, move", "who: residnt, move", "language", "scenarios/repair.yaml:28", "“resident”"),
    "a story's key misspelt": ("scenarios/repair.yaml", "{gates: {survey: false}}", "{gate: {survey: false}}", "language", "scenarios/repair.yaml:26", "“gates”"),
}  # fmt: skip


#: Findings besides, where one fault has really several faces.
ALSO = {
    "a text of the vault for everybody": 2,  # the rows are in the same document
    "a sealed gate": 2,  # opened from beyond the seal, and its words kept for ever
    "a gate without bound": 3,  # twice waited for, and a lapse that never comes
}


def test_the_pack_with_every_part_has_no_finding(tmp_path: Path) -> None:
    assert whole.found(engine.read_pack(whole.written(tmp_path))) == []


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found_at_its_line(name: str, tmp_path: Path) -> None:
    file, old, new, kind, where, says = PLANTED[name]
    pack = engine.read_pack(whole.written(tmp_path, {file: (old, new)}))
    found = engine.check(pack, calendar=whole.calendar())
    told = [(one.kind, f"{one.file.partition('/')[2]}:{one.line}") for one in found]
    assert (kind, where) in told, [(one, f.sentence.en) for one, f in zip(told, found, strict=True)]
    assert len(found) == 1 + ALSO.get(name, 0), told
    one = found[told.index((kind, where))]
    assert says in one.sentence.en + one.remedy.en and one.sentence.zh and one.remedy.zh


SEALED = """\
counted: false
sealed: true
"""


@pytest.mark.parametrize(
    ("planted", "line", "says"),
    [
        ("sealed: true\n", 1, "is counted in figures"),
        (SEALED + "counts: [opened]\n", 6, "opened under counts"),
        (SEALED + "lists: [sum]\n", 6, "sum under lists"),
        (SEALED + "search: [sum]\n", 6, "sum under search"),
        (SEALED + "campaign: {each: [grid]}\n", 6, "has a campaign"),
    ],
)
def test_a_sealed_procedure_shows_itself_nowhere(tmp_path: Path, planted: str, line: int, says: str) -> None:
    changed = {PAYMENT: ("counted: false\n", planted)}
    found = engine.check(engine.read_pack(whole.written(tmp_path, changed)), calendar=whole.calendar())
    own = [one for one in found if one.kind == "leak" and one.file.endswith("payment.yaml")]
    assert [one.line for one in own] == [line] and says in own[0].sentence.en


def test_children_across_the_seal_are_told(tmp_path: Path) -> None:
    changed = {PAYMENT: ("counted: false\n", SEALED)}
    found = engine.check(engine.read_pack(whole.written(tmp_path, changed)), calendar=whole.calendar())
    (one, *_) = [one for one in found if one.kind == "leak"]
    assert one.place == "repair/moves/agree" and "across the seal" in one.sentence.en


def test_a_finding_of_a_variant_says_so_where_it_stands_in_the_base(tmp_path: Path) -> None:
    """The variant takes a way out: the base's own state is told, with the variant's name."""
    changed = {"variants/old.yaml": ("close_early: null", "answer: null")}
    found = engine.check(engine.read_pack(whole.written(tmp_path, changed)), calendar=whole.calendar())
    gaps = [one for one in found if one.kind == "gap"]
    assert gaps and all(one.place.startswith("repair+old/") for one in gaps)
    assert all(one.sentence.en.startswith("With old: ") for one in gaps if one.file.endswith("repair.yaml"))
