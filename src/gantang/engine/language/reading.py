"""Collects what is wrong while a file is read: nothing stops at the first fault."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from gantang.engine.model import Finding, Place, Words
from gantang.engine.time import Span

if TYPE_CHECKING:
    from gantang.engine.language.nodes import Node


def nearest(name: str, known: Collection[str]) -> str | None:
    """The known name most like the unknown one."""
    found = difflib.get_close_matches(name, [str(one) for one in known], n=1, cutoff=0.5)
    return found[0] if found else None


class Reading:
    """Reads typed values out of nodes, and keeps a Finding for each that is not as it should be."""

    def __init__(self, owner: str = "") -> None:
        self.owner = owner
        self.findings: list[Finding] = []

    def fault(
        self,
        node: Node | Place,
        sentence: Words,
        remedy: Words,
        *,
        kind: str = "language",
        path: str | None = None,
    ) -> None:
        place = node if isinstance(node, Place) else node.place
        inner = path if path is not None else ("" if isinstance(node, Place) else node.path)
        where = "/".join(part for part in (self.owner, inner) if part)
        self.findings.append(Finding(kind, place.file, place.line, sentence, remedy, where))

    def unknown(
        self, node: Node, name: str, known: Collection[str], what: Words, *, kind: str = "language"
    ) -> None:
        """An unknown name, with the nearest known one."""
        guess = nearest(name, known)
        options = "、".join(sorted(known)), ", ".join(sorted(known))
        remedy = (
            Words(f"是不是想写“{guess}”？", f"Did you mean “{guess}”?")
            if guess
            else Words(f"可用的有：{options[0]}。", f"Known are: {options[1]}.")
        )
        self.fault(
            node, Words(f"不认识的{what.zh}“{name}”。", f"Unknown {what.en} “{name}”."), remedy, kind=kind
        )

    def mapping(
        self, node: Node, known: Collection[str] | None = None, needed: Collection[str] = ()
    ) -> dict[str, Node]:
        """The mapping's entries; keys outside `known` are faults and left out."""
        if not node.is_mapping:
            self.fault(
                node,
                Words(f"“{node.path}”应当是“键: 值”。", f"“{node.path}” should be a mapping."),
                Words("写成 {键: 值}。", "Write it as {key: value}."),
            )
            return {}
        entries: dict[str, Node] = {}
        for key, child in node.items():
            if known is not None and key not in known:
                self.unknown(child, key, known, Words("键", "key"))
            else:
                entries[key] = child
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
        self.fault(
            node,
            Words(f"“{node.path}”应当是一个词。", f"“{node.path}” should be a word."),
            Words("写成一个词或一句话。", "Write one word or sentence."),
        )
        return default

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
        written = str(node.value).strip()
        digits = written.removesuffix("%").strip()
        if written.endswith("%") and digits.isdigit():
            return int(digits)
        self.fault(
            node,
            Words(f"“{written}”不是百分比。", f"“{written}” is not a percentage."),
            Words("例如 80%。", "For example 80%."),
        )
        return None

    def words(self, node: Node | None) -> Iterator[tuple[str, Node]]:
        """One word or a list of words, each with its node."""
        if node is None:
            return
        parts = node.parts() if node.is_sequence else iter((node,))
        for part in parts:
            if isinstance(part.value, str):
                yield part.value, part
            else:
                self.text(part)

    def span(self, node: Node | None) -> Span | None:
        if node is None:
            return None
        try:
            return Span.parse(str(node.value))
        except ValueError:
            self.fault(
                node,
                Words(f"“{node.value}”不是期限。", f"“{node.value}” is not a period."),
                Words(
                    "写成“5 working days”：hours、working hours、days、working days、months、years。",
                    "Write “5 working days”: hours, working hours, days, working days, months, years.",
                ),
            )
            return None
