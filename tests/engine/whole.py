"""A pack that uses every part of the language once: a repair with instalments, a gate, a variant, an overlay."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from gantang import engine
from gantang.engine.time import Calendar, Day, DayKind

REPAIR = """\
procedure: repair
version: 2
title: {zh-Hans: 修缮, en: Repair}
basis: [示例条例]
serves: [repair.roof]
clock: {total: {span: 90 working days, law: 示例条例 §3}, extend: {by: 10 working days, at_most: 1}}

fields:
  track: {kind: choice, options: {plain: {zh-Hans: 一般, en: plain}, hard: {zh-Hans: 疑难, en: hard}}, title: {zh-Hans: 难易, en: track}}
  cost:  {kind: amount, title: {zh-Hans: 费用, en: cost}}
  facts: {kind: text, title: {zh-Hans: 情况, en: facts}}
  terms:
    kind: rows
    title: {zh-Hans: 分期, en: instalments}
    columns:
      due: {kind: date, title: {zh-Hans: 期限, en: due}}
      sum: {kind: amount, title: {zh-Hans: 金额, en: sum}}
      to:  {kind: text, required: false, title: {zh-Hans: 给谁, en: to}}

outcomes:
  done:    {zh-Hans: 已完成, en: done}
  nothing: {zh-Hans: 没有发现, en: nothing found}
  dropped: {zh-Hans: 已撤回, en: withdrawn}

states:
  received: {owner: receiver, within: 2 working days, title: {zh-Hans: 已受理, en: received}}
  working:
    owner: handler
    within: {by: track, plain: 10 working days, hard: 20 working days, law: 示例条例 §4}
    may: {pause: {up_to: 10 days, at_most: 1}, extend: {by: 5 working days, at_most: 1}}
    title: {zh-Hans: 办理中, en: working}
  answered: {owner: reporter, within: 5 days, title: {zh-Hans: 待确认, en: answered}}
  checking: {owner: verifier, within: 3 working days, title: {zh-Hans: 核验, en: checking}}
  closed:   {end: [done, nothing, dropped], title: {zh-Hans: 已办结, en: closed}}

moves:
  accept:   {from: received, to: working, by: receiver, asks: [track, cost], title: {zh-Hans: 受理, en: accept}}
  clear:    {from: received, to: closed, by: receiver, outcome: nothing, title: {zh-Hans: 没有发现, en: nothing found}}
  assess:
    from: working
    by: handler
    needs: [gate_absent(survey)]
    opens: {procedure: survey, required: true}
    at_most: 1
    title: {zh-Hans: 评估, en: assess}
  agree:
    from: working
    by: handler
    at_most: 1
    asks: [facts, terms]
    produces: [agreement]
    opens: {procedure: payment, each: terms, required: true}
    law: 示例条例 §5
    title: {zh-Hans: 约定, en: agree}
  answer:
    from: working
    to: answered
    by: handler
    needs: [gate_open(survey), document.agreement, children_closed(payment)]
    title: {zh-Hans: 答复, en: answer}
  confirm:  {from: answered, to: closed, by: reporter, outcome: done, title: {zh-Hans: 确认, en: confirm}}
  silence:  {from: answered, to: checking, by: clock, title: {zh-Hans: 逾期, en: silence}}
  verify:   {from: checking, to: closed, by: verifier, outcome: done, needs: [other_than(handler)], title: {zh-Hans: 核验, en: verify}}
  withdraw: {from: open, to: closed, by: reporter, outcome: dropped, title: {zh-Hans: 撤回, en: withdraw}}
  close_early: {from: working, to: closed, by: handler, outcome: dropped, title: {zh-Hans: 终止, en: stop}}

late:
  - {at: 80%,  mark: yellow, tell: owner}
  - {at: 100%, mark: red, tell: [leader]}

keep: {after_close: 5 years, then: erase_people}
counts: [opened, closed, nothing, track]
campaign: {each: [grid, unit], zero: [nothing]}
documents:
  agreement: {for: party, uses: [facts, terms, cost], title: {zh-Hans: 约定书, en: Agreement}}
"""
PAYMENT = """\
procedure: payment
version: 1
title: {zh-Hans: 一期款项, en: One instalment}
counted: false
access_code: false
fields:
  due: {kind: date, title: {zh-Hans: 期限, en: due}}
  sum: {kind: amount, title: {zh-Hans: 金额, en: sum}}
outcomes: {paid: {zh-Hans: 已付, en: paid}, missed: {zh-Hans: 未付, en: missed}}
states:
  waiting: {owner: handler, within: 3 working days, title: {zh-Hans: 待付, en: waiting}}
  over:    {end: [paid, missed], title: {zh-Hans: 结束, en: over}}
