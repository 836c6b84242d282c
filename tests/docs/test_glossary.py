"""One English word for one Chinese term: held in names, in English texts, in these pages."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from gantang import engine
from gantang.engine.model import MARKS, SUPERVISION
from gantang.engine.time import DayKind
from gantang.faces import wording
from gantang.posts import rules, types
from tests.docs.pages import DOCS, FRONT, PACKAGE, READMES, named, prose

GLOSSARY = DOCS / "glossary.md"
NONE = "–"
#: Common syllables of this field as whole parts of a name: a part that is one of them is pinyin.
PINYIN = {
    "shixiang", "shijian", "wangge", "wanggeyuan", "zongzhi", "zhongxin", "shouli", "fenliu", "banli", "heyan", "hecha",
    "banjie", "tuidan", "guikou", "duban", "xietong", "xieban", "zhuban", "danwei", "gangwei", "zhize", "renwu", "qunzhong",
    "taizhang", "baoxian", "maodun", "jiufen", "tiaojie", "liucheng", "chengxu", "zhuangtai", "dongzuo", "qixian",
    "gongzuori", "tiaoxiu", "rili", "yanqi", "zanting", "chaoqi", "quhua", "xingzheng", "jiedao", "xiangzhen", "shequ",
    "cunwei", "fankui", "dafu", "pingjia", "manyidu", "kaoping", "yujing", "anjian", "shangbao", "fenpai", "paidan",
    "xinfang", "suqiu", "mingcheng", "leixing", "bianma", "dizhi", "shouji", "shenfenzheng", "xingming",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of the glossary."""

    chinese: str
    english: tuple[str, ...]
    code: tuple[str, ...]
    never: tuple[str, ...]

    def __str__(self) -> str:
        return self.chinese


def rows() -> list[Row]:
    found = []
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if len(cells) == 4 and not set(cells[0]) <= {"-"} and cells[0] != "中文":
            found.append(
                Row(cells[0], _listed(cells[1]), tuple(re.findall(r"`([^`]+)`", cells[2])), _listed(cells[3]))
            )
    return found


def _listed(cell: str) -> tuple[str, ...]:
    return () if cell == NONE else tuple(part.strip() for part in cell.split(","))


@cache
def names() -> frozenset[str]:
    """Every name of the code: of modules, classes, functions, arguments, attributes, variables; keys of packs."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        if "migrations" not in path.parts:
            found |= {path.stem, path.parent.name, *_of_tree(ast.parse(path.read_text(encoding="utf-8")))}
    for path in PACKAGE.glob("packs/**/*.yaml"):
        found |= set(re.findall(r"^\s*(?:- )?{?([a-z_]+):", path.read_text(encoding="utf-8"), re.M))
        found |= set(re.findall(r"[{,] *([a-z_]+):", path.read_text(encoding="utf-8")))
    for path in [*PACKAGE.glob("*/static/*/*.js")]:
        if "vendor" not in path.parts:
            found |= set(re.findall(r"\b(?:const|let|function) (\w+)", path.read_text(encoding="utf-8")))
    return frozenset(found)


def _of_tree(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name


@cache
def words() -> frozenset[str]:
    """The names, and their parts: `access_code` and `AccessCode` hold `access` and `code`."""
    whole = {re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_") for name in names()}
    return frozenset({part for name in whole for part in name.split("_") if part} | whole)


@cache
def literals() -> frozenset[str]:
    """Texts of the code that are one word: codes of states, duties, marks."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py"))
    return frozenset(
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z_]+", node.value)
    )


@pytest.mark.slow
@pytest.mark.parametrize("row", rows(), ids=str)
def test_each_name_of_the_glossary_is_in_the_code(row: Row):
    known = words() | literals()
    assert [name for name in row.code if name not in known] == []


def test_a_chinese_term_has_one_line_in_its_part():
    for part in GLOSSARY.read_text(encoding="utf-8").split("\n## ")[1:]:
        terms = [line.split(" | ")[0].strip("| ") for line in part.splitlines() if line.startswith("| ")]
        assert sorted(terms) == sorted(set(terms))


@pytest.mark.parametrize("row", [row for row in rows() if row.never], ids=str)
def test_words_that_must_not_be_used_are_not(row: Row):
    found = {word: place for word in row.never if (place := place_of(word)) is not None}
    assert found == {}


def place_of(word: str) -> str | None:
    """Where the word is used, in names, in English texts or on a page."""
    flat = re.sub(r"[ -]", "_", word.lower())
    if flat in words():
        return "a name"
    wanted = re.compile(rf"(?<![\w-]){re.escape(word)}s?(?![\w-])", re.I)
    return next((place for place, text in english() if wanted.search(text)), None)


@cache
def english() -> tuple[tuple[str, str], ...]:
    """What people read in English, each with its place; the glossary itself names the words."""
    texts = [
        (named(path), " ".join(wording.read(path).values()))
        for path in sorted(PACKAGE.glob("*/locale/en/LC_MESSAGES/django.po"))
    ]
    texts += [
        (named(path), path.read_text(encoding="utf-8")) for path in PACKAGE.glob("packs/*/texts/en.yaml")
    ]
    read = [path for path in [*DOCS.rglob("*.md"), *FRONT, *READMES] if path != GLOSSARY]
    return tuple(texts + [(named(path), prose(path.read_text(encoding="utf-8"))) for path in read])


@pytest.mark.parametrize(
    "codes",
    [
        engine.DUTIES,
        engine.STATUSES,
        SUPERVISION,
        MARKS,
        [kind.value for kind in DayKind],
        rules.UNIT_KINDS,
        rules.WAYS,
    ],
    ids=["duties", "statuses", "supervision", "marks", "days", "units", "stationing"],
)
def test_every_code_that_people_meet_is_in_the_glossary(codes: list[str]):
    told = {name for row in rows() for name in row.code} | {"working"}
    assert set(codes) - told == set()
    assert set(types.DUTIES) <= told


def test_no_name_is_pinyin():
    assert words() & PINYIN == set()


def test_the_glossary_is_read_whole():
    lines = [
        line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if re.match(r"\| (?!中文|-)", line)
    ]
    assert len(rows()) == len(lines) > 100
