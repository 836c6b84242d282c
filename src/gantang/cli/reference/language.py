"""The procedure language: its keys from the table of the parser, its words from the registry."""

from collections.abc import Iterable, Iterator
from typing import Any

from gantang.cli.reference.markdown import both, code, page, table, tidy


def pages() -> Iterator[tuple[str, str]]:
    """The page of all keys and words that a procedure may use."""
    parts = (
        ("Keys (键)", _KEYS + "\n\n" + _keys()),
        ("Duties (职责)", _duties()),
        ("Guards (条件), under `needs`", _guards()),
        ("Effects (效果), under `does`", _effects()),
        ("Measures (计数), under `counts`", _measures()),
        ("Status words (状态词)", code(*model().STATUSES)),
        ("Kinds of field (字段种类)", _kinds()),
        ("Fields that are always there (现成的字段)", _built_in()),
        ("Marks and supervision (标色与督办)", _marks()),
        ("Codes of refusals (拒绝的代码)", _refusals()),
        ("Moves of the language itself (语言自带的动作)", _grants()),
    )
    made = "`gantang.engine.language.keys`, `gantang.engine.vocabulary` and `gantang.engine.model`"
    sections = (f"## {title}\n\n{text}" for title, text in parts)
    yield "language.md", page("The procedure language (流程语言)", made, _HEAD, *sections)


def model() -> Any:
    """The engine's model, imported when a page is made."""
    from gantang.engine import model

    return model


def _duties() -> str:
    from gantang.engine.run.say import DUTY_WORDS

    rows = ((code(one), DUTY_WORDS[one].zh, _who(one)) for one in model().DUTIES)
    return table(("duty", "中文", "who"), rows)


def _guards() -> str:
    from gantang.engine.vocabulary import GUARDS

    rows = (
        (
            _called(one.name, one.parameters, one.optional) + (" *essential*" if one.essential else ""),
            tidy(one.doc),
            both((one.excused or one.refusal).zh, (one.excused or one.refusal).en),
        )
        for one in GUARDS.values()
    )
    return table(("guard", "what it asks", "when it does not hold"), rows)


def _effects() -> str:
    from gantang.engine.vocabulary import EFFECTS

    rows = (
        (_called(one.name, one.parameters, one.optional), tidy(one.doc), one.title.zh)
        for one in EFFECTS.values()
    )
    return table(("effect", "what it does", "中文"), rows)


def _measures() -> str:
    from gantang.engine.vocabulary import MEASURES

    rows = ((code(name), both(words.zh, words.en)) for name, words in MEASURES.items())
    return table(("measure", "meaning"), rows)


def _marks() -> str:
    marks, levels = code(*model().MARKS), code(*model().SUPERVISION)
    return f"Marks of a clock: {marks}. Levels of supervision: {levels}."


#: What is asked and what the answer looks like. A kind without its line here stops the page.
KINDS = {
    "choice": "one of `options`: its code",
    "choices": "several of `options`: a list of codes",
    "yes_no": "`true` or `false`",
    "number": "a whole number",
    "amount": "money in fen, a whole number from 0: `120000` is 1,200 yuan",
    "rating": "1 to 5",
    "date": "`2026-12-01`",
    "moment": "`2026-12-01T09:30:00+08:00`",
    "class": "a class of matter: `dispute.medical`",
    "ground": "the code of a ground",
    "unit": "a unit's number",
    "units": "a list of units' numbers",
    "post": "a post's number",
    "matter": "a matter's id",
    "case_number": "a court's case number, `（2026）赣0102民初123号`; in steps `2026-JX0102-MC-123`",
    "place": "an exact place, in words or by its coordinates, in the vault",
    "files": "files",
    "rows": "a list of rows, each by its `columns`: `[{due: 2026-12-01, amount: 60000}]`",
    "text": "free text, in the vault",
    "phone": "a telephone number, in the vault",
    "name": "a person's name, in the vault",
    "identity": "the number of an identity card, in the vault",
}


def _keys() -> str:
    """Every mapping of the language, a table each."""
    from gantang.engine.language.keys import TABLES

    parts = []
    for name, one in TABLES.items():
        rows = [
            (
                code(key.name),
                _linked(key.holds, TABLES),
                "yes" if key.needed else "",
                both(key.meaning.zh, key.meaning.en),
            )
            for key in one.keys
        ]
        head = f"### {name}\n\n{one.title.zh}: {one.where}."
        parts.append(f"{head}\n\n{table(('key', 'what is written', 'needed', 'meaning'), rows)}")
    return "\n\n".join(parts)


def _linked(holds: str, names: Iterable[str]) -> str:
    """What is written after a key; mappings that have a table of their own are linked."""
    for name in sorted(names, key=len, reverse=True):
        for word in (f"*{name}*", f"*{name}s*"):
            holds = holds.replace(word, f"[{word.strip('*')}](#{name})")
    return holds


def _kinds() -> str:
    from gantang.engine.model import FIELD_KINDS

    return table(("kind", "the answer"), ((code(kind), KINDS[kind]) for kind in FIELD_KINDS))


def _built_in() -> str:
    from gantang.engine.language.fields import BUILT_IN

    return "A move may ask for these without a declaration.\n\n" + table(
        ("field", "kind", "what it is"),
        ((code(one.name), code(one.kind), both(one.title.zh, one.title.en)) for one in BUILT_IN.values()),
    )


def _refusals() -> str:
    from gantang.engine.run.say import SENTENCES

    return "As a story writes them under `refused`; of a guard it is `guard.<name>`.\n\n" + table(
        ("code", "sentence"), ((code(name), both(words.zh, words.en)) for name, words in SENTENCES.items())
    )


def _grants() -> str:
    from gantang.engine.run.grants import ASKS, MOVES

    return "Where a state says `may`, or the clock `extend`.\n\n" + table(
        ("move", "what it asks", "what it is"),
        (
            (
                code(name),
                code(*(f"{one}" for part in ASKS.get(name, ((), ())) for one in part)),
                both(words.zh, words.en),
            )
            for name, words in MOVES.items()
        ),
    )


_HEAD = """A procedure says nothing but these words; an unknown one is a finding with file, line and the
nearest known name. An *essential* guard must have held on every way into a state that asks for it.
How a pack is written: [write a pack](../how-to/write-a-pack.md)."""
_KEYS = """What stands in *a table of its own* is linked. A *period* is a span, `5 working days`, in `hours`,
`working hours`, `days`, `working days`, `months` or `years`, or the long form [within](#within). *Words*
are `{zh-Hans: …, en: …}`, or left out and given under `texts/`. A list of one may be written as one word."""


def _who(duty: str) -> str:
    from gantang.engine.model import CLOCK, PEOPLE_DUTIES

    if duty == CLOCK:
        return "nobody: it fires"
    return "people outside" if duty in PEOPLE_DUTIES else "staff, by remit"


def _called(name: str, parameters: Iterable[str], optional: int) -> str:
    """A call as it is written, optional arguments with a question mark."""
    words = list(parameters)
    shown = [f"{word}?" if at >= len(words) - optional else word for at, word in enumerate(words)]
    if name == "document":
        return code("document.<name>")
    return code(f"{name}({', '.join(shown)})" if shown else name)
