"""The wording of a pack: inline in the procedure, or in texts/zh-Hans.yaml and texts/en.yaml."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from gantang.engine.language.keys import known
from gantang.engine.language.nodes import plain
from gantang.engine.model import Words

if TYPE_CHECKING:
    from gantang.engine.language.nodes import Node
    from gantang.engine.language.reading import Reading
    from gantang.engine.model import Place

LANGUAGES = ("zh-Hans", "en")


def text_tree(reading: Reading, node: Node | None) -> dict[str, Any]:
    """A file of texts as plain data, its parts known."""
    return (
        {}
        if node is None
        else {key: plain(one.value) for key, one in reading.mapping(node, known("texts")).items()}
    )


@dataclass(frozen=True, slots=True)
class Wording:
    """Looks words up by path; `procedure` names the part of a file that holds several."""

    zh: Mapping[str, Any] = field(default_factory=dict)
    en: Mapping[str, Any] = field(default_factory=dict)
    procedure: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
    told: Callable[[Node], None] | None = None

    def of(self, procedure: str) -> Wording:
        return replace(self, procedure=procedure)

    def at(self, *path: str, inline: Node | None = None) -> Words:
        """Words at a path (`moves`, `refuse`, `because`); what stands inline goes before."""
        if inline is not None and self.told is not None:
            self.told(inline)
        zh, en = _inline(inline)
        return Words(zh or self._find(self.zh, path), en or self._find(self.en, path))

    def _find(self, tree: Mapping[str, Any], path: tuple[str, ...]) -> str:
        return _leaf(tree, ("procedures", self.procedure, *path)) or _leaf(tree, path)

    def notices(self) -> dict[str, Words]:
        """Every text of the `notices` part, by dotted name."""
        zh = dict(_flat(self.zh.get("notices", {})))
        en = dict(_flat(self.en.get("notices", {})))
        names = [*zh, *(name for name in en if name not in zh)]
        return {name: Words(zh.get(name, ""), en.get(name, "")) for name in names}


def notice_places(node: Node | None) -> dict[str, Place]:
    """Where each notice stands in a file of texts, by dotted name."""
    notices = dict(node.items()).get("notices") if node is not None and node.is_mapping else None
    return dict(_placed(notices)) if notices is not None else {}


def _placed(node: Node, before: str = "") -> Iterator[tuple[str, Place]]:
    if not node.is_mapping:
        yield before, node.place
        return
    for key, child in node.items():
        yield from _placed(child, f"{before}.{key}" if before else key)


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
