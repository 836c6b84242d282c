"""Every sentence of the pages has its English, and every English sentence keeps the places of the Chinese one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gantang.faces import wording

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "gantang"
#: Every room that says something to people, held or not held by a catalogue yet.
ROOMS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
CALLS = {"_", "gettext", "gettext_lazy", "ngettext"}
#: The same word may be said in two ways, told apart by a context before it.
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
CONTEXT = "\x04"
TAG = re.compile(r'{% translate "([^"]+)"(?: context "([^"]+)")?')
BLOCK = re.compile(r"{% blocktranslate trimmed[^%]*%}(.*?){% endblocktranslate %}", re.S)


def catalogue(room: str) -> dict[str, str]:
    """The room's English; none for a room that says nothing."""
    path = PACKAGE / room / "locale/en/LC_MESSAGES/django.po"
    return wording.read(path) if path.is_file() else {}


def in_templates(room: str) -> Iterator[str]:
    for file in (PACKAGE / room / "templates").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        yield from (f"{context}{CONTEXT}{said}" if context else said for said, context in TAG.findall(text))
        for block in BLOCK.findall(text):
            yield re.sub(r"{{ (\w+) }}", r"%(\1)s", "".join(line.strip() for line in block.splitlines()))


def in_code(room: str) -> Iterator[str]:
    for file in (PACKAGE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield from _said(
                    node.func.id, [one.value for one in node.args if isinstance(one, ast.Constant)]
                )


def _said(call: str, args: list[Any]) -> list[str]:
    if call in WITH_CONTEXT:
        return [CONTEXT.join(args[:2])]
    return args[:1] if call in CALLS else []


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_is_translated(room: str):
    found = catalogue(room)
    known = {key.split("\0")[0] for key in found}
    assert {*in_templates(room), *in_code(room)} - known == set()


@pytest.mark.parametrize("room", ROOMS)
def test_translations_keep_their_places(room: str):
    found = catalogue(room)
    places = re.compile(r"%\(\w+\)[sd]|</?\w+>|{\w+}")
    for chinese, english in found.items():
        assert set(places.findall(chinese)) == set(places.findall(english)), chinese


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_unused_is_kept(room: str):
    found = {key.split("\0")[0] for key in catalogue(room)} - {""}
    assert found - {*in_templates(room), *in_code(room)} == set()
