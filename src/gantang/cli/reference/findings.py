"""Findings of the checker: each kind, what it says exactly, and how it is mended."""

import ast
from collections.abc import Iterator

from gantang.cli.reference import source
from gantang.cli.reference.markdown import both, page, table

#: What each kind means. A kind without its line here stops the page.
MEANS = {
    "gap": (
        "走不通：到不了的状态、到不了终点的状态、只能干等当事人的状态、没人给出的结果、永远不成立的条件。",
        "No way through: a state out of reach, without a way to an end or hostage to silence, "
        "an outcome nobody gives, a guard that never holds.",
    ),
    "blind spot": (
        "没人管：没有承担职责的状态，没人能做的动作。",
        "Nobody answers: a state without owner, a move nobody may make.",
    ),
    "idling": (
        "停不下来：没有次数上限的循环、没有时限的状态、到期无人过问、没有上限的暂停和延期。",
        "Nothing stops it: a cycle without bound, a state without clock, a lapse nobody hears of, "
        "a pause or extension without limit.",
    ),
    "squeeze": (
        "时限打架：总时限短于路径上各环节之和。",
        "Clocks that cannot both be kept: a total shorter than the path under it.",
    ),
    "self-check": ("自办自核：同一岗位既办理又核验。", "The same post may handle and verify."),
    "bypass": (
        "绕行：不经必备条件也能到达要求该条件的状态。",
        "A way around an essential condition that another way into the state asks for.",
    ),
    "self-grant": (
        "自批：自己申请延期或暂停，自己批准。",
        "An extension or pause that its own asker may grant.",
    ),
    "leak": (
        "泄露：保险库字段用在统计、列表、搜索或给他人的文案里。",
        "A vault field used in counts, lists, search or texts for others.",
    ),
    "law": (
        "放宽法定内容：下级写法放宽了标为 law 的内容。",
        "An overlay loosens what is marked `law`.",
    ),
    "words": (
        "缺文字：状态、动作、理由或文案缺中文或英文。",
        "A state, move, reason or text lacks a wording in one language.",
    ),
    "language": (
        "写法：文件读不懂，或用了不认识的名字。",
        "The file cannot be read, or uses an unknown name.",
    ),
    "story": (
        "情景不符：讲的和流程实际走的不一样。",
        "A story says what the procedure does not do.",
    ),
}
Pair = tuple[str, str, str, str]


def pages() -> Iterator[tuple[str, str]]:
    """The page of all findings."""
    from gantang.engine.check.say import CHINESE

    sentences = _sentences()
    sections = []
    for kind in CHINESE:
        sections.append(f"## {kind} ({CHINESE[kind]})\n\n{MEANS[kind][1]}\n\n{MEANS[kind][0]}")
        if kind in sentences:
            rows = [(both(zh, en), both(to_zh, to_en)) for zh, en, to_zh, to_en in sentences[kind]]
            sections.append(table(("what it says", "how to mend it"), rows))
    yield "findings.md", page("Findings of the checker (检查发现)", "`gantang.engine`", _HEAD, *sections)


_HEAD = """`gantang check` prints each finding with file, line, sentence and remedy, and ends with 1 on any.
Nothing silences a finding; a procedure that has one cannot be put in force. What stands in `{…}` is
filled in."""


def _sentences() -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = {}
    for name, tree in source.trees("engine").items():
        own = _own_kind(tree)
        for called, call in source.calls(tree):
            pair = _pair(call)
            if pair is not None and called in ("finding", "Dead", "fault", "Finding"):
                kind = _kind(call, own, "language" if "/language/" in name else "gap")
                found.setdefault(kind, []).append(pair)
    return {kind: list(dict.fromkeys(pairs)) for kind, pairs in found.items()}


def _own_kind(tree: ast.Module) -> str | None:
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "KIND":
            return source.literal(node.value)
    return None


def _kind(call: ast.Call, own: str | None, otherwise: str) -> str:
    named = next((source.literal(one.value) for one in call.keywords if one.arg == "kind"), None)
    first = call.args[0]
    if isinstance(first, ast.Name) and first.id == "KIND" and own:
        return own
    return named or source.literal(first) or otherwise


def _pair(call: ast.Call) -> Pair | None:
    """Sentence and remedy: the two wordings that follow each other among the arguments."""
    words = [
        (source.literal(one.args[0]), source.literal(one.args[1]))
        for one in call.args
        if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "Words" and len(one.args) == 2
    ]
    if len(words) != 2 or any(text is None for pair in words for text in pair):
        return None
    (zh, en), (to_zh, to_en) = words
    return zh or "", en or "", to_zh or "", to_en or ""
