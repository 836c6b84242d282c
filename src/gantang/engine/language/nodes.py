"""A value of a YAML file together with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from gantang.engine.language.composing import Entries, Members, composed
from gantang.engine.model import Place, Words

if TYPE_CHECKING:
    from pathlib import Path


class SyntaxFaultError(Exception):
    """The file is not YAML, or no text; `sentence` and `remedy` say so for people."""

    def __init__(self, place: Place, sentence: Words, remedy: Words) -> None:
        super().__init__(sentence.en)
        self.place, self.sentence, self.remedy = place, sentence, remedy


LAYOUT = Words(
    "检查这一行和上一行的缩进、冒号和括号。", "Check indent, colons and brackets here and on the line before."
)
#: What the parser says, by its first words, with what to do. Its own words stand only in the English.
PROBLEMS: tuple[tuple[str, str, Words], ...] = (
    (
        "found duplicate key",
        "同一个键写了两次",
        Words("删去或改名其中一个。", "Drop or rename one of the two."),
    ),
    (
        "found character '\\t'",
        "用了制表符缩进",
        Words("改用空格缩进。", "Indent with blanks, not with tabs."),
    ),
    (
        "found undefined alias",
        "引用了没有定义的锚",
        Words("写出全文，或给星号开头的字加引号。", "Write it out, or quote what begins with *."),
    ),
    ("but found another document", "一个文件里有两份文档", Words("删去“---”。", "Drop the ---.")),
    ("expected <block end>", "缩进或符号不对", LAYOUT),
    ("expected ',' or", "括号没有配对，或少了逗号", LAYOUT),
    ("mapping values are not allowed", "这里不该有冒号", LAYOUT),
)


@dataclass(frozen=True, slots=True)
class Node:
    """One value: `path` names it inside the pack, "moves/refuse/asks"."""

    value: Any
    place: Place
    path: str = ""

    def items(self) -> Iterator[tuple[str, Node]]:
        """Keys and values of a mapping, each value placed at its key's line."""
        for key, value in self.value.items():
            place = _place_of(self.value, key, self.place)
            yield str(key), Node(value, place, f"{self.path}/{key}".lstrip("/"))

    def parts(self) -> Iterator[Node]:
        """Members of a sequence."""
        lines = self.value.lines if isinstance(self.value, Members) else [self.place.line] * len(self.value)
        for value, line in zip(self.value, lines, strict=True):
            yield Node(value, Place(self.place.file, line), self.path)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.value, Mapping)

    @property
    def is_sequence(self) -> bool:
        return isinstance(self.value, Sequence) and not isinstance(self.value, str)


class Layered(dict[str, Any]):
    """A mapping put together from several files: `places` says where each entry comes from."""

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, Place] = {}

    def put(self, key: str, node: Node) -> None:
        self[key], self.places[key] = node.value, node.place

    def drop(self, key: str) -> None:
        del self[key], self.places[key]


def _place_of(holder: Any, key: Any, default: Place) -> Place:
    if isinstance(holder, Layered):
        return holder.places[key]
    line = holder.lines.get(key) if isinstance(holder, Entries) else None
    return Place(default.file, line or default.line)


def read_yaml(text: str, file: str) -> Node:
    """Parses one file; raises SyntaxFaultError with the line of the fault."""
    try:
        value = composed(text)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise _syntax(Place(file, (mark.line + 1) if mark else 1), fault.problem or "") from fault
    except (yaml.YAMLError, ValueError) as fault:
        raise _syntax(Place(file, 1), str(fault).partition("\n")[0]) from fault
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


def _syntax(place: Place, problem: str) -> SyntaxFaultError:
    said = problem.strip()
    known = (one for one in PROBLEMS if said.startswith(one[0]))
    _, zh, remedy = next(known, ("", "写法不对", LAYOUT))
    name = said.partition('"')[2].rstrip('"')
    zh = f"{zh}“{name}”" if name else zh
    sentence = Words(f"文件不是正确的 YAML：{zh}。", f"The file is not YAML: {said or 'unreadable'}.")
    return SyntaxFaultError(place, sentence, remedy)


def read_file(path: Path, root: Path) -> Node:
    """One file of a pack, in UTF-8; raises SyntaxFaultError."""
    name = path.relative_to(root).as_posix()
    try:
        return read_yaml(path.read_bytes().decode("utf-8-sig"), name)
    except UnicodeDecodeError as fault:
        line = fault.object[: fault.start].count(b"\n") + 1
        raise SyntaxFaultError(
            Place(name, line),
            Words("文件不是 UTF-8 编码的文字。", "The file is not text in UTF-8."),
            Words("用 UTF-8 编码保存它。", "Save it in UTF-8."),
        ) from fault
    except OSError as fault:
        raise SyntaxFaultError(
            Place(name, 1),
            Words("文件打不开，或者不是文件。", "It cannot be opened, or is no file."),
            Words("放一个可读的文件在这里。", "Put a readable file there."),
        ) from fault
