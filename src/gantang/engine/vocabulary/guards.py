"""Every condition a move may need. Each is pure and looks only at its context."""

from __future__ import annotations

from collections.abc import Callable

from gantang.engine.model import SUPERVISION, Words
from gantang.engine.vocabulary.counts import COUNTS
from gantang.engine.vocabulary.registry import Context, GuardWord

GUARDS: dict[str, GuardWord] = {}
Args = tuple[str, ...]
Test = Callable[[Context, Args], bool]


def _guard(
    name: str,
    *parameters: str,
    title: tuple[str, str],
    refusal: tuple[str, str],
    essential: bool = False,
    optional: int = 0,
    excused: tuple[str, str] | None = None,
) -> Callable[[Test], Test]:
    def register(test: Test) -> Test:
        GUARDS[name] = GuardWord(
            name,
            parameters,
            test,
            Words(*title),
            Words(*refusal),
            essential=essential,
            optional=optional,
            excused=Words(*excused) if excused else None,
        )
        return test

    return register


@_guard(
    "other_than",
    "duty",
    title=("不是做过该项工作的人和岗位", "someone else"),
    refusal=(
        "这一步不能由做过{0}工作的人或岗位来做。",
        "Whoever acted as {0} in this matter may not do this.",
    ),
)
def other_than(context: Context, args: Args) -> bool:
    """Refuses the account, and the post it acts for, that made any move under that duty."""
    made = context.case.made.get(args[0], ())
    doer = context.doer
    return not any(
        (doer.account is not None and account == doer.account)
        or (doer.post is not None and post == doer.post)
        for account, post in made
    )


@_guard(
    "children_closed",
    "procedure",
    "field",
    optional=1,
    title=("协办都已办完", "children are closed"),
    refusal=(
        "“{0}”开的事项还没有都办完：先等办完。",
        "What “{0}” opened is not all closed: wait for it.",
    ),
    excused=(
        "“{0}”开的事项还没有都办完：先等办完，或者写明“{1}”。",
        "What “{0}” opened is not all closed: wait for it, or fill in “{1}”.",
    ),
)
def children_closed(context: Context, args: Args) -> bool:
    """No child matter of that procedure is open; or the named field says why not."""
    if context.facts.children.get(args[0], 0) == 0:
        return True
    return len(args) > 1 and bool(context.answers.get(args[1]))


@_guard(
    "willing_parties",
    essential=True,
    title=("各方自愿", "the parties are willing"),
    refusal=("还没有各方自愿的记录。", "The parties' willingness is not on record."),
)
def willing_parties(context: Context, args: Args) -> bool:
    """Every party has said that it takes part of its own will."""
    return context.facts.willing


@_guard(
    "party_refuses",
    title=("有一方明确拒绝", "a party refuses"),
    refusal=("没有当事人明确拒绝调解的记录。", "No party is on record as refusing."),
)
def party_refuses(context: Context, args: Args) -> bool:
    """At least one party has clearly said that it does not take part, or no longer does."""
    return context.facts.refused


@_guard(
    "no_minor",
    essential=True,
    title=("没有未成年人", "no minor is concerned"),
    refusal=("当事人里有未成年人，不能这样做。", "A minor is among the people concerned: this is not done."),
)
def no_minor(context: Context, args: Args) -> bool:
    """Nobody of the matter, or of the one it was opened for, is on record as a minor."""
    return not context.facts.minor


@_guard(
    "document",
    "document",
    essential=True,
    title=("文书齐备", "the document is there"),
    refusal=("还缺“{0}”。", "“{0}” is missing."),
)
def document(context: Context, args: Args) -> bool:
    """The document of that name has been issued, or is produced by this very move."""
    return args[0] in context.facts.documents


@_guard(
    "gate_open",
    "gate",
    essential=True,
    title=("前置程序已通过", "the gate is open"),
    refusal=("“{0}”还没有通过。", "“{0}” has not been passed yet."),
)
def gate_open(context: Context, args: Args) -> bool:
    """The gate of that kind is open for the named subject at this moment."""
    return bool(context.facts.gates.get(args[0], False))


