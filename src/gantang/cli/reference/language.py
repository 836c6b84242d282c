"""The procedure language: duties, statuses, kinds of field, guards, effects, measures; from the registry."""

from collections.abc import Iterable, Iterator

from gantang.cli.reference.markdown import both, code, page, table, tidy


def pages() -> Iterator[tuple[str, str]]:
    """The page of all words that a procedure may use."""
    from gantang.engine import model
    from gantang.engine.run.say import DUTY_WORDS
    from gantang.engine.vocabulary import EFFECTS, GUARDS, MEASURES

    yield (
        "language.md",
        page(
            "The procedure language (流程语言)",
            "`gantang.engine.vocabulary` and `gantang.engine.model`",
            _HEAD,
            "## Duties (职责)\n\n"
            + table(
                ("duty", "中文", "who"), ((code(one), DUTY_WORDS[one].zh, _who(one)) for one in model.DUTIES)
            ),
            "## Guards (条件), under `needs`\n\n"
            + table(
                ("guard", "what it asks", "when it does not hold"),
                (
                    (
                        _called(one.name, one.parameters, one.optional)
                        + (" *essential*" if one.essential else ""),
                        tidy(one.doc),
                        both(one.refusal.zh, one.refusal.en),
                    )
                    for one in GUARDS.values()
                ),
            ),
            "## Effects (效果), under `does`\n\n"
            + table(
                ("effect", "what it does", "中文"),
                (
                    (_called(one.name, one.parameters, one.optional), tidy(one.doc), one.title.zh)
                    for one in EFFECTS.values()
                ),
            ),
            "## Measures (计数), under `counts`\n\n"
            + table(
                ("measure", "meaning"),
                ((code(name), both(words.zh, words.en)) for name, words in MEASURES.items()),
            ),
            "## Status words (状态词)\n\n" + code(*model.STATUSES),
            "## Kinds of field (字段种类)\n\n"
            + code(*model.FIELD_KINDS)
            + "; kept in the vault: "
            + code(*model.VAULT_KINDS)
            + ".",
            "## Marks and supervision (标色与督办)\n\nMarks of a clock: "
            + code(*model.MARKS)
            + ". Levels of supervision: "
            + code(*model.SUPERVISION)
            + ".",
        ),
    )


_HEAD = """A procedure says nothing but these words; an unknown one is a finding with file, line and the
nearest known name. An *essential* guard must have held on every way into a state that asks for it.
How a pack is written: [write a pack](../how-to/write-a-pack.md)."""


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
