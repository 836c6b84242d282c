"""Collects what is wrong while a file is read: nothing stops at the first fault.

A misspelt name is told, and read on as the nearest known one: what follows from it
alone is no fault of its own. What cannot be read even so is kept in `Reading.unread`.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from gantang.engine.language import keys
from gantang.engine.language.nodes import Node, SyntaxFaultError, plain, read_file
from gantang.engine.model import Finding, Place, Words
from gantang.engine.time import Span, mended

if TYPE_CHECKING:
    from pathlib import Path

#: Where a fault stands that keeps a whole file from being read.
NO_YAML = "yaml"
#: No late rule lies further behind a deadline; a typing error does.
MOST_PERCENT = 1000


def nearest(name: str, known: Collection[str]) -> str | None:
    """The known name most like the unknown one."""
    found = difflib.get_close_matches(name, [str(one) for one in known], n=1, cutoff=0.6)
    return found[0] if found else None


def hint(name: str, known: Collection[str]) -> Words:
    """The remedy for an unknown name: the nearest known one, else all of them."""
    guess = nearest(name, known)
    if guess is not None:
        return Words(f"是不是想写“{guess}”？", f"Did you mean “{guess}”?")
    if not known:
        return Words("这里没有可用的名字：删去它。", "There is no name to use here: drop it.")
    return Words(f"可用的有：{'、'.join(sorted(known))}。", f"Known are: {', '.join(sorted(known))}.")


class Reading:
    """Reads typed values out of nodes, and keeps a Finding for each that is not as it should be."""

    def __init__(self, owner: str = "") -> None:
        self.owner = owner
        self.findings: list[Finding] = []
        self.unread: set[tuple[str, str]] = set()

    def fault(
        self,
        node: Node | Place,
        sentence: Words,
        remedy: Words,
        *,
        kind: str = "language",
        mended: bool = False,
    ) -> None:
        """Keeps a finding; unless it is `mended` for now, its part counts as unread (file and path)."""
        place = node if isinstance(node, Place) else node.place
        inner = "" if isinstance(node, Place) else node.path
        if not mended:
            self.unread.add((place.file, inner))
        where = "/".join(part for part in (self.owner, inner) if part)
        self.findings.append(Finding(kind, place.file, place.line, sentence, remedy, where))

    def unknown(
        self, node: Node, name: str, known: Collection[str], what: Words, *, kind: str = "language"
    ) -> str | None:
        """Tells of an unknown name and gives the nearest known one, to read on with."""
        guess = nearest(name, known)
        sentence = Words(f"不认识的{what.zh}“{name}”。", f"Unknown {what.en} “{name}”.")
        self.fault(node, sentence, hint(name, known), kind=kind, mended=guess is not None)
        return guess

    def mapping(
        self, node: Node, known: Collection[str] | None = None, needed: Collection[str] = ()
    ) -> dict[str, Node]:
        """The mapping's entries; keys outside `known` are faults, and taken for the nearest one."""
        if not node.is_mapping:
            name = node.path or self.owner
            self.fault(
                node,
                Words(f"“{name}”应当是“键: 值”。", f"“{name}” should be a mapping."),
                Words("写成 {键: 值}。", "Write it as {key: value}."),
            )
            return {}
        given = dict(node.items())
        entries = {key: child for key, child in given.items() if known is None or key in known}
        for key in (one for one in given if one not in entries):
            guess = self.unknown(given[key], key, known or (), Words("键", "key"))
            if guess is not None:
                entries.setdefault(guess, replace(given[key], path=f"{node.path}/{guess}".lstrip("/")))
        for key in needed:
            if key not in entries:
                self.missing(node, key)
        return entries

    def missing(self, node: Node, key: str) -> None:
        self.fault(
            node,
            Words(f"“{node.path or self.owner}”缺少“{key}”。", f"“{node.path or self.owner}” lacks “{key}”."),
            Words(f"补上“{key}:”。", f"Add “{key}:”."),
        )

    def text(self, node: Node | None, default: str = "") -> str:
        if node is None:
            return default
        if isinstance(node.value, str) or (isinstance(node.value, int) and not isinstance(node.value, bool)):
            return str(node.value)
        self.not_a_word(node)
        return default

    def not_a_word(self, node: Node) -> None:
        self.fault(
            node,
            Words(f"“{node.path}”应当是一个词。", f"“{node.path}” should be a word."),
            Words("写成一个词或一句话。", "Write one word or sentence."),
        )

    def worded(self, node: Node) -> None:
        """Tells where a wording is neither one sentence nor one in each language."""
        if node.is_mapping:
            self.mapping(node, keys.known("words"))
        elif not isinstance(node.value, str):
            self.not_a_word(node)

    def number(self, node: Node | None) -> int | None:
        if node is None:
            return None
        if isinstance(node.value, int) and not isinstance(node.value, bool) and node.value > 0:
            return int(node.value)
        self.fault(
            node,
            Words(f"“{node.path}”应当是大于0的整数。", f"“{node.path}” should be a whole number above 0."),
            Words("例如 1。", "For example 1."),
        )
        return None

    def flag(self, node: Node | None, default: bool) -> bool:
        if node is None:
            return default
        if isinstance(node.value, bool):
            return node.value
        self.fault(
            node,
            Words(f"“{node.path}”应当是 true 或 false。", f"“{node.path}” should be true or false."),
            Words("写 true 或 false。", "Write true or false."),
        )
        return default

    def percent(self, node: Node) -> int | None:
        """Percent of a clock, 1 to MOST_PERCENT; a bare number is told, and taken for percent."""
        written = str(node.value).strip()
        digits = written.removesuffix("%").strip()
        number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 0
        fits = 1 <= number <= MOST_PERCENT
        if not (fits and written.endswith("%")):
            self.fault(
                node,
                Words(
                    f"“{written}”不是 1% 到 {MOST_PERCENT}% 的百分比。",
                    f"“{written}” is not a percentage from 1% to {MOST_PERCENT}%.",
                ),
                Words("例如 80%。", "For example 80%."),
                mended=fits,
            )
        return number if fits else None

    def one_of(
        self, node: Node | None, known: Collection[str], what: Words, *, kind: str = "language"
    ) -> str | None:
        """The word if it is known, else the nearest known one, told; None where nothing is written."""
        if node is None:
            return None
        name = self.text(node)
        return name if name in known else self.unknown(node, name, known, what, kind=kind)

    def all_of(
        self, node: Node | None, known: Collection[str], what: Words, *, kind: str = "language"
    ) -> tuple[str, ...]:
        """Those of one word or a list of words that are known, or the nearest known ones, told."""
        read = (self.one_of(part, known, what, kind=kind) for _, part in self.words(node))
        return tuple(word for word in read if word)

    def words(self, node: Node | None) -> Iterator[tuple[str, Node]]:
        """One word or a list of words, each with its node."""
        if node is None:
            return
        parts = node.parts() if node.is_sequence else iter((node,))
        for part in parts:
            if isinstance(part.value, str):
                yield part.value, part
            else:
                self.not_a_word(part)

    def span(self, node: Node | None) -> Span | None:
        if node is None:
            return None
        try:
            return Span.parse(str(node.value))
        except ValueError:
            found = mended(str(node.value))
            units = "hours, working hours, days, working days, months, years"
            remedy = Words(
                f"写成“5 working days”：{units.replace(', ', '、')}。", f"Write “5 working days”: {units}."
            )
            if found is not None:
                remedy = Words(f"是不是想写“{found}”？", f"Did you mean “{found}”?")
            written = "" if node.value is None else plain(node.value)
            self.fault(
                node,
                Words(f"“{written}”不是期限。", f"“{written}” is not a period."),
                remedy,
                mended=found is not None,
            )
            return found


def read_node(reading: Reading, file: Path, root: Path) -> Node | None:
    """One file, if it is there and YAML; what keeps it from being read is told."""
    if not file.exists():
        return None
    try:
        return read_file(file, root.parent)
    except SyntaxFaultError as fault:
        reading.fault(Node(None, fault.place, NO_YAML), fault.sentence, fault.remedy)
        return None