@_guard(
    "gate_absent",
    "gate",
    title=("还没有开过前置程序", "no gate was begun"),
    refusal=(
        "“{0}”已经在办，或者已经通过。",
        "“{0}” is under way already, or has been passed.",
    ),
)
def gate_absent(context: Context, args: Args) -> bool:
    """No gate of that kind is under way for the named subject, and none has opened for it."""
    return args[0] not in context.facts.gates


@_guard(
    "classed",
    title=("已分类", "the matter is classified"),
    refusal=("还没有分类。", "The matter has no class yet."),
)
def classed(context: Context, args: Args) -> bool:
    """The matter has a class, or is given one by this move."""
    return context.facts.classed or bool(context.answers.get("class"))


@_guard(
    "held",
    "duty",
    title=("有单位承担", "somebody holds the duty"),
    refusal=(
        "这一类、这一片没有单位承担{0}：请指定单位，或补上归口。",
        "No unit holds {0} here: name one, or mend the remit.",
    ),
)
def held(context: Context, args: Args) -> bool:
    """The remit gives a holder of that duty, or the move names a unit."""
    if context.answers.get("unit") is not None:
        return True
    return context.facts.holders.get(args[0]) is not None or context.case.holders.get(args[0]) is not None


@_guard(
    "reachable",
    title=("找得到反映人", "the reporter can be reached"),
    refusal=(
        "反映人没有留联系方式，也没有查询码。",
        "The reporter left no way to be reached and has no code.",
    ),
)
def reachable(context: Context, args: Args) -> bool:
    """The reporter can be asked: has a code, or a phone or mail we may use."""
    return context.facts.reachable


@_guard(
    "unreachable",
    title=("找不到反映人", "the reporter cannot be reached"),
    refusal=("反映人能联系上，应当请反映人核验。", "The reporter can be reached and should be asked."),
)
def unreachable(context: Context, args: Args) -> bool:
    """The reporter cannot be asked: anonymous and without code."""
    return not context.facts.reachable


@_guard(
    "used",
    "move",
    title=("前一步做过", "an earlier move was made"),
    refusal=("要先有过“{0}”。", "“{0}” has to come first."),
)
def used(context: Context, args: Args) -> bool:
    """The move of that name was made at least once since the matter opened."""
    return context.case.uses.get(args[0], 0) > 0


@_guard(
    "chosen",
    "field",
    "code",
    title=("选定的是这一项", "that answer was given"),
    refusal=("只有“{0}”为“{1}”时才行。", "Only when “{0}” is “{1}”."),
)
def chosen(context: Context, args: Args) -> bool:
    """The closed answer to that field, now or earlier, is that code."""
    answer = context.answers.get(args[0], context.case.chosen.get(args[0]))
    return bool(answer == args[1])


@_guard(
    "question_open",
    title=("有问题等答复", "a question is open"),
    refusal=("现在没有等您补充的问题。", "No question is waiting for an answer."),
)
def question_open(context: Context, args: Args) -> bool:
    """The matter is paused by a question to the reporter."""
    return context.case.pause is not None and context.case.pause.kind == "question"


@_guard(
    "level_rises",
    title=("督办只升不降", "supervision rises"),
    refusal=(
        "督办只能升级：不能低于或等于现在的等级。",
        "Supervision only rises: the level must be above the present one.",
    ),
)
def level_rises(context: Context, args: Args) -> bool:
    """The level asked for (or the next one) is above the present supervision."""
    present = context.case.supervision
    rank = SUPERVISION.index(present) if present else -1
    asked = context.answers.get("level")
    if asked is None:
        return rank < len(SUPERVISION) - 1
    return asked in SUPERVISION[rank + 1 :]


@_guard(
    "supervised",
    title=("正在督办", "under supervision"),
    refusal=("现在没有督办。", "The matter is not under supervision."),
)
def supervised(context: Context, args: Args) -> bool:
    """The matter is under supervision of any level."""
    return context.case.supervision is not None


@_guard(
    "imported",
    title=("导入的旧事项", "an imported matter"),
    refusal=("只有导入的旧事项才能这样了结。", "Only an imported matter may end this way."),
)
def imported(context: Context, args: Args) -> bool:
    """The matter came in as a past row of another system."""
    return context.facts.imported


GUARDS.update(COUNTS)
