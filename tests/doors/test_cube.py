"""The cube of permissions, operation × persona × row: its page by hand is whole, and large enough to mean something."""

import ast
from pathlib import Path

import pytest
from django.urls import get_resolver

from tests.doors.cube import rights, rows, sight
from tests.doors.cube.rights import expected
from tests.doors.cube.sight import PERSONAS, SEES
from tests.doors.cube.walk import FEW, OPEN, OTHERS, ROWS, WALKED, WHOLE
from tests.doors.table import Row
from tests.doors.test_permissions import routes


def test_there_are_more_than_ten_thousand_cells():
    assert sorted([*WHOLE, *OTHERS]) == sorted(OPEN)
    walked = sum(len(rows) for rows in WALKED.values()) + len(ROWS)  # and a tip's at every operation
    assert walked * len(PERSONAS) >= 10_000
    assert {rights.NEEDS[str(row)] for row in FEW} == set(rights.NEEDS.values())


@pytest.mark.parametrize("row", ROWS, ids=[f"{row} {number}" for number, row in enumerate(ROWS)])
def test_each_operation_is_open_to_one_and_closed_to_another(row: Row):
    cells = [expected(row, who, place) for who in PERSONAS for place in OPEN]
    assert {cell.allowed for cell in cells} == {True, False}


def test_an_operation_on_a_matter_that_is_not_on_the_page_by_hand_is_red():
    assert {str(row) for row in ROWS} == set(rights.NEEDS)
    named = {route for route in routes(get_resolver().url_patterns) if "number>" in route}
    assert named == {row.route for row in ROWS if "number>" in row.route}


def test_the_page_by_hand_knows_nothing_of_the_rooms_that_decide():
    for page in (sight, rights):
        tree = ast.parse(Path(page.__file__).read_text(encoding="utf-8"))
        names = [one.module or "" for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)]
        names += [one.name for each in ast.walk(tree) if isinstance(each, ast.Import) for one in each.names]
        assert not [name for name in names if name.startswith("gantang")], page.__name__


def test_everybody_and_every_kind_of_row_is_on_the_page_by_hand():
    assert set(sight.GROUNDS) == set(PERSONAS)
    assert set().union(*SEES.values()) <= set(PERSONAS)
    assert set(rows.KINDS) == set(OPEN)
