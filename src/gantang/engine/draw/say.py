"""The fixed words of a drawing, in both languages, and the short sentences made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gantang.engine.check.say import CHINESE
from gantang.engine.model import Extend, LateRule, Move, Pause, Procedure, Within, Words
from gantang.engine.run.say import DUTY_WORDS

WORDS = {
    "version": Words("第{0}版", "version {0}"),
    "total": Words("总时限{0}", "in all {0}"),
    "longer": Words("可延长{0}，{1}次", "may be extended by {0}, {1}×"),
    "pause": Words("可暂停，至多{0}，{1}次", "may pause up to {0}, {1}×"),
    "no_clock": Words("没有时限", "no clock"),
    "no_bound": Words("没有上限", "no bound"),
    "acts": Words("在此可做：", "here also: "),
    "any": Words("任一未结状态", "Any open state"),
    "several": Words("这些状态", "Any of these states"),
    "ends": Words("结果：", "outcome: "),
    "times": Words("{0}次", "{0}×"),
    "until": Words("{0}内", "within {0}"),
    "by": Words("按{0}：", "by {0}: "),
    "tell": Words("告知{0}", "tell {0}"),
    "move": Words("触发“{0}”", "makes “{0}”"),
    "owner": Words("承担人", "owner"),
    "yellow": Words("黄", "yellow"),
    "red": Words("红", "red"),
    "of_total": Words("总时限的{0}%", "{0} % of the total"),
    "of_state": Words("时限的{0}%", "{0} % of the clock"),
    "only_in": Words("（{0}）", " ({0})"),
    "late": Words("超期规则", "When it gets late"),
    "staff": Words("工作人员做", "by staff"),
    "people": Words("反映人或当事人做", "by the reporter or a party"),
    "clock": Words("时钟触发", "by the clock"),
    "longest": Words("最长的一趟：{0}", "the longest way: {0}"),
    "fault": Words("检查出的毛病", "found by the checker"),
    "to": Words("{0}：{1}到{2}", "{0}: from {1} to {2}"),
    "and": Words("、", ", "),
    "then": Words("；", "; "),
    "described": Words("{0}个状态，{1}个动作。", "{0} states, {1} moves. "),
}


@dataclass(frozen=True, slots=True)
class Say:
    """Short sentences about the parts of one procedure, in one language."""

    procedure: Procedure
    lang: str

    def of(self, words: Words, fallback: str) -> str:
        """The wording; where there is none (a fault that is told elsewhere) the name."""
        return words.of(self.lang) or fallback

    def word(self, name: str, *parts: object) -> str:
        return WORDS[name].of(self.lang).format(*parts)

    def kind(self, kind: str) -> str:
        return kind if self.lang.startswith("en") else CHINESE.get(kind, kind)

    def joined(self, parts: Iterable[str]) -> str:
        return self.word("and").join(parts)

    def duty(self, duty: str) -> str:
        return DUTY_WORDS[duty].of(self.lang) if duty in DUTY_WORDS else duty

    def state(self, name: str) -> str:
        state = self.procedure.states.get(name)
        return self.of(state.title, name) if state is not None else name

    def move(self, name: str) -> str:
        move = self.procedure.moves.get(name)
        return self.of(move.title, name) if move is not None else name

    def period(self, within: Within) -> str:
        """`5 working days`, or each row of a table over a closed answer."""
        if within.span is not None:
            return within.span.words(self.lang)
        field = self.procedure.fields.get(within.by or "")
        title = self.of(field.title, field.name) if field is not None else within.by or ""
        answers = {one.code: self.of(one.words, one.code) for one in field.options} if field else {}
        blank = " " if self.lang.startswith("en") else ""
        rows = (f"{answers.get(code, code)}{blank}{span.words(self.lang)}" for code, span in within.rows)
        return self.word("by", title) + self.joined(rows)

    def pause(self, pause: Pause) -> str:
        span = pause.up_to.words(self.lang) if pause.up_to is not None else self.word("no_bound")
        return self.word("pause", span, "∞" if pause.at_most is None else pause.at_most)

    def extension(self, extend: Extend) -> str:
        span = extend.by.words(self.lang) if extend.by is not None else self.word("no_bound")
        return self.word("longer", span, "∞" if extend.at_most is None else extend.at_most)

    def bounds(self, move: Move) -> str:
        """Who makes it, how often, until when: `handler · 1× · within 10 working days`."""
        parts = [self.joined(self.duty(one) for one in move.by)]
        parts += [self.word("times", move.at_most)] if move.at_most is not None else []
        parts += [self.word("until", self.period(move.until))] if move.until is not None else []
        return " · ".join(part for part in parts if part)

    def rule(self, rule: LateRule) -> str:
        """`80 % of the clock (received): yellow, tell owner`."""
        where = self.word("of_total" if rule.of == "total" else "of_state", rule.at)
        where += self.word("only_in", self.joined(map(self.state, rule.states))) if rule.states else ""
        parts = [self.word(rule.mark)] if rule.mark in ("yellow", "red") else []
        told = self.joined(self.word("owner") if one == "owner" else self.duty(one) for one in rule.tell)
        parts += [self.word("tell", told)] if told else []
        parts += [self.word("move", self.move(rule.move))] if rule.move else []
        colon = ": " if self.lang.startswith("en") else "："
        return where + colon + self.joined(parts)
