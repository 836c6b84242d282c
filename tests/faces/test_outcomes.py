"""Which outcomes a move offers: its own, not all that the end may have."""

from pathlib import Path

import pytest

from gantang.engine import Procedure
from gantang.faces.forms import questions
from gantang.field import forms
from tests.engine.planting import pack


@pytest.fixture
def procedure(tmp_path: Path) -> Procedure:
    (one,) = pack(tmp_path, ("outcome: checked,", "outcome: [checked, solved],")).procedures.values()
    return one


def test_a_move_asks_only_for_the_outcomes_that_it_may_give(procedure: Procedure) -> None:
    form = questions(procedure.fields_of("verify"), ["outcome"])()
    assert [code for code, _title in form.fields["outcome"].choices] == ["solved", "checked"]  # type: ignore[attr-defined]


def test_the_phone_is_given_the_same_outcomes(procedure: Procedure) -> None:
    (told,) = forms.asked(procedure.fields_of("verify"), ["outcome"], [])
    assert [code for code, _title in told["options"]] == ["solved", "checked"]


def test_a_move_with_one_outcome_leaves_the_fields_as_they_are(procedure: Procedure) -> None:
    assert procedure.fields_of("confirm") is procedure.fields
