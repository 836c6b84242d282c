"""What the shipped packs call law: each mark cites articles whose text was read, each period is one the catalogue has.

A mark that stands in no row of ``packs/statutes.csv`` turns the build red: whoever writes one reads the text first.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import gantang
from gantang.engine import Span
from gantang.engine.language.composing import composed
from tests.engine.sample import PACKS

CATALOGUE = Path(gantang.__file__).parent / "catalogue" / "data" / "periods.csv"
_ARTICLE = re.compile(r"第[一二三四五六七八九十百零]+条")
_MARK = re.compile(rf"([^第；]+)((?:{_ARTICLE.pattern}、?)+)")
#: An edition, or an order's number, behind a statute's name.
_EDITION = re.compile(r"（[^）]*）")
#: What stands beside a mark and is no period.
_NO_SPAN = frozenset({"law", "by"})

Mapped = dict[str, Any]


def marked() -> Iterator[tuple[str, Mapped]]:
    """Every mapping of a shipped procedure or variant that bears a mark, with its file."""
    for path in sorted(PACKS.rglob("*.yaml")):
        if {"scenarios", "texts"}.isdisjoint(path.parts):
            for one in _mappings(composed(path.read_text(encoding="utf-8"))):
                if isinstance(one.get("law"), str):
                    yield f"{path.relative_to(PACKS)}: {one['law']}", one


def _mappings(value: Any) -> Iterator[Mapped]:
    if isinstance(value, dict):
        yield value
        yield from (found for each in value.values() for found in _mappings(each))
    elif isinstance(value, list):
        yield from (found for each in value for found in _mappings(each))


def cited(text: str) -> set[tuple[str, str]]:
    """The articles a citation names, each with its statute; none where it is no citation."""
    plain = _EDITION.sub("", text)
    if _MARK.sub("", plain).strip("；"):
        return set()
    named = _MARK.findall(plain)
    return {(statute, article) for statute, articles in named for article in _ARTICLE.findall(articles)}


def read_of(rows: Iterable[dict[str, str]]) -> set[tuple[str, str]]:
    return {(row["statute"], row["article"]) for row in rows}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


READ = read_of(table(PACKS / "statutes.csv"))
MARKED = list(marked())


def is_read(law: str) -> bool:
    """Whether all that a mark cites was read."""
    return bool(cited(law)) and cited(law) <= READ


def spans(one: Mapped) -> list[str]:
    """The periods a mark stands beside, in one form; an edge's own keys are none."""
    if "from" in one:
        return []
    texts = [value for key, value in one.items() if key not in _NO_SPAN and isinstance(value, str)]
    return [str(Span.parse(text)) for text in texts]


@pytest.mark.parametrize(("where", "one"), MARKED, ids=[where for where, _ in MARKED])
def test_every_mark_of_law_cites_articles_whose_text_was_read(where: str, one: Mapped) -> None:
    assert is_read(one["law"]), (
        f"{where}: read the article, then add it to packs/statutes.csv, or drop the mark"
    )


@pytest.mark.parametrize(
    "law", ["示例法第一条", "人民调解法第九十九条", "人民调解法", "人民调解法第十七条和别的", ""]
)
def test_an_article_that_nobody_read_is_found(law: str) -> None:
    assert not is_read(law)


def test_every_article_in_the_table_is_cited_and_says_something() -> None:
    rows = table(PACKS / "statutes.csv")
    assert set().union(*(cited(one["law"]) for _, one in MARKED)) == READ
    assert all(row["says"] and row["edition"] for row in rows) and len(READ) == len(rows)


def test_every_period_marked_law_is_one_the_catalogue_has_from_the_same_article() -> None:
    known = {
        (*one, str(Span.parse(row["span"])))
        for row in table(CATALOGUE)
        if row["span"]
        for one in cited(row["source"])
    }
    periods = [(where, cited(one["law"]), span) for where, one in MARKED for span in spans(one)]
    lacking = [
        (where, span)
        for where, articles, span in periods
        if not any((*article, span) in known for article in articles)
    ]
    assert lacking == []
    assert len(periods) >= 10
