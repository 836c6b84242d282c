"""What a list or a campaign prints of its items: opening, new, in hand, resolved, carried, as the rows say it."""

from typing import TYPE_CHECKING

import pytest

from gantang.engine import Document
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.matters.service.figures import figures
from gantang.procedures import queries as procedures
from tests.matters.ways.decisions import begun
from tests.matters.ways.driving import Driven

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
OLD, NEW = "carried_over", "newly_arisen"


def item(at: int, arisen: str) -> dict[str, str]:
    due = "2027-01-31"
    return {"words": f"示例项目{at}", "part": "fixed", "arisen": arisen, "goal": "示例", "due": due}


def listed(world: "World") -> tuple[Driven, list[Driven]]:
    """Five items of the stock, two that came up; two struck off, one carried, one dropped, three in hand."""
    course = begun(world, "listed")
    made = course.make("issue", items=[item(at, OLD if at < 5 else NEW) for at in range(7)])
    items = [course.child(made, at) for at in range(7)]
    for at in (0, 5):
        items[at].go("assign", "done", "strike_off")
    items[1].go("assign", "carry")
    items[2].go("drop")
    course.now = max(one.now for one in items)
    return course, items


def printed(course: Driven, kind: str) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    row = course.row
    document: Document = course.procedure.documents[kind]
    with reading(SYSTEM, ids=[row.id]):
        found = figures(row, document)
    assert found is not None
    return found.columns, {line[0]: line[1:] for line in found.rows}


def test_a_dispatch_report_has_opening_new_resolved_and_carried_as_the_rows_say(world: "World") -> None:
    course, items = listed(world)
    heads, lines = printed(course, "dispatch")
    assert heads[1:3] == ("列入", "在办")
    assert list(lines.values()) == [
        ("5", "2", "1", "1", "1"),
        ("2", "1", "1", "0", "0"),
        ("7", "3", "2", "1", "1"),
    ]
    ends = [one.row.outcome for one in items]
    assert lines["合计"][1:] == tuple(
        str(ends.count(one)) for one in ("", "struck_off", "carried", "dropped")
    )
    course.go("dispatch")


def test_what_is_struck_off_and_comes_back_is_in_hand_again(world: "World") -> None:
    course, items = listed(world)
    items[0].go("come_back")
    _heads, lines = printed(course, "dispatch")
    assert lines["合计"][:3] == ("7", "4", "1")


def test_a_list_without_items_prints_that_there_are_none(world: "World") -> None:
    course = begun(world, "listed")
    with reading(SYSTEM, ids=[course.id]):
        found = figures(course.row, course.procedure.documents["dispatch"])
    assert found is not None and found.rows == ()


def test_a_paper_that_counts_nothing_has_no_figures(world: "World") -> None:
    course = begun(world, "listed")
    assert figures(course.row, course.procedure.documents["checklist"]) is None
    assert procedures.by_hash(course.row.procedure_hash).documents["dispatch"].by == "arisen"
