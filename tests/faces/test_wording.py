"""Every sentence of the pages has its English, and every English sentence keeps the places of the Chinese one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gantang.faces import wording

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "gantang"
#: Every room that says something to people, held or not held by a catalogue yet.
ROOMS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
CALLS = {"_", "gettext", "gettext_lazy", "ngettext"}
TAG = re.compile(r'{% translate "([^"]+)"')
BLOCK = re.compile(r"{% blocktranslate trimmed[^%]*%}(.*?){% endblocktranslate %}", re.S)


def catalogue(room: str) -> dict[str, str]:
    """The room's English; none for a room that says nothing."""
    path = PACKAGE / room / "locale/en/LC_MESSAGES/django.po"
    return wording.read(path) if path.is_file() else {}


def in_templates(room: str) -> Iterator[str]:
    for file in (PACKAGE / room / "templates").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        yield from TAG.findall(text)
        for block in BLOCK.findall(text):
            yield re.sub(r"{{ (\w+) }}", r"%(\1)s", "".join(line.strip() for line in block.splitlines()))


def in_code(room: str) -> Iterator[str]:
    for file in (PACKAGE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                yield from (one.value for one in node.args[:1] if isinstance(one, ast.Constant))


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
