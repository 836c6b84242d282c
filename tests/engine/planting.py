"""A small procedure without a fault, and the means to plant one."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import gantang
from gantang import engine
from gantang.engine.check import check
from gantang.engine.model import Finding, Pack
from gantang.engine.time import Calendar, Day, DayKind

PACKS = Path(gantang.__file__).parent / "packs"

SOUND = """\
procedure: sound
version: 1
title: {zh-Hans: 无误, en: sound}
serves: ["request.*"]
clock: {total: 90 working days}

outcomes:
  solved:  {zh-Hans: 已解决, en: solved}
  checked: {zh-Hans: 已核验, en: checked}
  refused: {zh-Hans: 不予受理, en: refused}

fields:
  track:  {kind: choice, options: {plain: {zh-Hans: 一般, en: plain}, hard: {zh-Hans: 疑难, en: hard}}, title: {zh-Hans: 难易, en: track}}
  score:  {kind: rating, title: {zh-Hans: 评分, en: score}}
  reply:  {kind: text, title: {zh-Hans: 答复, en: reply}}
  why:    {kind: text, title: {zh-Hans: 为何不等, en: why not wait}}

states:
  received: {owner: receiver, within: 2 working hours, title: {zh-Hans: 已受理, en: received}}
  handling:
    owner: handler
    within: {by: track, plain: 5 working days, hard: 15 working days}
    may:
      pause: {up_to: 10 days, at_most: 1, granted_by: leader}
      extend: {by: 5 working days, at_most: 1, granted_by: leader}
    title: {zh-Hans: 办理中, en: handling}
  answered: {owner: reporter, within: 5 days, title: {zh-Hans: 已答复, en: answered}}
  checking: {owner: verifier, within: 3 working days, title: {zh-Hans: 核验中, en: checking}}
  closed:   {end: [solved, checked, refused], title: {zh-Hans: 已办结, en: closed}}

moves:
  accept:    {from: received, to: handling, by: receiver, asks: [track], title: {zh-Hans: 受理, en: accept}}
  refuse:    {from: received, to: closed, by: receiver, outcome: refused, title: {zh-Hans: 不予受理, en: refuse}}
  help:      {from: handling, by: handler, asks: [units], opens: {procedure: assist, each: units, unit: units}, title: {zh-Hans: 协办, en: help}}
  ask:       {from: handling, by: handler, does: [question], title: {zh-Hans: 请补充, en: ask}}
  supply:    {from: handling, by: reporter, needs: [question_open], does: [resume], title: {zh-Hans: 补充, en: supply}}
  answer:
    from: handling
    to: answered
    by: handler
    asks: [reply, "why?"]
    needs: [document.reply, "children_closed(assist, why)"]
    because: {zh-Hans: 答复须有书面文书。, en: An answer is in writing.}
    title: {zh-Hans: 答复, en: answer}
  confirm:   {from: answered, to: closed, by: reporter, outcome: solved, asks: ["score?"], title: {zh-Hans: 确认, en: confirm}}
  silence:   {from: answered, to: checking, by: clock, title: {zh-Hans: 逾期未确认, en: silence}}
  verify:    {from: checking, to: closed, by: verifier, outcome: checked, needs: [other_than(handler)], title: {zh-Hans: 核验, en: verify}}
  send_back: {from: checking, to: handling, by: verifier, at_most: 1, needs: [other_than(handler)], title: {zh-Hans: 退回重办, en: send back}}
  reopen:    {from: closed, to: handling, by: [reporter, supervisor], until: 10 working days, at_most: 1, title: {zh-Hans: 重新办理, en: reopen}}
  supervise: {from: open, by: [supervisor, clock], does: [raise_supervision], title: {zh-Hans: 督办, en: supervise}}

late:
  - {at: 80%,  mark: yellow, tell: owner}
  - {at: 100%, mark: red,    tell: leader}
  - {at: 150%, move: supervise}

keep: {after_close: 5 years, then: erase_people}
counts: [opened, closed, on_time, track, score]
"""
FORM = """\
fields:
  place: {kind: choice, options: {street: {zh-Hans: 街面, en: street}, home: {zh-Hans: 家中, en: home}}, title: {zh-Hans: 地点, en: place}}
  words: {kind: text, title: {zh-Hans: 诉求, en: what it is about}}
  phone: {kind: phone, title: {zh-Hans: 电话, en: phone}}
"""

Edit = tuple[str, str]


@cache
def calendar() -> Calendar:
    """A year with a long holiday and a day worked in exchange."""
    free = {date(2026, 2, day): Day(DayKind.REST, "春节", "Spring Festival") for day in range(16, 24)}
    return Calendar("small", {**free, date(2026, 2, 28): DayKind.MAKEUP}, published=[2026])


@cache
def assist() -> Pack:
    return engine.load_pack(PACKS / "assist")


def pack(folder: Path, *edits: Edit, form: str = FORM, texts: str = "", text: str = SOUND) -> Pack:
    """The sound procedure with parts of its text replaced, written below a folder and read back."""
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the sound procedure"
        text = text.replace(old, new)
    root = folder / "sound"
    (root / "documents").mkdir(parents=True)
    (root / "texts").mkdir()
    (root / "procedure.yaml").write_text(text, encoding="utf-8")
    (root / "form.yaml").write_text(form, encoding="utf-8")
    (root / "documents" / "reply.typ").write_text("答复", encoding="utf-8")
    for lang in ("zh-Hans", "en"):
        if texts:
            (root / "texts" / f"{lang}.yaml").write_text(texts, encoding="utf-8")
    return engine.read_pack(root)


def found(one: Pack) -> tuple[Finding, ...]:
    return check(one, calendar=calendar(), packs=[assist()])


def named(findings: tuple[Finding, ...]) -> set[tuple[str, str]]:
    """Kind and place of each, the place without the procedure's name."""
    return {(one.kind, one.place.split("/", 1)[-1]) for one in findings}


def line_of(one: Pack, folder: Path, text: str) -> int:
    lines = (folder / "sound" / "procedure.yaml").read_text(encoding="utf-8").splitlines()
    return 1 + next(at for at, line in enumerate(lines) if text in line)
