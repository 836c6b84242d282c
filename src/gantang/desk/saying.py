"""A part of a procedure in words: names of its fields, states, papers and conditions, never their codes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gantang import engine
from gantang.engine.draw.say import Say
from gantang.engine.model import Ask, Effect, Extend, Field, Guard, Opens, Option, Pause, Within
from gantang.engine.vocabulary import EFFECTS, GUARDS
from gantang.faces import vocabulary

#: What kind of answer a field takes.
KINDS: dict[str, str | Promise] = {
    "text": _("文字"),
    "phone": _("电话"),
    "name": _("姓名"),
    "identity": _("证件号"),
    "place": _("地点"),
    "choice": _("单选"),
    "choices": _("多选"),
    "date": _("日期"),
    "number": _("数"),
    "amount": _("金额"),
    "rating": _("评分"),
    "moment": _("时间"),
    "matter": _("事项"),
    "yes_no": _("是或否"),
    "files": _("附件"),
    "rows": _("表格"),
    "class": _("类别"),
    "ground": _("地方"),
    "unit": _("单位"),
    "units": _("几个单位"),
    "post": _("岗位"),
    "case_number": _("案号"),
}
#: For whom a paper is.
AUDIENCES: dict[str, str | Promise] = {
    "reporter": _("反映人"),
    "party": _("当事人"),
    "staff": _("工作人员"),
    "public": _("所有人"),
}
OPEN = _("没有结束的各个环节")


@dataclass(frozen=True, slots=True)
class Saying:
    """Words for the parts of one procedure; ``titles`` are those of the procedures that it opens."""

    procedure: engine.Procedure
    lang: str
    titles: Mapping[str, str]

    @property
    def say(self) -> Say:
        return Say(self.procedure, "en" if self.lang.startswith("en") else "zh-Hans")

    def attribute(self, name: str, value: Any) -> str:
        """What an attribute of a state, a move, a field or a paper says."""
        if isinstance(value, (tuple, list, frozenset)):
            items = sorted(value) if isinstance(value, frozenset) else value
            return "、".join(self.attribute(name, one) for one in items) or "–"
        if name in _NAMES and isinstance(value, str):
            return _NAMES[name](self, value)
        return self.value(value)

    def value(self, value: Any) -> str:
        """A value by what it is."""
        if value is None or value == "":
            return "–"
        if isinstance(value, bool):
            return gettext("是") if value else gettext("否")
        found = next((say for kind, say in _KINDS.items() if isinstance(value, kind)), None)
        return found(self, value) if found else str(value)

    def field(self, name: str) -> str:
        known = self.procedure.fields.get(name)
        return known.title.of(self.lang) if known is not None else str(KINDS.get(name, name))

    def named(self, parameter: str, name: str) -> str:
        """An argument of a condition or an effect, by what it names."""
        if parameter == "document":
            return self.paper(name)
        say = _ARGUMENTS.get(parameter)
        return say(self, name) if say else name

    def paper(self, name: str) -> str:
        known = self.procedure.documents.get(name)
        return known.title.of(self.lang) if known is not None else name

    def outcome(self, name: str) -> str:
        known = self.procedure.outcomes.get(name)
        return known.of(self.lang) if known is not None else name

    def called(self, title: str, parameters: Iterable[str], args: Iterable[str]) -> str:
        """A condition or an effect with what it is about."""
        told = [self.named(kind, one) for kind, one in zip(parameters, args, strict=False)]
        return f"{title}（{'、'.join(told)}）" if told else title


def _guard(one: Saying, guard: Guard) -> str:
    word = GUARDS.get(guard.name)
    if word is None:
        return one.paper(guard.args[0]) if guard.name == "document" and guard.args else str(guard)
    return one.called(word.title.of(one.lang), word.parameters, guard.args)


def _effect(one: Saying, effect: Effect) -> str:
    word = EFFECTS.get(effect.name)
    return one.called(word.title.of(one.lang), word.parameters, effect.args) if word else str(effect)


def _ask(one: Saying, ask: Ask) -> str:
    title = one.field(ask.field)
    return title if ask.required else f"{title}{gettext('（可空）')}"


def _opens(one: Saying, opens: Opens) -> str:
    title = one.titles.get(opens.procedure, opens.procedure)
    return gettext("开一件“%(what)s”") % {"what": title}


def _state(one: Saying, name: str) -> str:
    return str(OPEN) if name == "open" else one.say.state(name)


def _duty(one: Saying, name: str) -> str:
    return str(vocabulary.DUTIES.get(name, name))


_KINDS: dict[type, Callable[[Saying, Any], str]] = {
    engine.Words: lambda one, words: words.of(one.lang),
    engine.Span: lambda one, span: span.words(one.say.lang),
    Within: lambda one, within: one.say.period(within),
    Pause: lambda one, pause: one.say.pause(pause),
    Extend: lambda one, extend: one.say.extension(extend),
    Guard: _guard,
    Effect: _effect,
    Ask: _ask,
    Opens: _opens,
    Option: lambda one, option: option.words.of(one.lang),
    Field: lambda one, field: field.title.of(one.lang),
}
_NAMES: dict[str, Callable[[Saying, str], str]] = {
    "owner": _duty,
    "by": _duty,
    "granted_by": _duty,
    "of": _duty,
    "audience": lambda one, name: str(AUDIENCES.get(name, name)),
    "sources": _state,
    "to": _state,
    "documents": Saying.paper,
    "ends": Saying.outcome,
    "outcomes": Saying.outcome,
    "outcome_by": Saying.field,
    "uses": Saying.field,
    "kind": lambda one, name: str(KINDS.get(name, name)),
    "status": lambda one, name: str(vocabulary.matter_sign(name).word),
}
_ARGUMENTS: dict[str, Callable[[Saying, str], str]] = {
    "duty": _duty,
    "field": Saying.field,
    "move": lambda one, name: one.say.move(name),
    "procedure": lambda one, name: one.titles.get(name, name),
    "outcome": Saying.outcome,
}
