"""What stands in a file of a pack is read as YAML 1.2 means it, each value on its line, by either parser alike."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from gantang.engine.language import composing
from gantang.engine.language.composing import Entries, composed
from tests.engine.sample import PACKS

FILES = sorted(PACKS.rglob("*.yaml"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("True", True),
        ("false", False),
        ("~", None),
        ("", None),
        ("007", 7),
        ("0x1F", 31),
        ("0o17", 15),
        ("-3", -3),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2026-12-01", "2026-12-01"),
        ('"5"', "5"),
        ("!!str 5", "5"),
        ("!else 5", "5"),
    ],
)
def test_a_word_is_what_the_core_schema_says(written: str, meant: Any) -> None:
    found = composed(f"a: {written}")["a"]
    assert (found, type(found)) == (meant, type(meant))


def test_each_key_and_member_knows_its_line() -> None:
    found = composed("a: 1\nb:\n  - x\n\n  - {c: 2,\n     d: 3}\n")
    assert found.lines == {"a": 1, "b": 2}
    assert found["b"].lines == [3, 5]
    assert found["b"][1].lines == {"c": 5, "d": 6}


@pytest.mark.parametrize(
    "text", ["a: &x [*x]", "[" * 20_000, "a: 1\na: 2", "? [1]\n: 2", "a: [", "--- 1\n--- 2"]
)
def test_what_cannot_be_a_value_is_a_fault_and_no_crash(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        composed(text)


def test_an_alias_is_one_value_however_often_it_is_named() -> None:
    text = "a: &a [x, x]\n" + "\n".join(
        f"b{n}: &b{n} [*{'a' if not n else f'b{n - 1}'}, *a]" for n in range(60)
    )
    found = composed(text)
    assert found["b59"][1] is found["b58"][1] is found["a"]


def _lines(value: Any) -> list[Any]:
    if isinstance(value, Entries):
        return [value.lines, [_lines(one) for one in value.values()]]
    return [value.lines, [_lines(one) for one in value]] if isinstance(value, list) else [repr(value)]


def test_both_parsers_read_every_shipped_file_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_text(encoding="utf-8") for path in FILES[::12]]
    found = [_lines(composed(text)) for text in texts]
    monkeypatch.setattr(composing, "_InC", composing._InPython)
    assert [_lines(composed(text)) for text in texts] == found
