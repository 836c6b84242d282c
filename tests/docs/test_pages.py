"""Links lead somewhere; every room has its page; what a page tells one to type exists."""

import re
from pathlib import Path

import pytest
import typer.main

from gantang.cli import program
from tests.docs.pages import FRONT, PACKAGE, READMES, ROOMS, ROOT, blocks, named, pages

LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
TARGET = re.compile(r"\bmake ([a-z][a-z-]+)\b")
COMMAND = re.compile(r"(?:^|(?<!from)\s|bin/)gantang ((?:[a-z]+ ?)+)", re.M)
MOST_LINES = 40


@pytest.mark.parametrize("page", pages(), ids=named)
def test_every_link_leads_somewhere(page: Path):
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    broken = [link for link in links if not (page.parent / link.partition("#")[0]).exists()]
    assert broken == []


@pytest.mark.parametrize("room", [*ROOMS, "packs"])
def test_every_room_has_its_page(room: str):
    path = PACKAGE / room / "README.md"
    assert path.is_file(), "each room has a README: purpose, public functions, tables, invariants"


@pytest.mark.parametrize("page", READMES, ids=named)
def test_a_room_is_told_on_one_page(page: Path):
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    assert text.startswith("# ")


def test_the_front_pages_are_there():
    assert [path.name for path in FRONT if not path.is_file()] == []


@pytest.mark.parametrize("page", pages(), ids=named)
def test_every_make_target_exists(page: Path):
    targets = set(re.findall(r"^([a-z][a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(TARGET.findall(typed(page))) - targets == set()


@pytest.mark.slow
@pytest.mark.parametrize("page", pages(), ids=named)
def test_every_command_exists(page: Path):
    known = commands()
    missing = [words for words in COMMAND.findall(typed(page)) if not is_known(words.split(), known)]
    assert missing == []


def typed(page: Path) -> str:
    """What a page tells one to type: its blocks and its inline code."""
    text = page.read_text(encoding="utf-8")
    plain = [body for body in blocks(text) if not body.lstrip().startswith(("from ", "[Unit]"))]
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```", "", text, flags=re.S | re.M))
    return "\n".join([*plain, *inline])


def commands() -> dict[str, object]:
    """The sub-commands, those of Django with them."""
    from django.core.management import get_commands

    found: dict[str, object] = dict(get_commands())
    found.update(typer.main.get_command(program()).commands)  # type: ignore[attr-defined]
    return found


def is_known(words: list[str], known: dict[str, object]) -> bool:
    """Whether the first word is a command, and the next one of its own where it has such."""
    command = known.get(words[0])
    below = getattr(command, "commands", None)
    return command is not None and (below is None or len(words) == 1 or words[1] in below)


def test_both_readmes_say_the_same():
    english, chinese = (ROOT / "README.md", ROOT / "README.zh-CN.md")
    told = [one.read_text(encoding="utf-8") for one in (english, chinese)]
    ours = [sorted(link for link in LINK.findall(text) if not link.startswith("README")) for text in told]
    assert ours[0] == ours[1]
    assert (
        next(re.findall(r"^make [a-z-]+|^gantang \w+", text, re.M) for text in told)
        == [re.findall(r"^make [a-z-]+|^gantang \w+", text, re.M) for text in told][1]
    )
    assert told[0].count("\n## ") == told[1].count("\n## ")
