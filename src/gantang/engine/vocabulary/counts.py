"""Conditions on numbers a move asks for: quorum, majority, seats. Each refusal names what was counted.

A field of rows stands for how many rows it has. Nothing here reads a number that an earlier step gave:
numbers of answers are not kept on the case, so a move asks for both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gantang.engine.model import Words
from gantang.engine.vocabulary.registry import Context, GuardWord

COUNTS: dict[str, GuardWord] = {}
Args = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Against:
    """What stands against a pair of numbers: the sentence, and the bound it names."""

    said: Words
    bound: int = 0


Judge = Callable[[int, int], Against | None]

_TOO_MANY = Words(
    "“{0}”（{2}）比“{1}”（{3}）还多：请核对。", "“{0}” ({2}) is more than “{1}” ({3}): please check."
)
_NO_WHOLE = Words("“{1}”是{3}：请核对。", "“{1}” is {3}: please check.")
_NEGATIVE = Words("“{0}”不能是{2}。", "“{0}” cannot be {2}.")


def _share(enough: Callable[[int, int], bool], least: Callable[[int], int], said: Words) -> Judge:
    """A part of a whole: neither below nothing nor above the whole, and enough of it."""

    def judge(part: int, whole: int) -> Against | None:
        if part < 0:
            return Against(_NEGATIVE)
        if whole <= 0:
            return Against(_NO_WHOLE)
        if part > whole:
            return Against(_TOO_MANY)
        return None if enough(part, whole) else Against(said, least(whole))

    return judge


def _pair(holds: Callable[[int, int], bool], said: Words) -> Judge:
    def judge(one: int, other: int) -> Against | None:
        if one < 0:
            return Against(_NEGATIVE)
        return None if holds(one, other) else Against(said)

    return judge


HALF = _share(
    lambda part, whole: part * 2 > whole,
    lambda whole: whole // 2 + 1,
    Words(
        "“{0}”（{2}）没有超过“{1}”（{3}）的半数：至少要{4}。",
        "“{0}” ({2}) is not more than half of “{1}” ({3}): {4} at least.",
    ),
)
TWO_THIRDS = _share(
    lambda part, whole: part * 3 >= whole * 2,
    lambda whole: -(-whole * 2 // 3),
    Words(
        "“{0}”（{2}）没有达到“{1}”（{3}）的三分之二：至少要{4}。",
        "“{0}” ({2}) is less than two thirds of “{1}” ({3}): {4} at least.",
    ),
)
THIRD = _share(
    lambda part, whole: part * 3 >= whole,
    lambda whole: -(-whole // 3),
    Words(
        "“{0}”（{2}）没有达到“{1}”（{3}）的三分之一：至少要{4}。",
        "“{0}” ({2}) is less than a third of “{1}” ({3}): {4} at least.",
    ),
)
BELOW_TWO_THIRDS = _share(
    lambda part, whole: part * 3 < whole * 2,
    lambda whole: -(-whole * 2 // 3) - 1,
    Words(
        "“{0}”（{2}）已经达到“{1}”（{3}）的三分之二：最多{4}才能这样办。",
        "“{0}” ({2}) is two thirds of “{1}” ({3}): this is for {4} at most.",
    ),
)
NOT_HALF = _share(
    lambda part, whole: part * 2 <= whole,
    lambda whole: whole // 2,
    Words(
        "“{0}”（{2}）已经超过“{1}”（{3}）的半数：最多{4}才能这样办。",
        "“{0}” ({2}) is more than half of “{1}” ({3}): this is for {4} at most.",
    ),
)
EQUAL = _pair(
    lambda one, other: one == other,
    Words("“{0}”（{2}）和“{1}”（{3}）不相等。", "“{0}” ({2}) is not as many as “{1}” ({3})."),
)
FEWER = _pair(
    lambda one, other: one < other,
    Words("“{0}”（{2}）不比“{1}”（{3}）少。", "“{0}” ({2}) is not fewer than “{1}” ({3})."),
)


def number(answer: Any) -> int | None:
    """A whole number, or how many rows were given; None for what is not answered yet."""
    if isinstance(answer, list):
        return len(answer)
    return answer if isinstance(answer, int) and not isinstance(answer, bool) else None


def _register(name: str, judge: Judge, doc: str, title: tuple[str, str], refusal: tuple[str, str]) -> None:
    def figures(context: Context, args: Args) -> tuple[Against, int, int] | None:
        return _against(judge, context.answers.get(args[0]), context.answers.get(args[1]))

    _enter(name, ("field", "field"), figures, doc, title, refusal)


def _register_each(
    name: str, judge: Judge, doc: str, title: tuple[str, str], refusal: tuple[str, str]
) -> None:
    """Over the rows of the first field: its column against the number; the first row that fails is named."""

    def figures(context: Context, args: Args) -> tuple[Against, int, int] | None:
        rows, whole = context.answers.get(args[0]), context.answers.get(args[2])
        if not isinstance(rows, list):
            return None
        cells = [row.get(args[1]) for row in rows if isinstance(row, Mapping)]
        return next((found for cell in cells if (found := _against(judge, cell, whole))), None)

    _enter(name, ("field", "column", "field"), figures, doc, title, refusal)


def _against(judge: Judge, one: Any, other: Any) -> tuple[Against, int, int] | None:
    part, whole = number(one), number(other)
    if part is None or whole is None:
        return None
    found = judge(part, whole)
    return (found, part, whole) if found is not None else None


def _enter(
    name: str,
    parameters: tuple[str, ...],
    figures: Callable[[Context, Args], tuple[Against, int, int] | None],
    doc: str,
    title: tuple[str, str],
    refusal: tuple[str, str],
) -> None:
    def holds(context: Context, args: Args) -> bool:
        asked = (args[0], args[-1])
        return all(context.answers.get(one) is not None for one in asked) and figures(context, args) is None

    def told(context: Context, args: Args) -> tuple[Words, tuple[str, ...]] | None:
        found = figures(context, args)
        if found is None:
            return None
        against, part, whole = found
        return against.said, (str(part), str(whole), str(against.bound))

    holds.__doc__ = doc
    COUNTS[name] = GuardWord(name, parameters, holds, Words(*title), Words(*refusal), told=told)


_register(
    "more_than_half",
    HALF,
    "The first number asked by the move is more than half of the second; half itself is not enough.",
    ("超过半数", "more than half"),
    ("“{0}”没有超过“{1}”的半数。", "“{0}” is not more than half of “{1}”."),
)
_register(
    "at_most_half",
    NOT_HALF,
    "The first number asked by the move is half of the second or less.",
    ("没有过半", "half at most"),
    ("“{0}”已经超过“{1}”的半数。", "“{0}” is more than half of “{1}”."),
)
_register(
    "two_thirds",
    TWO_THIRDS,
    "The first number asked by the move is two thirds of the second or more.",
    ("达到三分之二", "two thirds"),
    ("“{0}”没有达到“{1}”的三分之二。", "“{0}” is less than two thirds of “{1}”."),
)
_register(
    "below_two_thirds",
    BELOW_TWO_THIRDS,
    "The first number asked by the move is less than two thirds of the second.",
    ("没有达到三分之二", "less than two thirds"),
    ("“{0}”已经达到“{1}”的三分之二。", "“{0}” is two thirds of “{1}”."),
)
_register(
    "equal",
    EQUAL,
    "Both numbers asked by the move are the same; of rows, how many there are.",
    ("数目相等", "as many"),
    ("“{0}”和“{1}”不相等。", "“{0}” is not as many as “{1}”."),
)
_register(
    "fewer",
    FEWER,
    "The first number asked by the move is smaller than the second; of rows, how many there are.",
    ("数目少于", "fewer"),
    ("“{0}”不比“{1}”少。", "“{0}” is not fewer than “{1}”."),
)
_register_each(
    "each_more_than_half",
    HALF,
    "In every row of the first field that column is more than half of the number.",
    ("每一行都超过半数", "more than half in each row"),
    ("“{0}”里有一行没有超过“{2}”的半数。", "A row of “{0}” is not more than half of “{2}”."),
)
_register_each(
    "each_at_most_half",
    NOT_HALF,
    "In every row of the first field that column is half of the number or less.",
    ("每一行都没有过半", "half at most in each row"),
    ("“{0}”里有一行超过“{2}”的半数。", "A row of “{0}” is more than half of “{2}”."),
)
_register_each(
    "each_one_third",
    THIRD,
    "In every row of the first field that column is a third of the number or more.",
    ("每一行都达到三分之一", "a third in each row"),
    ("“{0}”里有一行没有达到“{2}”的三分之一。", "A row of “{0}” is less than a third of “{2}”."),
)
