"""Answers as people read them: closed answers of a step, rows of the vault."""

from typing import Any

import pytest
from django.utils import translation

from gantang.engine import Field, Words
from gantang.engine.model import Option
from gantang.faces import answers

DUE = Field("due", "date", Words("期限", "Due"))
SUM = Field("sum", "amount", Words("金额", "Sum"))
TO = Field("to", "text", Words("给谁", "To whom"), vault=True)
PLAN = Field("plan", "rows", Words("分期", "Instalments"), columns=(DUE, SUM, TO))
TRACK = Field("track", "choice", Words("难易", "Track"), (Option("hard", Words("疑难", "Hard")),))
HEARD = Field("heard", "choices", Words("途径", "Ways"), (Option("visit", Words("走访", "Visit")),))


@pytest.mark.parametrize(
    ("field", "value", "zh", "en"),
    [
        (SUM, 120000, "金额：1,200.00元", "Sum: CNY 1,200.00"),
        (SUM, 5, "金额：0.05元", "Sum: CNY 0.05"),
        (DUE, "2026-12-01", "期限：2026-12-01", "Due: 2026-12-01"),
        (TRACK, "hard", "难易：疑难", "Track: Hard"),
        (HEARD, ["visit"], "途径：走访", "Ways: Visit"),
    ],
)
def test_a_closed_answer_stands_with_its_question(field: Field, value: Any, zh: str, en: str):
    with translation.override("zh-hans"):
        assert list(answers.lines(field, value)) == [zh]
    with translation.override("en"):
        assert list(answers.lines(field, value)) == [en]


def test_rows_are_a_line_each_as_given_and_as_the_vault_keeps_them():
    with translation.override("zh-hans"):
        said = ["期限：2026-12-01；金额：600.00元；给谁：示例施工队", "期限：2027-01-04；金额：0.00元"]
        given = [{"due": "2026-12-01", "sum": 60000, "to": "示例施工队"}, {"due": "2027-01-04", "sum": 0}]
        assert list(answers.lines(PLAN, given)) == said
        kept = '[{"due": "2026-12-01", "sum": 60000, "to": "示例施工队"}, {"due": "2027-01-04", "sum": 0}]'
        assert answers.rows(PLAN, kept).splitlines() == said


@pytest.mark.parametrize("kept", ["", "无", "[", '"x"'])
def test_what_is_no_row_is_shown_as_it_stands(kept: str):
    assert answers.rows(PLAN, kept) == kept
