"""Stories with a clock: the tests of a pack, and its documentation.

    story: {zh-Hans: 路灯不亮, en: A dark street lamp}
    procedure: request
    cast:                                # who takes part, with unit, post, account and duties
      desk: {unit: 1, post: 11, account: 111, duties: [receiver]}
      resident: {duties: [reporter]}
    holders: {receiver: desk}            # what the remit says
    opens: {who: resident, at: 2026-11-16 09:30}
    steps:
      - {at: 2026-11-16 10:05, who: desk, move: accept, answers: {…}, then: {state: routed}}
      - {at: 2026-11-30 09:00, then: {state: checking}}           # only time passes
      - {at: 2026-11-30 09:05, who: lamps, move: verify, refused: [guard.other_than]}

`facts:` on the story or on a step sets `Facts` (reachable, children …). A story is told on a plain
calendar, weekends and New Year's Day free, so that no notice of any year changes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gantang.engine.language.nodes import SyntaxFaultError, plain, read_file
from gantang.engine.model import Finding, Place, Procedure, Words
from gantang.engine.run.apply import replay
from gantang.engine.run.case import Case
from gantang.engine.run.decide import decide, open_case
from gantang.engine.run.lapse import lapse
from gantang.engine.run.show import show
from gantang.engine.run.values import CHINA, Decision, Doer, Facts, Holder, Step, moment
from gantang.engine.time import Calendar, Day, DayKind

if TYPE_CHECKING:
    from datetime import datetime


#: Years that stories may be told in.
YEARS = range(2020, 2041)


def plain_calendar() -> Calendar:
    """The calendar of stories."""
    free = {date(year, 1, 1): Day(DayKind.REST, "元旦", "New Year's Day") for year in YEARS}
    return Calendar("plain", free, published=YEARS)


class StoryError(AssertionError):
    """The story went another way than it says; names file and line."""

    def __init__(self, place: Place, fault: str) -> None:
        super().__init__(f"{place.file}:{place.line} {fault}")
        self.place, self.fault = place, fault


@dataclass(frozen=True, slots=True)
class Told:
    """A story as it went."""

    name: str
    title: Mapping[str, str]
    case: Case
    steps: tuple[Step, ...]


def tell(path: Path, procedures: Mapping[str, Procedure], calendar: Calendar) -> Told:
    """Plays a story; StoryError at the first line that does not come true."""
    root = read_file(path, path.parents[2])
    story = plain(root.value)
    teller = _Teller(procedures[story["procedure"]], calendar, story)
    teller.open(story["opens"])
    steps = next(node for key, node in root.items() if key == "steps")
    for node in steps.parts():
        for fault in teller.play(plain(node.value)):
            raise StoryError(node.place, fault)
    return Told(path.stem, story["story"], teller.case, tuple(teller.steps))


def failing(path: Path, procedures: Mapping[str, Procedure], calendar: Calendar) -> Finding | None:
    """A story that does not come true, as a finding at the line where it goes another way; else None."""
    try:
        tell(path, procedures, calendar)
    except SyntaxFaultError:
        return None  # told by the loader
    except StoryError as error:
        place, fault = error.place, error.fault
    except (KeyError, StopIteration, TypeError, ValueError) as error:
        place, fault = (
            Place(f"{path.parents[1].name}/scenarios/{path.name}", 1),
            f"{type(error).__name__}: {error}",
        )
    else:
        return None
    return Finding(
        "story",
        place.file,
        place.line,
        Words(f"情景没有照写的发生：{fault}。", f"The story goes another way than it says: {fault}."),
        Words("改正情景，或改正流程。", "Correct the story, or the procedure."),
        f"{path.parents[1].name}/scenarios/{path.stem}",
    )


class _Teller:
    """Plays one story against the run-time alone."""

    def __init__(self, procedure: Procedure, calendar: Calendar, story: Mapping[str, Any]) -> None:
        self.procedure, self.calendar = procedure, calendar
        self.cast = {name: _doer(one) for name, one in story["cast"].items()}
        told = {"holders": story.get("holders", {}), **story.get("facts", {})}
        self.facts = self._facts(Facts(), told)
        self.steps: list[Step] = []

    @property
    def case(self) -> Case:
        return replay(self.steps)

    def _holders(self, named: Mapping[str, str]) -> dict[str, Holder | None]:
        return {
            duty: Holder(self.cast[who].unit or 0, self.cast[who].post, number)
            for number, (duty, who) in enumerate(named.items(), 1)
        }

    def _facts(self, facts: Facts, changes: Mapping[str, Any]) -> Facts:
        sets = ("documents", "vacant")
        values: dict[str, Any] = {k: frozenset(v) if k in sets else v for k, v in changes.items()}
        if "holders" in values:
            values["holders"] = self._holders(values["holders"])
        return replace(facts, **values)

    def open(self, opens: Mapping[str, Any]) -> None:
        decision = open_case(
            self.procedure,
            doer=self.cast[opens["who"]],
            facts=self.facts,
            calendar=self.calendar,
            now=_at(opens["at"]),
            answers=opens.get("answers", {}),
        )
        self.steps.extend(decision.steps)

    def play(self, act: Mapping[str, Any]) -> Iterator[str]:
        """Makes the act and gives what did not come true."""
        facts, now, before = self._facts(self.facts, act.get("facts", {})), _at(act["at"]), len(self.steps)
        if "move" not in act:
            self.steps.extend(lapse(self.procedure, self.case, facts, self.calendar, now))
        else:
            yield from self._decide(act, facts, now)
        yield from self._compare(act.get("then", {}), now, self.steps[before:])

    def _decide(self, act: Mapping[str, Any], facts: Facts, now: datetime) -> Iterator[str]:
        made = decide(
            self.procedure,
            self.case,
            act["move"],
            act.get("answers", {}),
            self.cast[act["who"]],
            facts,
            self.calendar,
            now,
        )
        self.steps.extend(made.steps or made.due)
        yield from _against(act, made)

    def _compare(self, then: Mapping[str, Any], now: datetime, made: list[Step]) -> Iterator[str]:
        for key, expected in then.items():
            found = self._value(key, now, made)
            if found != expected:
                yield f"{key}: expected {expected}, found {found}"

    def _value(self, key: str, now: datetime, made: list[Step]) -> Any:
        case = self.case
        if key == "steps":
            return [step.data["move"] if step.name == "moved" else step.name for step in made]
        if key == "opens":
            return [child.get("answers", {}) for step in made for child in step.data.get("opens", ())]
        if key == "produces":
            return [name for step in made for name in step.data.get("produces", ())]
        if key in ("due", "total_due"):
            clock = case.clock if key == "due" else case.total
            return clock and clock.due.astimezone(CHINA).isoformat(sep=" ", timespec="minutes")[:16]
        if key in ("mark", "status", "turn"):
            return getattr(show(self.procedure, case, now), key)
        if key in self.procedure.states or key in case.holders:
            held = case.holders.get(key)
            return held and next(who for who, doer in self.cast.items() if doer.unit == held.unit)
        return dict(case.uses) if key == "uses" else getattr(case, key)


def _against(act: Mapping[str, Any], made: Decision) -> Iterator[str]:
    codes = [refusal.code for refusal in made.refusals]
    if sorted(codes) != sorted(act.get("refused", [])):
        reasons = "; ".join(refusal.sentence.en for refusal in made.refusals)
        yield f"{act['move']}: expected refusals {act.get('refused', [])}, found {codes} ({reasons})"


def _doer(one: Mapping[str, Any]) -> Doer:
    return Doer(one.get("account"), one.get("unit"), one.get("post"), frozenset(one["duties"]))


def _at(text: str) -> datetime:
    return moment(f"{text}+08:00")
