"""The one table of keys: what the parser takes is what the reference lists, and each has its meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gantang import engine
from gantang.cli.reference import language
from gantang.engine.language.keys import FIXED, TABLES
from gantang.engine.language.reading import Reading
from gantang.engine.model import DUTIES
from gantang.engine.run.values import Facts
from tests.engine import whole
from tests.engine.sample import PACKS


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, ...]]:
    """Every list of keys that the parser asks a mapping for, by reading packs that use every part."""
    found: set[tuple[str, ...]] = set()
    mapping = Reading.mapping

    def listening(self: Reading, node: Any, known: Any = None, needed: Any = ()) -> Any:
        if known is not None:
            found.add(tuple(known))
        return mapping(self, node, known, needed)

    monkeypatch.setattr(Reading, "mapping", listening)
    return found


def test_every_key_the_parser_takes_is_listed(asked: set[tuple[str, ...]], tmp_path: Path) -> None:
    engine.load_packs(PACKS)
    engine.read_pack(whole.written(tmp_path))
    engine.read_overlays(whole.overlaid(tmp_path))
    listed = {tuple(key.name for key in table.keys): name for name, table in TABLES.items()}
    then = tuple(key.name for key in TABLES["then"].keys)
    languages = ("zh-Hans", "en")
    unlisted = asked - set(listed) - {(*then, *DUTIES), languages}
    assert unlisted == set()
    taken = {listed[keys] for keys in asked if keys in listed}
    beyond = {"within", "then"}  # read one key after the other, not as a closed mapping
    assert set(TABLES) - taken - beyond - {"words"} == set()


def test_every_key_has_its_meaning_in_two_languages() -> None:
    for table in TABLES.values():
        assert table.keys and table.where and table.title.zh and table.title.en
        assert all(key.holds and key.meaning.zh and key.meaning.en for key in table.keys), table.name
        names = [key.name for key in table.keys]
        assert len(names) == len(set(names))


def test_the_reference_page_lists_every_table_and_key() -> None:
    ((_, text),) = language.pages()
    for name, table in TABLES.items():
        assert f'id="{name}"' in text or f"### {name}" in text, name
        for key in table.keys:
            assert f"| `{key.name}`" in text and key.meaning.en.replace("|", "\\|") in text, key.name


def test_a_variant_may_change_everything_but_what_the_procedure_is() -> None:
    changed = {key.name for key in TABLES["change"].keys}
    assert changed == {key.name for key in TABLES["procedure"].keys} - set(FIXED)


def test_the_facts_of_a_story_are_those_of_the_engine() -> None:
    assert {key.name for key in TABLES["facts"].keys} == set(Facts.__dataclass_fields__)
