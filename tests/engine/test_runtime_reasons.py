"""What a refusal says: every part of it as people know it, never by the name it has in a file."""

from __future__ import annotations

import re

import pytest

from gantang import engine
from gantang.engine.model import Move, Procedure
from gantang.engine.run.against import guard_refusal
from gantang.engine.vocabulary import Context
from tests.engine.sample import Walk, procedures
from tests.engine.walking import STAFF

RAW = re.compile(r"[a-z]+_[a-z_]+")


def reasons(procedure: Procedure, move: Move) -> list[engine.Refusal]:
    walk = Walk()
    context = Context(procedure, walk.case, move, move.by[0], STAFF[0], {}, engine.Facts(), walk.now)
    return [guard_refusal(context, guard) for guard in move.needs]


@pytest.mark.parametrize("name", sorted(procedures()))
def test_no_guard_of_a_shipped_procedure_is_told_by_a_name_of_its_file(name: str) -> None:
    procedure = procedures()[name]
    for move in procedure.moves.values():
        for guard, said in zip(move.needs, reasons(procedure, move), strict=True):
            assert not RAW.search(said.sentence.zh + said.sentence.en), said.sentence
            for arg in guard.args:
                assert arg not in said.sentence.zh, said.sentence


def said(name: str, move: str) -> list[tuple[str, str]]:
    procedure = procedures()[name]
    return [(one.sentence.zh, one.sentence.en) for one in reasons(procedure, procedure.moves[move])]


def test_a_gate_and_joint_work_are_told_by_the_move_that_opens_them() -> None:
    assert said("decision", "discuss")[0][0] == "“启动风险评估”还没有通过。"
    waits = said("request", "answer")[1]
    assert waits[0] == "“请单位协办”开的事项还没有都办完：先等办完，或者写明“不等协办的理由”。"
