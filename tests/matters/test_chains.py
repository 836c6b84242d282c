"""The chains of real matters: whoever edits, deletes, reorders or cuts them by SQL is found out, and nothing is
rebuilt upon a broken one."""

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from gantang.cli import program
from gantang.kit import clock
from gantang.ledger import queries as ledger
from gantang.matters import service
from tests.kit.tables import as_owner
from tests.matters import paths
from tests.matters.acting import Course, row_of, told
from tests.matters.ways import requests

if TYPE_CHECKING:
    from tests.world import World

WHERE = "WHERE city = 3604 AND stream = %(s)s"


@pytest.fixture
def course(open_world: "World") -> Course:
    """A matter at its verified close, among others."""
    course = Course(told(open_world.grid))
    paths.answered(open_world, course)
    course.by_reporter("confirm", rating=5)
    requests.transferred(open_world)
    assert ledger.verify().sound
    return course


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(program(), [*words])
    return result.exit_code, result.output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("statements", "fault"),
    [
        ([f"UPDATE ledger_step SET data = data || '{{\"move\": \"withdraw\"}}' {WHERE} AND seq = 4"], (4, "edit")),
        ([f"DELETE FROM ledger_step {WHERE} AND seq = 3"], (3, "deletion")),
        ([f"UPDATE ledger_step SET seq = 7 - seq {WHERE} AND seq IN (3, 4)"], (3, "reorder")),
        ([f"DELETE FROM ledger_step {WHERE} AND seq > 4"], (5, "truncation")),
        (
            [
                f"DELETE FROM ledger_step {WHERE} AND seq > 4",
                f"UPDATE ledger_streamhead SET count = 4, hash = (SELECT hash FROM ledger_step {WHERE} AND seq = 4) {WHERE}",
            ],
            (4, "head"),
        ),
    ],
    ids=["edit", "deletion", "reorder", "truncation", "wound back"],
)  # fmt: skip
def test_tampering_with_a_matters_steps_is_found_and_named_and_not_rebuilt_upon(
    course: Course, statements: list[str], fault: tuple[int, str]
):
    before = row_of(course.id)
    with as_owner() as link:
        for statement in statements:
            link.execute(statement, {"s": course.id})
    code, text = run("ledger", "verify", "--json")
    (found,) = json.loads(text)["faults"]
    assert code == 1 and (found["stream"], found["kind"]) == (str(course.id), "matter")
    assert (found["seq"], found["fault"]) == fault
    code, text = run("ledger", "verify")
    assert code == 1 and f"{fault[1]:<10} 3604 matter {course.id} seq {fault[0]}" in text
    assert run("ledger", "verify", "--city", "3610")[0] == 0
    rebuilt = service.rebuild(now=clock.now(), repair=True)
    assert [(one.matter, one.column, one.stored) for one in rebuilt.found.differences] == [
        (course.id, "ledger", f"{fault[1]}:{fault[0]}")
    ]
    assert rebuilt.mended.none and rebuilt.found.counts == ()
    after = row_of(course.id)
    assert (after.case, after.version, after.outcome) == (before.case, before.version, "resolved")


def test_a_moved_matter_begins_with_the_head_of_the_old_chain(course: Course, open_world: "World"):
    from gantang.kit.work import reading
    from gantang.matters.models import Link, Matter
    from gantang.matters.service.wake import CLOCK

    with reading(CLOCK):
        old = Matter.objects.get(outcome="moved")
    with reading(CLOCK, ids=[old.id]):
        new = Link.objects.get(matter_id=old.id, kind="moved")
        story = ledger.stories(old.city, [old.id])[old.id]
    with reading(CLOCK, ids=[new.other_id]):
        first = ledger.steps(new.other_city, new.other_id)[0]
    assert first.data["origin"] == {
        "city": old.city,
        "matter": str(old.id),
        "steps": len(story.steps),
        "head": story.head,
    }


def test_the_command_tells_what_a_sound_ledger_holds_and_how_far_it_reaches(course: Course):
    code, text = run("ledger", "verify")
    report = ledger.verify()
    assert code == 0 and f"{report.streams} 条流 streams, {report.steps} 步 steps, " in text
    assert "完好 sound" in text
    assert "checkpoints" in text


def test_a_rebuild_of_committed_rows_reads_one_moment_and_repairs_beside_the_fold(course: Course):
    from gantang.tallies import service as tallies
    from gantang.tallies.models import Tally

    tallies.fold(3604)
    assert service.rebuild(now=clock.now()).sound
    Tally.objects.filter(city=3604, measure="in").update(n=40)
    with as_owner() as link:
        link.execute("UPDATE matter SET state = 'routed' WHERE id = %s", [course.id])
    rebuilt = service.rebuild(now=clock.now(), repair=True)
    assert rebuilt.sound and rebuilt.mended.counts
    assert [one.column for one in rebuilt.mended.differences] == ["state"]
    assert service.rebuild(now=clock.now()).sound
