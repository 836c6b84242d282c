"""What a page calls a thing is read aloud once: a frame and what it frames do not bear the same name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gantang import desk, faces

ROOTS = [Path(str(one.__file__)).parent / "templates" for one in (desk, faces)]
PAGES = sorted(page for root in ROOTS for page in root.rglob("*.html"))
FRAME = re.compile(
    r'<div class="wide"[^>]*?aria-label="(?P<name>[^"]*?\{%.*?%\})"[^>]*>\s*<table[^>]*>\s*<caption[^>]*>(?P<caption>.*?)'
    r"</caption>",
    re.DOTALL,
)
LABELLED = re.compile(r'aria-labelledby="([^"]+)"')
LABEL = re.compile(r'<label[^>]*\bfor="(?P<of>[^"]+)"[^>]*>(?P<words>.*?)</label>', re.DOTALL)
CONTROL = re.compile(r"<(?:input|select|textarea)\b[^>]*>")
PRESSED = re.compile(
    r'<(a|button)\b[^>]*aria-label="(?P<name>[^"]*\{%.*?%\})"[^>]*>(?P<words>.*?)</\1>', re.DOTALL
)


def words(text: str) -> str:
    """What is said, without icons and marks."""
    return re.sub(r"<[^>]+>|\{% icon .*?%\}|\s+", "", text).strip()


def said_twice(page: str) -> Iterator[str]:
    for one in FRAME.finditer(page):
        if words(one["name"]) == words(one["caption"]):
            yield f"a frame and the caption in it: {one['name']}"
    named = LABELLED.findall(page)
    yield from (f"two frames by one heading: {one}" for one in sorted(set(named)) if named.count(one) > 1)
    labels = {one["of"]: words(one["words"]) for one in LABEL.finditer(page)}
    for control in CONTROL.findall(page):
        own, told = re.search(r'\bid="([^"]+)"', control), re.search(r'aria-label="(.*?%\})"', control)
        if own and told and own[1] in labels:
            yield f"a label and an aria-label: {own[1]}"
    for one in PRESSED.finditer(page):
        if words(one["name"]) == words(one["words"]):
            yield f"a button and its aria-label: {one['name']}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nothing_on_a_page_of_the_desk_is_named_twice(page: Path) -> None:
    assert not list(said_twice(page.read_text(encoding="utf-8")))


def test_the_look_for_names_said_twice_finds_each_kind() -> None:
    name = '{% translate "岗位" %}'
    frame = f'<div class="wide" role="region" aria-label="{name}" tabindex="0"><table class="tbl">'
    assert list(said_twice(f'{frame}<caption class="vh">{name}</caption></table></div>'))
    assert list(said_twice('<section aria-labelledby="a"><div aria-labelledby="a"></div></section>'))
    assert list(said_twice(f'<label for="u">{name}</label><input id="u" aria-label="{name}">'))
    assert list(said_twice(f'<button aria-label="{name}">{name}</button>'))
    assert not list(said_twice(f'<button aria-label="{name}">{{% icon "x" %}}</button>'))
