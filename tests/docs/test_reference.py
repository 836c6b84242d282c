"""Every setting, event, error, procedure, word, address and command is documented, or the build is red."""

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from gantang.cli.reference import book, errors, lying, source, steps
from gantang.cli.reference.step_words import STEPS
from gantang.engine import edition
from gantang.engine.check import KINDS
from gantang.kit.errors import GantangError
from tests.docs.pages import DOCS, REFERENCE, ROOT
from tests.scale import IS_SHORT

#: Writing every page counts the bounds of every procedure.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return book.pages(taking=REFERENCE if IS_SHORT else None)


def test_every_generated_page_is_the_written_one(made: dict[str, str]):
    differing = [name for name, text in made.items() if not _is(name, text)]
    assert differing == [], "run: gantang reference --write docs/reference"


def _is(name: str, text: str) -> bool:
    path = REFERENCE / name
    return path.is_file() and path.read_text(encoding="utf-8") == text


def test_pages_of_procedures_that_lie_are_taken_only_where_they_were_made_of_this_code(tmp_path, monkeypatch):
    folder = Path(shutil.copytree(REFERENCE / "procedures", tmp_path / "procedures"))
    assert dict(lying.pages(tmp_path)) == {
        f"procedures/{path.name}": path.read_text("utf-8") for path in folder.iterdir()
    }
    with monkeypatch.context() as other:
        other.setattr(edition, "edition", lambda: "another engine")
        assert dict(lying.pages(tmp_path)) == {}
    (folder / "request.md").write_text("by hand", encoding="utf-8")
    assert dict(lying.pages(tmp_path)) == {}


def test_no_page_of_a_procedure_that_is_gone_remains(made: dict[str, str]):
    lying = {f"procedures/{path.name}" for path in (REFERENCE / "procedures").glob("*.md")}
    assert lying - set(made) == set()


def test_writing_says_what_changed_and_nothing_twice(made: dict[str, str], tmp_path):
    (tmp_path / "procedures").mkdir()
    (tmp_path / "procedures" / "gone.md").write_text("old", encoding="utf-8")
    assert set(book.write(made, tmp_path)) == {*made, "procedures/gone.md"}
    assert book.write(made, tmp_path) == []


def test_every_error_has_both_languages_and_says_what_to_do_or_needs_nothing(made: dict[str, str]):
    english = source.english()
    missing = {
        text for one in errors.errors() for text in (one.sentence, one.remedy) if text and text not in english
    }
    assert missing == set()


def test_every_kind_of_error_is_on_the_page(made: dict[str, str]):
    for kind in _below(GantangError):
        if kind.__module__.startswith("gantang."):
            assert f"`{kind.code}`" in made["errors.md"], kind


def _below(kind: type[GantangError]) -> Iterator[type[GantangError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def test_every_kind_of_finding_has_its_sentences(made: dict[str, str]):
    for kind in KINDS:
        assert f"## {kind} (" in made["findings.md"]


def test_a_room_that_appends_steps_and_is_not_described_is_told(monkeypatch):
    monkeypatch.setattr(steps, "SPELLINGS", tuple(one for one in steps.SPELLINGS if one[0] != "vault"))
    with pytest.raises(steps.StepsError, match="vault"):
        steps.rooms()


def test_a_step_without_its_sentence_is_told(monkeypatch):
    monkeypatch.delitem(STEPS, "grid.redrawn")
    with pytest.raises(steps.StepsError, match=r"grid\.redrawn"):
        dict(steps.pages())


@pytest.mark.django_db(databases=["default", "owner"])
def test_every_step_that_the_sample_wrote_is_described(world):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT DISTINCT name FROM ledger_step")
        written = {name for (name,) in cursor.fetchall()}
    assert written
    assert written <= set(STEPS)


def test_every_page_stands_in_the_menu():
    config = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]
    listed = set(_paths(config["nav"]))
    assert listed == {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}


def test_the_pages_call_no_other_host():
    config = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]
    assert config["theme"]["font"] is False
    assert not {"extra_css", "extra_javascript"} & set(config)


def _paths(entry: object) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict):
        for below in entry.values():
            yield from _paths(below)
    elif isinstance(entry, list):
        for below in entry:
            yield from _paths(below)
