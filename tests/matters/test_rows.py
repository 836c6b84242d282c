"""Rows and amounts as answers: told cell by cell, kept in the vault as rows, handed down to children."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gantang import engine
from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters.errors import AnswerInvalidError
from gantang.matters.models import Link
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


def last_of(matter: Any, name: str) -> dict[str, Any]:
    with reading(CLOCK, ids=[matter]):
        steps = ledger.stream(f"matter/{matter}")
    return next(step.data for step in reversed(list(steps)) if step.name == name)
