"""The table of the ASVS: every requirement of levels 1 and 2 once, and everything that a line names is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from gantang.cli.reference.asvs import STATES, Line, lines
from gantang.host.declare import describe
from gantang.host.options import Options
from tests.conftest import ROOT

#: The levels of the requirements of each section of ASVS 5.0.0, in their order.
LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123", "2.1": "122",
    "2.2": "112", "2.3": "12223", "2.4": "23", "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233",
    "3.5": "11122333", "3.6": "3", "3.7": "22333", "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222", "6.1": "122", "6.2": "111111112222",
    "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223", "6.7": "33", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22", "8.1": "1233",
    "8.2": "1123", "8.3": "133", "8.4": "23", "9.1": "111", "9.2": "1222", "10.1": "22", "10.2": "223",
    "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22", "10.7": "222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23",
    "11.7": "33", "12.1": "12233", "12.2": "11", "12.3": "22223", "13.1": "2333", "13.2": "222223",
    "13.3": "2233", "13.4": "1222233", "14.1": "22", "14.2": "12223333", "14.3": "122", "15.1": "12233",
    "15.2": "12233", "15.3": "1222222", "15.4": "3333", "16.1": "2", "16.2": "22222", "16.3": "2222",
    "16.4": "222", "16.5": "2223", "17.1": "23", "17.2": "22223333", "17.3": "22",
}  # fmt: skip
LINES = lines()


def test_every_requirement_of_both_levels_stands_once_and_in_order():
    asked = [
        (f"{section}.{place}", int(level))
        for section, levels in LEVELS.items()
        for place, level in enumerate(levels, start=1)
        if level in "12"
    ]
    assert len(asked) == 253
    assert [(one.number, one.level) for one in LINES] == asked


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.number)
def test_what_a_line_names_is_there(line: Line):
    assert [one for one in line.evidence if not is_there(one)] == []


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.number)
def test_a_line_says_why_it_stands_as_it_does(line: Line):
    assert line.title and line.state in STATES
    if line.state in ("partly", "none"):
        assert line.note, "the note says what is missing, or why it does not apply"
    elif line.state in ("holds", "proxy"):
        assert line.evidence or line.note


def test_what_is_not_there_would_be_found():
    wrong = ("test:site/test_start.py::test_no_such", "test:no/test_such.py", "code:kit/no.py", "set:NO_SUCH",
             "code:kit/crypto.py::no_such", "opt:GANTANG_NO", "doc:no.md", "else:x")  # fmt: skip
    assert not any(is_there(one) for one in wrong)


def is_there(evidence: str) -> bool:
    kind, _, rest = evidence.partition(":")
    path, _, name = rest.partition("::")
    if kind == "test":
        return path.rpartition("/")[2].startswith("test_") and _has(ROOT / "tests" / path, name)
    if kind == "code":
        return _has(ROOT / "src" / "gantang" / path, name)
    if kind == "set":
        return hasattr(settings, rest)
    if kind == "opt":
        return rest in {info.name for info in describe(Options)}
    return kind == "doc" and (ROOT / "docs" / rest).is_file()


def _has(path: Path, name: str) -> bool:
    return path.is_file() and (not name or name in names(path))


@cache
def names(path: Path) -> frozenset[str]:
    """What a file defines at its top."""
    found = {
        node.name
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    return frozenset(found | set(re.findall(r"^([A-Z_]+)\b.*? = ", path.read_text(encoding="utf-8"), re.M)))