moves:
  pay:  {from: waiting, to: over, by: handler, outcome: paid, title: {zh-Hans: 已付, en: pay}}
  miss: {from: waiting, to: over, by: clock, outcome: missed, title: {zh-Hans: 未付, en: miss}}
"""
SURVEY = """\
procedure: survey
version: 1
title: {zh-Hans: 评估, en: Survey}
counted: false
outcomes: {low: {zh-Hans: 低风险, en: low}, high: {zh-Hans: 高风险, en: high}}
states:
  drawn: {owner: handler, within: 3 working days, title: {zh-Hans: 评估中, en: being drawn}}
  over:  {end: [low, high], title: {zh-Hans: 结束, en: over}}
moves:
  rate: {from: drawn, to: over, by: handler, outcome: [low, high], title: {zh-Hans: 评级, en: rate}}
  lapse: {from: drawn, to: over, by: clock, outcome: high, title: {zh-Hans: 到期, en: lapse}}
gate: {opens: [low], once: true}
"""
VARIANT = """\
variant: old
of: repair
version: 1
serves: [repair.old]
basis: [示例办法]
change:
  states:
    working: {within: {hard: 15 working days}}
  moves:
    close_early: null
    inspect: {from: working, by: handler, asks: [facts]}
  late:
    - {at: 50%,  mark: yellow, tell: owner}
    - {at: 80%,  mark: yellow, tell: owner}
    - {at: 100%, mark: red, tell: [leader, supervisor]}
texts:
  zh-Hans: {moves: {inspect: 查勘}}
  en: {moves: {inspect: Inspect}}
"""
OVERLAY = """\
overlay: example
of: repair
variant: "*"
ground: "3607"
version: 1
basis: [示例细则]
change:
  states: {checking: {within: 2 working days}}
"""
UPGRADE = """\
upgrade: repair
from: 1
to: 2
states: {taken: received, working: working}
uses: {settle: agree}
basis: [示例条例]
"""
STORY = """\
story: {zh-Hans: 一次修缮, en: A repair}
procedure: repair
cast:
  desk: {unit: 1, post: 11, account: 111, duties: [receiver]}
  crew: {unit: 2, post: 21, account: 211, duties: [handler]}
  resident: {duties: [reporter]}
holders: {receiver: desk, handler: crew}
facts: {classed: true}
opens: {who: resident, at: 2026-11-16 09:30}
steps:
  - at: 2026-11-16 10:00
    who: desk
    move: accept
    answers: {track: plain, cost: 120000}
    then: {state: working, handler: crew}
  - at: 2026-11-17 10:00
    who: crew
    move: agree
    answers:
      facts: 屋顶漏水
      terms: [{due: 2026-12-01, sum: 60000, to: 示例施工队}, {due: 2027-01-04, sum: 60000}]
    then:
      opens: [{due: 2026-12-01, sum: 60000}, {due: 2027-01-04, sum: 60000}]
      produces: [agreement]
  - {at: 2026-11-18 10:00, who: crew, move: answer, refused: [guard.gate_open, guard.document]}
  - {at: 2026-11-18 10:05, who: crew, move: assess, facts: {gates: {survey: false}}, refused: [guard.gate_absent]}
  - {at: 2026-11-19 10:00, who: crew, move: answer, facts: {gates: {survey: true}, documents: [agreement]}, then: {state: answered}}
  - {at: 2026-11-20 10:00, who: resident, move: confirm, then: {state: closed, outcome: done}}
"""
FILES = {
    "procedures/repair.yaml": REPAIR,
    "procedures/payment.yaml": PAYMENT,
    "procedures/survey.yaml": SURVEY,
    "variants/old.yaml": VARIANT,
    "upgrades/1_to_2.yaml": UPGRADE,
    "scenarios/repair.yaml": STORY,
    "documents/agreement.typ": "约定书",
}
KEY = "repair+old"


def written(folder: Path, changed: dict[str, tuple[str, str]] | None = None) -> Path:
    """The pack below a folder; `changed` replaces one text in a file, which must stand there once."""
    root = folder / "works"
    for name, text in FILES.items():
        old, new = (changed or {}).get(name, ("", ""))
        assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return root


def overlaid(folder: Path, text: str = OVERLAY) -> Path:
    """An overlay below a packs folder."""
    file = folder / "place" / "overlays" / "example.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return folder


@cache
def calendar() -> Calendar:
    """A year with a holiday of five days; small, so that a check is quick."""
    free = {date(2026, 10, day): Day(DayKind.REST, "国庆节", "National Day") for day in range(1, 6)}
    return Calendar("small", free, published=[2026])


def found(pack: engine.Pack) -> list[tuple[str, str, str]]:
    """Kind, place and file:line of everything the checker has against it."""
    return [
        (one.kind, one.place, f"{one.file.partition('/')[2]}:{one.line}")
        for one in engine.check(pack, calendar=calendar())
    ]
