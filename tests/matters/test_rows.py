"""Rows and amounts as answers: told cell by cell, kept in the vault as rows, handed down to children."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from gantang import engine
from gantang.kit import clock, keys
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters.errors import AnswerInvalidError
from gantang.matters.service.wake import CLOCK
from gantang.procedures import service as procedures
from gantang.vault import service as vault
from tests.engine import whole
from tests.matters.acting import CLASS, Course, row_of, told
from tests.matters.test_course import holder_of

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
ROWS = [{"due": "2026-12-01", "sum": 6000, "to": " 示例施工队 "}, {"due": "2027-01-04", "sum": 4000}]


@pytest.fixture
def course(world: "World", tmp_path: Path) -> Course:
    """A repair in hand, of the pack with every part."""
    changed = {"procedures/repair.yaml": ("serves: [repair.roof]", f"serves: [{CLASS}]")}
    pack = engine.load_pack(whole.written(tmp_path, changed))
    procedures.put_in_force(actor=SYSTEM, pack=pack, calendar=whole.calendar(), now=clock.now())
    made = Course(told(world.grid, class_code=CLASS))
    made.by(world.cast.receiver, "accept", track="plain", cost=120000)
    return made


def agree(course: Course, world: "World", **answers: Any) -> Any:
    return course.by(holder_of(course, world), "agree", **{"facts": "漏水", "terms": ROWS, **answers})


def steps_of(matter: UUID, name: str) -> list[dict[str, Any]]:
    with reading(CLOCK, ids=[matter]):
        steps = ledger.steps(keys.city_of(matter), matter)
    return [dict(step.data) for step in steps if step.name == name]


def test_each_row_opens_a_child_that_knows_the_closed_columns(course: Course, world: "World"):
    children = agree(course, world).opened
    assert [row_of(child).procedure for child in children] == ["payment", "payment"]
    begun = [steps_of(child, "received")[0]["answers"] for child in children]
    assert sorted(begun, key=str) == [{"due": "2026-12-01", "sum": 6000}, {"due": "2027-01-04", "sum": 4000}]


def test_rows_with_texts_are_kept_in_the_vault_as_rows(course: Course, world: "World"):
    agree(course, world)
    step = steps_of(course.id, "moved")[-1]
    assert step["kept"] == ["facts", "terms"] and "示例施工队" not in json.dumps(step, ensure_ascii=False)
    entry = UUID(step["texts"]["terms"]["entry"])
    with reading(CLOCK, ids=[course.id]):
        plain = vault.open_for_system(city=keys.city_of(course.id), matter=course.id, entry=entry)
    assert json.loads(plain) == [{**ROWS[0], "to": "示例施工队"}, ROWS[1]]


@pytest.mark.parametrize(
    "terms",
    [
        [{"due": "soon", "sum": 1}],
        [{"due": "2026-12-01"}],
        [{"due": "2026-12-01", "sum": -1}],
        "2026-12-01",
        [{"due": "2026-12-01", "sum": 1, "to": "x\x00"}],
        [{"due": "2026-12-01", "sum": 1, "to": "字" * 4001}],
    ],
)
def test_rows_that_do_not_fit_are_refused_by_name(course: Course, world: "World", terms: Any):
    with pytest.raises(AnswerInvalidError) as refused:
        agree(course, world, terms=terms)
    assert [one["field"] for one in refused.value.details["fields"]] == ["terms"]


@pytest.mark.parametrize("cost", [-1, "100", 1.5, True, 10**15 + 1])
def test_an_amount_is_a_whole_number_of_fen(world: "World", course: Course, cost: Any):
    other = Course(told(world.grid, class_code=CLASS), course.now)
    with pytest.raises(AnswerInvalidError) as refused:
        other.by(world.cast.receiver, "accept", track="plain", cost=cost)
    assert [one["field"] for one in refused.value.details["fields"]] == ["cost"]
