"""The wording of a pack: inline in the procedure, or in texts/zh-Hans.yaml and texts/en.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gantang.engine.model import Words

if TYPE_CHECKING:
    from gantang.engine.language.nodes import Node

LANGUAGES = ("zh-Hans", "en")


@dataclass(frozen=True, slots=True)
class Wording:
    """Looks words up by path; `procedure` names the part of a file that holds several."""

    zh: Mapping[str, Any] = field(default_factory=dict)
    en: Mapping[str, Any] = field(default_factory=dict)
    procedure: str = ""

    def of(self, procedure: str) -> Wording:
        return Wording(self.zh, self.en, procedure)

    def at(self, *path: str, inline: Node | None = None) -> Words:
        """Words at a path (`moves`, `refuse`, `because`); what stands inline goes before."""
        zh, en = _inline(inline)
        return Words(zh or self._find(self.zh, path), en or self._find(self.en, path))

    def _find(self, tree: Mapping[str, Any], path: tuple[str, ...]) -> str:
        own = tree.get("procedures", {}).get(self.procedure, {}) if isinstance(tree, Mapping) else {}
        return _leaf(own, path) or _leaf(tree, path)

    def notices(self) -> dict[str, Words]:
        """Every text of the `notices` part, by dotted name."""
        zh = dict(_flat(self.zh.get("notices", {})))
        en = dict(_flat(self.en.get("notices", {})))
        names = [*zh, *(name for name in en if name not in zh)]
        return {name: Words(zh.get(name, ""), en.get(name, "")) for name in names}


def _inline(node: Node | None) -> tuple[str, str]:
    if node is None:
        return "", ""
    if isinstance(node.value, Mapping):
        return str(node.value.get("zh-Hans", "")), str(node.value.get("en", ""))
    return (str(node.value), "") if isinstance(node.value, str) else ("", "")


def _leaf(tree: Any, path: tuple[str, ...]) -> str:
    for step in path:
        if not isinstance(tree, Mapping):
            return ""
        tree = tree.get(step, "")
    if isinstance(tree, Mapping):
        tree = tree.get("title", "")
    return str(tree) if isinstance(tree, str) else ""


def _flat(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from _flat(value, f"{before}.{key}" if before else str(key))
    else:
        yield before, str(tree)
