"""Packs broken in one place each: one finding, at its line, in both languages, with a remedy; never a traceback."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gantang import engine
from gantang.cli import program
from gantang.engine.check import check, squeeze
from gantang.engine.check.bound import bound_of
from gantang.engine.check.graph import Graph
from gantang.engine.check.reckon import Reckoner
from tests.engine.planting import assist, calendar
from tests.engine.sample import PACKS, packs

#: None of these faults is one of time: a week of days to begin on is enough, and pauses tried on one of them.
WEEK = [date(2026, 3, day) for day in range(2, 9)]
FLOW, FORM, EN, ZH = "procedure.yaml", "form.yaml", "texts/en.yaml", "texts/zh-Hans.yaml"
Break = Callable[[Path], object]


def edit(file: str, old: str, new: str) -> Break:
    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} does not stand in {file}"
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def written(file: str, text: str | bytes) -> Break:
    data = text.encode() if isinstance(text, str) else text
    return lambda folder: (folder / file).write_bytes(data)


def a_folder(file: str) -> Break:
    return lambda folder: ((folder / file).unlink(), (folder / file).mkdir())


#: name: (pack, what breaks it, kind, file and line, words of sentence and remedy)
BROKEN: dict[str, tuple[str, Break, str, str, str]] = {
    # files
    "a tab": ("assist", edit(FLOW, "  asked:", "\tasked:"), "language", "procedure.yaml:12", "not with tabs"),
    "a key twice": ("assist", edit(FLOW, "by: clock}", "by: clock, by: handler}"), "language", "procedure.yaml:19", "duplicate key"),
    "a state twice": ("assist", edit(FLOW, "  lapsed: ", "  answered: "), "language", "procedure.yaml:14", "duplicate key"),
    "a bracket left open": ("assist", edit(FLOW, "asks: [reply]", "asks: [reply"), "language", "procedure.yaml:18", "brackets"),
    "an indent off": ("assist", edit(FLOW, "  lapsed: ", "   lapsed: "), "language", "procedure.yaml:14", "indent"),
    "an anchor nobody set": ("assist", edit(FLOW, "by: clock", "by: *clock"), "language", "procedure.yaml:19", "undefined alias"),
    "two documents": ("assist", edit(FLOW, "version: 1", "---\nversion: 1"), "language", "procedure.yaml:3", "Drop the ---"),
    "an empty file": ("assist", written(FLOW, ""), "language", "procedure.yaml:1", "is empty"),
    "a list for a procedure": ("assist", written(FLOW, "- a\n"), "language", "procedure.yaml:1", "a mapping"),
    "another encoding": ("assist", written(FLOW, "procedure: assist\n# 协办".encode("gbk")), "language", "procedure.yaml:2", "UTF-8"),
    "no procedure": ("assist", lambda folder: (folder / FLOW).unlink(), "language", "procedure.yaml:1", "no procedure"),
    "a folder for a file": ("assist", a_folder(FORM), "language", "form.yaml:1", "no file"),
    "a stray file": ("assist", written("proceedure.yaml", "a: 1"), "language", "proceedure.yaml:1", "“procedure.yaml”"),
    "a language misnamed": ("assist", written("texts/zh.yaml", "a: 1"), "language", "texts/zh.yaml:1", "“zh-Hans.yaml”"),
    "a story that is not YAML": ("assist", edit("scenarios/lapsed.yaml", "steps:", "steps: ["), "language", "scenarios/lapsed.yaml:10", "not YAML"),
    # words
    "no English at all": ("assist", lambda folder: (folder / EN).unlink(), "words", "texts/en.yaml:1", "in en is missing"),
    "no Chinese at all": ("assist", lambda folder: (folder / ZH).unlink(), "words", "texts/zh-Hans.yaml:1", "in zh-Hans is missing"),
    "a move without English": ("assist", edit(EN, "  answer: Answer\n", ""), "words", "procedure.yaml:18", "no wording in en"),
    "a state without Chinese": ("assist", edit(ZH, "asked: 待协办, ", ""), "words", "procedure.yaml:12", "no wording in zh-Hans"),
    "a reason without English": ("assist", edit(EN, ", because: An unanswered request must not hold up the lead's work.", ""), "words", "procedure.yaml:19", "no wording in en"),
    "a part of the texts misspelt": ("assist", edit(EN, "moves:", "movs:"), "language", "texts/en.yaml:4", "“moves”"),
    "texts that are a list": ("assist", written(EN, "- a\n"), "language", "texts/en.yaml:1", "a mapping"),
    "a language of no wording": ("assist", edit(FLOW, "version: 1", "version: 1\ntitle: {zh: 协办, en: Joint work}"), "language", "procedure.yaml:4", "zh-Hans"),
    # keys and types
    "a key misspelt": ("assist", edit(FLOW, "keep:", "kep:"), "language", "procedure.yaml:26", "“keep”"),
    "an owner's key misspelt": ("assist", edit(FLOW, "owner: coop", "ower: coop"), "language", "procedure.yaml:12", "“owner”"),
    "a clock's key misspelt": ("assist", edit(FLOW, "{total:", "{totl:"), "language", "procedure.yaml:6", "“total”"),
    "a clock without its key": ("assist", edit(FLOW, "{total: 2 working days}", "2 working days"), "language", "procedure.yaml:6", "a mapping"),
    "a part missing": ("assist", edit(FLOW, "version: 1\n", ""), "language", "procedure.yaml:1", "lacks “version”"),
    "a version in words": ("assist", edit(FLOW, "version: 1", "version: one"), "language", "procedure.yaml:3", "whole number"),
    "a flag in words": ("assist", edit(FLOW, "counted: false", "counted: nope"), "language", "procedure.yaml:4", "true or false"),
    "states left empty": ("assist", written(FLOW, "procedure: assist\nversion: 1\nstates:\nmoves: {}\n"), "language", "procedure.yaml:3", "a mapping"),
    "a state that is a word": ("assist", edit(FLOW, "{end: [lapsed], public: false}", "over"), "language", "procedure.yaml:14", "a mapping"),
    "a move that is a list": ("request", edit(FLOW, "{from: routed, to: handling, by: handler}", "[routed, handling]"), "language", "procedure.yaml:57", "a mapping"),
    "a move without from": ("assist", edit(FLOW, "{from: asked, to: answered,", "{to: answered,"), "language", "procedure.yaml:18", "lacks “from”"),
    "a move without by": ("assist", edit(FLOW, "to: answered, by: cooperator,", "to: answered,"), "language", "procedure.yaml:18", "lacks “by”"),
    "a period in words": ("assist", edit(FLOW, "within: 2 working", "within: two working"), "language", "procedure.yaml:12", "not a period"),
    "a period of nothing": ("assist", edit(FLOW, "within: 2 working", "within: 0 working"), "language", "procedure.yaml:12", "not a period"),
    "a unit misspelt": ("assist", edit(FLOW, "within: 2 working days", "within: 2 workng days"), "language", "procedure.yaml:12", "“2 working days”"),
    "uses in words": ("request", edit(FLOW, "at_most: 1, does", "at_most: once, does"), "language", "procedure.yaml:58", "whole number"),
    "a percent without its sign": ("assist", edit(FLOW, "at: 50%", "at: 80"), "language", "procedure.yaml:23", "not a percentage"),
    "a percent beyond all": ("assist", edit(FLOW, "at: 50%", "at: 9999999%"), "language", "procedure.yaml:23", "not a percentage"),
    "late rules that are no list": ("assist", edit(FLOW, "late:\n  - {at: 50%,  mark: yellow, tell: owner}  # the first of two days: parts of days are rounded up\n  - {at: 100%, tell: [handler, supervisor], move: lapse}", "late: {at: 100%}"), "language", "procedure.yaml:22", "a list of rules"),
    "a choice without answers": ("request", edit(FORM, ", options: [none, possible, now]", ""), "language", "form.yaml:8", "lacks “options”"),
    "a guard that is an expression": ("request", edit(FLOW, "needs: [imported]", "needs: [imported or true]"), "language", "procedure.yaml:54", "not how a guard"),
    # names
    "an unknown duty": ("assist", edit(FLOW, "owner: cooperator", "owner: coperator"), "language", "procedure.yaml:12", "“cooperator”"),
    "an unknown target": ("assist", edit(FLOW, "to: answered", "to: anwsered"), "gap", "procedure.yaml:18", "“answered”"),
    "an unknown source": ("assist", edit(FLOW, "lapse:    {from: asked", "lapse:    {from: askd"), "gap", "procedure.yaml:19", "“asked”"),
    "an unknown target like no other": ("assist", edit(FLOW, "to: answered", "to: xyz"), "gap", "procedure.yaml:18", "Known are"),
    "an unknown field": ("assist", edit(FLOW, "asks: [reply]", "asks: [rely]"), "gap", "procedure.yaml:18", "“reply”"),
    "an unknown guard": ("request", edit(FLOW, "needs: [supervised]", "needs: [supervized]"), "language", "procedure.yaml:96", "“supervised”"),
    "an unknown duty in a guard": ("request", edit(FLOW, "needs: [other_than(handler)]", "needs: [other_than(handlr)]"), "language", "procedure.yaml:60", "“handler”"),
    "an unknown effect": ("request", edit(FLOW, "release(handler)", "relase(handler)"), "language", "procedure.yaml:58", "“release”"),
    "an unknown move in a guard": ("request", edit(FLOW, "used(refuse)", "used(refuze)"), "gap", "procedure.yaml:59", "“refuse”"),
    "an unknown outcome": ("request", edit(FLOW, "outcome: upheld", "outcome: uphold"), "gap", "procedure.yaml:90", "“upheld”"),
    "an outcome by answers of another kind": ("request", edit(FLOW, "outcome: {by: result}", "outcome: {by: track}"), "gap", "procedure.yaml:84", "not all outcomes"),
    "an outcome on the way": ("request", edit(FLOW, "to: handling, by: handler}", "to: handling, by: handler, outcome: resolved}"), "gap", "procedure.yaml:57", "leads to no end"),
    "an unknown state of a late rule": ("request", edit(FLOW, "in: [objected]", "in: [objectd]"), "gap", "procedure.yaml:104", "“objected”"),
    "an unknown duty of a late rule": ("request", edit(FLOW, "tell: leader, in: [objected]", "tell: leadr, in: [objected]"), "language", "procedure.yaml:104", "“leader”"),
    "an unknown answer in a table of periods": ("request", edit(FLOW, "urgent: 2", "urgnt: 2"), "gap", "procedure.yaml:38", "“urgent”"),
    "an unknown child": ("request", edit(FLOW, "procedure: assist", "procedure: asist"), "gap", "procedure.yaml:67", "“assist”"),
    "an unknown child to wait for": ("request", edit(FLOW, "(assist, why", "(asist, why"), "gap", "procedure.yaml:74", "“assist”"),
    "an unknown document": ("request", edit(FLOW, "needs: [imported]", "needs: [imported, document.paper]"), "gap", "procedure.yaml:54", "no template"),
    "an unknown gate": ("request", edit(FLOW, "needs: [imported]", "needs: [imported, gate_open(risk)]"), "gap", "procedure.yaml:54", "does not exist"),
    # proofs on the shipped packs
    "a start that is an end": ("assist", edit(FLOW, "  asked: ", "  over: {end: [answered], title: {zh-Hans: 完, en: over}}\n  asked: "), "gap", "procedure.yaml:12", "would be over"),
    "a pause nobody may grant": ("request", edit(FLOW, "granted_by: [supervisor, leader]", "granted_by: []"), "blind spot", "procedure.yaml:40", "Nobody may grant"),
    "a ring of procedures": ("assist", edit(FLOW, "  withdraw: {from", "  pass: {from: asked, by: cooperator, opens: {procedure: request}, title: {zh-Hans: 转, en: pass}}\n  withdraw: {from"), "idling", "procedure.yaml:20", "at_most"),
    "a vault field counted": ("request", edit(FLOW, "rating]", "contact]"), "leak", "procedure.yaml:110", "contact"),
    "a vault field in a text": ("request", edit(EN, "    arrived: \"New: ", "    arrived: \"New: %(name)s "), "leak", "texts/en.yaml:100", "the text staff.arrived"),
}  # fmt: skip


def broken(name: str, folder: Path) -> Path:
    pack, harm, *_ = BROKEN[name]
    shutil.copytree(PACKS / pack, folder / pack)
    harm(folder / pack)
    return folder / pack


@pytest.fixture
def timeless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(squeeze, "PAUSED", 1)


@pytest.mark.usefixtures("timeless")
@pytest.mark.parametrize("name", BROKEN)
def test_one_fault_makes_one_finding_at_its_line(name: str, tmp_path: Path) -> None:
    _, _, kind, where, says = BROKEN[name]
    pack = engine.read_pack(broken(name, tmp_path))
    others = [one for one in (assist(), packs()["request"]) if one.name != pack.name]
    found = check(pack, calendar=calendar(), packs=others, days=WEEK)
    assert [(one.kind, f"{one.file.partition('/')[2]}:{one.line}") for one in found] == [(kind, where)], [
        f"{one.line} {one.sentence.en}" for one in found
    ]
    assert says in f"{found[0].sentence.en} {found[0].remedy.en}"
    assert all((found[0].sentence.zh, found[0].remedy.zh))
    reckoner = Reckoner(calendar(), tuple(day.toordinal() for day in WEEK))
    for procedure in pack.procedures.values():
        bound_of(Graph.of(procedure), reckoner, assist().procedures)


@pytest.mark.slow
def test_a_pack_that_cannot_be_read_is_no_fault_of_those_that_use_it() -> None:
    lost = engine.Pack(
        "assist", {}, findings=(engine.Finding("language", "", 1, *[engine.Words("", "")] * 2),)
    )
    found = check(packs()["request"], calendar=calendar(), packs=[lost], days=WEEK)
    assert found == ()


@pytest.mark.parametrize(
    "name",
    [
        "a tab",
        *(
            pytest.param(one, marks=pytest.mark.prove)
            for one in ("an unknown target", "a vault field counted")
        ),
    ],
)
def test_the_command_tells_it_and_ends_with_one(name: str, tmp_path: Path) -> None:
    folder = broken(name, tmp_path)
    _, _, kind, where, says = BROKEN[name]
    told = CliRunner().invoke(program(), ["check", str(folder)])
    assert told.exit_code == 1, told.output
    assert where in told.output
    data = CliRunner().invoke(program(), ["check", "--json", str(folder)])
    (one,) = json.loads(data.output)["findings"]
    assert data.exit_code == 1 and (one["kind"], f"{one['file']}:{one['line']}") == (
        kind,
        f"{folder.name}/{where}",
    )
    assert says in one["sentence"]["en"] + one["remedy"]["en"] and one["sentence"]["zh-Hans"]
