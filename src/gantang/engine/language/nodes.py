"""A value of a YAML file together with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from gantang.engine.model import Place

if TYPE_CHECKING:
    from pathlib import Path


class SyntaxFaultError(Exception):
    """The file is not YAML."""

    def __init__(self, place: Place, problem: str) -> None:
        super().__init__(problem)
        self.place = place
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Node:
    """One value: `path` names it inside the pack, "moves/refuse/asks"."""

    value: Any
    place: Place
    path: str = ""

    def items(self) -> Iterator[tuple[str, Node]]:
        """Keys and values of a mapping, each value placed at its key's line."""
        for key, value in self.value.items():
            line = _line_of(self.value, key, self.place.line)
            yield str(key), Node(value, Place(self.place.file, line), f"{self.path}/{key}".lstrip("/"))

    def parts(self) -> Iterator[Node]:
        """Members of a sequence."""
        for index, value in enumerate(self.value):
            line = _line_of(self.value, index, self.place.line)
            yield Node(value, Place(self.place.file, line), self.path)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.value, Mapping)

    @property
    def is_sequence(self) -> bool:
        return isinstance(self.value, Sequence) and not isinstance(self.value, str)


def _line_of(holder: Any, key: Any, default: int) -> int:
    marks = getattr(holder, "lc", None)
    if marks is None:
        return default
    try:
        line = (
            marks.item(key)[0]
            if isinstance(key, int) and not isinstance(holder, Mapping)
            else marks.key(key)[0]
        )
    except (KeyError, TypeError, IndexError, AttributeError):
        return default
    return int(line) + 1


def read_yaml(text: str, file: str) -> Node:
    """Parses one file; raises SyntaxFaultError with the line of the fault."""
    try:
        value = YAML(typ="rt").load(text)
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = (mark.line + 1) if mark else 1
        raise SyntaxFaultError(Place(file, line), fault.problem or "not YAML") from fault
    except YAMLError as fault:
        raise SyntaxFaultError(Place(file, 1), str(fault).splitlines()[0]) from fault
    return Node({} if value is None else value, Place(file, 1))


def plain(value: Any) -> Any:
    """The value as plain dicts, lists, strings and numbers: what the hash is taken of."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(one) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    return str(value)


def read_file(path: Path, root: Path) -> Node:
    return read_yaml(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
