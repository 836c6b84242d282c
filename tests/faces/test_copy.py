"""What residents read: short sentences, whole punctuation, no office jargon."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faces.test_wording import PACKAGE, in_code, in_templates

#: Characters of a sentence (U09 of the field study); what stands for a name or a number does not count.
LONGEST = 25
ENDS = re.compile(r"[。！？；：\n]|……")
FILLED = re.compile(r"%\(\w+\)[sd]|%%|{\w+}|</?\w+>|[A-Za-z0-9_./<>-]+")
HALF = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;?!()][\u4e00-\u9fff]")
#: Words of the office that say nothing to whoever waits.
JARGON = (
    "相关部门",
    "有关部门",
    "予以",
    "贵单位",
    "敬请",
    "系统繁忙",
    "操作失败",
    "未知错误",
    "诉求已",
    "受理环节",
    "流转",
)


def told() -> Iterator[str]:
    """Everything that the portal says."""
    yield from in_templates("portal")
    yield from in_code("portal")


def sentences(text: str) -> list[str]:
    return [plain for one in ENDS.split(text) if (plain := FILLED.sub("", one).strip())]


@pytest.mark.parametrize("text", sorted(set(told())))
def test_a_sentence_for_residents_is_short_and_plain(text: str):
    long = [one for one in sentences(text) if len(one) > LONGEST]
    assert not long, f"more than {LONGEST} characters: {long}"
    assert not HALF.search(text), "half-width punctuation beside a Han character"
    assert not [word for word in JARGON if word in text]


def test_a_long_sentence_and_a_half_width_mark_are_found():
    assert len(sentences("短。" + "长" * 26)[1]) > LONGEST
    assert HALF.search("好,的") and not HALF.search("08:42")


def test_no_sentence_of_the_portal_stands_outside_its_catalogue():
    bare = re.compile(r">[^<{]*[\u4e00-\u9fff][^<{]*<")
    kept = re.compile(r"{% blocktranslate.*?{% endblocktranslate %}|{%.*?%}|中文", re.S)
    found = [
        (file.name, line)
        for file in Path(PACKAGE / "portal" / "templates").rglob("*.html")
        for line in bare.findall(kept.sub("", file.read_text(encoding="utf-8")))
    ]
    assert found == []
