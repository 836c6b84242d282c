"""YAML 1.2 as files of packs are written in: plain values, each with the line on which it stands.

libyaml reads all shipped packs fifty times faster than a parser written in Python; what is wrong in a file
is then said by the one in Python, whose words name it.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode


class Entries(dict[str, Any]):
    """A mapping of a file: `lines` says where each key stands, from 1."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[Any, int] = {}


class Members(list[Any]):
    """A sequence of a file: `lines` says where each member begins, from 1."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


class _InPython(yaml.BaseLoader):
    pass


class _InC(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """The same by libyaml, where PyYAML was built with it."""


_PREFIX = "tag:yaml.org,2002:"
#: The core schema of YAML 1.2: only `true` and `false` are yes and no; a date is a text.
for _name, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
):
    for _loader in (_InPython, _InC):
        _loader.add_implicit_resolver(f"{_PREFIX}{_name}", re.compile(_pattern), _first)


def composed(text: str) -> Any:
    """The one document of a text; None where there is none. Errors: yaml.YAMLError, with its mark."""
    try:
        node = _node(text)
        return None if node is None else _Values().of(node)
    except RecursionError:
        raise yaml.YAMLError("nested too deeply") from None


def _node(text: str) -> yaml.Node | None:
    try:
        return _InC(text).get_single_node()  # type: ignore[no-any-return]
    except yaml.YAMLError:
        return _InPython(text).get_single_node()  # the same fault in words that name it


class _Values:
    """Values of nodes; what an alias names again is one value, and may not be within itself."""

    def __init__(self) -> None:
        self.made: dict[yaml.Node, Any] = {}

    def of(self, node: yaml.Node) -> Any:
        if isinstance(node, ScalarNode):
            return _scalar(node)
        if node not in self.made:
            self.made[node] = None
            self.made[node] = self._made(node)
        if self.made[node] is None:
            raise _fault("found a value within itself", node)
        return self.made[node]

    def _made(self, node: yaml.Node) -> Entries | Members:
        if isinstance(node, MappingNode):
            return self._entries(node)
        assert isinstance(node, SequenceNode)  # noqa: S101 - there is no other kind
        return self._members(node)

    def _entries(self, node: MappingNode) -> Entries:
        found = Entries()
        for key_node, value in node.value:
            if not isinstance(key_node, ScalarNode):
                raise _fault("found unhashable key", key_node)
            key = _scalar(key_node)
            if key in found:
                raise _fault(f'found duplicate key "{key}"', key_node)
            found[key] = self.of(value)
            found.lines[key] = key_node.start_mark.line + 1
        return found

    def _members(self, node: SequenceNode) -> Members:
        found = Members()
        for one in node.value:
            found.append(self.of(one))
            found.lines.append(one.start_mark.line + 1)
        return found


def _scalar(node: ScalarNode) -> Any:
    text, kind = node.value, node.tag.removeprefix(_PREFIX)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind == "int":
        return int(text, 0 if text[:2] in ("0o", "0x") else 10)
    return float(text) if kind == "float" else text


def _fault(problem: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
