"""Every template that ships renders, full and empty, on paper that a resident can read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import gantang
from gantang import engine
from gantang.engine import Procedure
from gantang.files.service import render
from gantang.files.types import Answer
from tests.files.papers import paper

PACKS = engine.read_packs(Path(gantang.__file__).parent / "packs")


def shipped() -> Iterator[Any]:
    for pack in PACKS.values():
        for procedure in pack.procedures.values():
            for kind in procedure.documents:
                yield pytest.param(procedure, kind, id=f"{procedure.key}.{kind}")


def answers_of(procedure: Procedure, kind: str) -> dict[str, Answer]:
    """Something for every field that the document uses."""
    fields = {name: procedure.fields[name] for name in procedure.documents[kind].uses}
    return {
        name: Answer(
            one.title.zh,
            text="" if one.columns else "示例",
            columns=tuple(column.title.zh for column in one.columns),
            rows=(tuple("示例" for _ in one.columns),) if one.columns else (),
        )
        for name, one in fields.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize(("procedure", "kind"), shipped())
def test_a_shipped_template_renders_with_and_without_answers(procedure: Procedure, kind: str) -> None:
    title, template = procedure.documents[kind].title.zh, procedure.templates[kind]
    full = render(template, paper(title=title, answers=answers_of(procedure, kind)))
    empty = render(template, paper(title=title, number="", people=(), answers={}))
    assert full.startswith(b"%PDF") and empty.startswith(b"%PDF") and full != empty
