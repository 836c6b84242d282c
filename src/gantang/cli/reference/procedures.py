"""The shipped packs: states, moves, clocks, outcomes and how long each can take at most."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from gantang.cli.reference import lying
from gantang.cli.reference.markdown import both, code, page, table

if TYPE_CHECKING:
    from gantang.engine import Bound, Move, Pack, Procedure, State, Words
    from gantang.engine.check import Length
    from gantang.engine.model import Within

#: The weekdays of one settled year, so that the page does not change with the day it is made.
YEAR = 2026


def pages() -> Iterator[tuple[str, str]]:
    """An index of the packs, a page for each procedure, and of what they were made."""
    from gantang.cli.check import SHIPPED
    from gantang.engine import read_packs

    packs = read_packs(SHIPPED)
    made = dict(_pages(packs))
    yield from made.items()
    yield lying.MARK, lying.marked(packs, made)


def _pages(packs: "Mapping[str, Pack]") -> Iterator[tuple[str, str]]:
    from gantang.engine import Calendar, bound

    every = {name: one for pack in packs.values() for name, one in pack.procedures.items()}
    days = Calendar("weekdays", {}, published=[YEAR])
    bounds = {name: bound(one, days, others=every) for name, one in every.items()}
    yield "procedures/index.md", _index(packs, bounds)
    for pack in packs.values():
        for name, procedure in pack.procedures.items():
            yield f"procedures/{_file(name)}.md", _procedure(pack, name, procedure, bounds[name])
            yield from _pictures(name, procedure, bounds[name])


def _file(key: str) -> str:
    """The page of a procedure, or of a variant of it, without its ending."""
    return key.replace("+", "-")


def _pictures(name: str, procedure: "Procedure", most: "Bound") -> Iterator[tuple[str, str]]:
    """The drawing in both languages, the longest way to the first end in bold."""
    from gantang.engine.draw import draw

    for lang in ("zh-Hans", "en"):
        yield f"procedures/{_file(name)}.{lang}.svg", draw(procedure, lang=lang, longest=most.first)


def _index(packs: "Mapping[str, Pack]", bounds: "Mapping[str, Bound]") -> str:
    rows = [
        (
            f"[{one.title.en}]({_file(name)}.md)\n{one.title.zh}",
            code(*one.serves),
            one.version,
            _days(bounds[name].first),
            _days(bounds[name].last),
        )
        for pack in packs.values()
        for name, one in pack.procedures.items()
    ]
    heads = ("procedure", "classes", "version", "longest to the first end", "longest to the last end")
    return page("Procedures (流程)", "`src/gantang/packs/`", _HEAD, table(heads, rows))


_HEAD = f"""Each shipped procedure, as the engine reads it. The longest times are counted by the checker with
everybody acting at the last legal moment, in calendar days from the worst start day, on the plain
weekdays of {YEAR}."""


def _days(one: "Length | None") -> str:
    return "unbounded" if one is None else f"{one.days} days"


def _procedure(pack: "Pack", name: str, one: "Procedure", most: "Bound") -> str:
    return page(
        f"{one.title.en} ({one.title.zh})",
        f"`src/gantang/packs/{pack.name}/`",
        _facts(one),
        "## The drawing (流程图)",
        _drawn(one.title.en, f"{_file(name)}.en.svg"),
        _drawn(one.title.zh, f"{_file(name)}.zh-Hans.svg"),
        "## States (状态)\n\n"
        + table(("state", "status", "owner", "within", "may"), map(_state, one.states.values())),
        "## Moves (动作)\n\n"
        + table(
            ("move", "from → to", "by", "asks, needs, does", "bounds"),
            (_move(one, move) for move in one.moves.values()),
        ),
        "## Outcomes (结果)\n\n"
        + table(("outcome", "meaning"), ((code(name), _both(words)) for name, words in one.outcomes.items())),
        "## Late rules (超期规则)\n\n" + table(("at", "of", "in", "mark", "tell", "move"), _late(one)),
        "## The longest time (最长时间)\n\n" + _longest(most),
        "## Stories (情景)\n\n" + code(*(path.stem for path in pack.scenarios)),
    )


def _drawn(title: str, file: str) -> str:
    """A drawing in its own size, which scrolls where the page is narrower (shrunk, it could not be read) and
    opens alone."""
    return f'[![{title}]({file}){{ style="max-width: none" }}]({file})\n{{: style="overflow-x: auto" }}'


def _both(words: "Words | None") -> str:
    return both(words.zh, words.en) if words is not None else ""


def _facts(one: "Procedure") -> str:
    rows = [
        ("name, version", f"{code(one.name)}, {one.version}"),
        ("variant, version 变体", ", ".join(f"{code(layer.name)}, {layer.version}" for layer in one.layers)),
        ("basis 依据", "；".join(one.basis)),
        ("serves 适用类别", code(*one.serves)),
        ("total clock 总时限", _within(one.total)),
        ("counts 计数", code(*one.counts)),
        (
            "kept 保存",
            f"{one.keep.after_close.words('en')} after closing, then {code(one.keep.then)}"
            if one.keep
            else "",
        ),
        ("sealed 保密", "yes" if one.sealed else ""),
        ("campaigns 专项", _campaign(one)),
        ("gate 前置程序", _gate(one)),
        ("stated to everybody 公布", _feed(one)),
        ("documents 文书", "\n".join(_documents(one))),
        ("counted in tallies", "yes" if one.counted else "no"),
        ("access code for the reporter", "yes" if one.access_code else "no"),
    ]
    return table(("fact", "value"), (row for row in rows if row[1]))


def _campaign(one: "Procedure") -> str:
    if one.campaign is None:
        return ""
    zero = f"; zero reports are {code(*one.campaign.zero)}" if one.campaign.zero else ""
    return f"one for each {code(*one.campaign.each)}{zero}"


def _gate(one: "Procedure") -> str:
    if one.gate is None:
        return ""
    return f"opened by {code(*one.gate.opens)}" + ("; once for a subject" if one.gate.once else "")


def _feed(one: "Procedure") -> str:
    if one.feed is None:
        return ""
    stated = f"{code(*one.feed.fields)} of those in {code(*one.feed.states)}"
    return f"`/feeds/{one.name}.json`: {stated}, for {one.feed.expires}"


def _documents(one: "Procedure") -> Iterator[str]:
    for name, document in one.documents.items():
        uses = f", uses {code(*document.uses)}" if document.uses else ""
        yield f"{code(name)} {document.title.en} {document.title.zh}, for the {document.audience}{uses}"


def _within(one: "Within | None") -> str:
    if one is None:
        return ""
    law = f" ({one.law})" if one.law else ""
    if one.span is not None:
        return one.span.words("en") + law
    rows = ", ".join(f"{answer} {span.words('en')}" for answer, span in one.rows)
    return f"by {code(one.by)}: {rows}{law}"


def _state(one: "State") -> tuple[object, ...]:
    within = "end: " + code(*one.ends) if one.is_end else _within(one.within)
    may = "\n".join(_grants(one))
    return f"{code(one.name)}\n{_both(one.title)}", one.status, code(one.owner or ""), within, may


def _grants(one: "State") -> Iterator[str]:
    for word, grant, span in (
        ("pause up to", one.pause, one.pause.up_to if one.pause else None),
        ("extend by", one.extend, one.extend.by if one.extend else None),
    ):
        if grant is not None and span is not None:
            by = code(*grant.granted_by)
            yield f"{word} {span.words('en')}, {grant.at_most}×, granted by {by}"


def _move(procedure: "Procedure", one: "Move") -> tuple[object, ...]:
    sources = "open" if one.from_open else ", ".join(one.sources)
    asked = ", ".join(ask.field + ("" if ask.required else "?") for ask in one.asks)
    parts = [f"asks {asked}" if asked else "", _listed("needs", one.needs), _listed("does", one.does)]
    if one.opens is not None:
        parts.append(
            f"opens {code(one.opens.procedure)}"
            + (f" for each of {code(one.opens.each)}" if one.opens.each else "")
        )
    if one.outcomes:
        parts.append("outcome " + (f"by {code(one.outcome_by)}" if one.outcome_by else code(*one.outcomes)))
    bounds = [
        f"at most {one.at_most}×" if one.at_most else "",
        f"until {_within(one.until)}" if one.until else "",
    ]
    words = [
        _both(one.title),
        _both(one.because) and f"*{one.because.en}*\n*{one.because.zh}*" if one.because else "",
    ]
    return (
        "\n".join([code(one.name), *filter(None, words)]),
        f"{sources} → {one.to or '(stays)'}",
        code(*one.by),
        "\n".join(filter(None, parts)),
        "\n".join(filter(None, bounds)),
    )


def _listed(word: str, what: Iterable[object]) -> str:
    shown = code(*what)
    return f"{word} {shown}" if shown else ""


def _late(one: "Procedure") -> Iterator[tuple[object, ...]]:
    for rule in one.late:
        yield (
            f"{rule.at} %",
            rule.of,
            ", ".join(rule.states) or "every state",
            rule.mark,
            code(*rule.tell),
            code(rule.move or ""),
        )


def _longest(most: "Bound") -> str:
    rows = []
    for title, one in (("to the first end", most.first), ("to the last end", most.last)):
        own = " + ".join(span.words("en") for span in one.own) if one is not None else ""
        path = one.way().strip() if one is not None else ""
        rows.append((title, _days(one), own, path))
    return table(("how far", "calendar days", "in its own units", "path"), rows)
