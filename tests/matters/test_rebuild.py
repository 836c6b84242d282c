"""The ledger is the truth: rows and counts are what it says, and whatever is not is named, column by column."""

import json
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import connection
from typer.testing import CliRunner

from gantang.cli import program
from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.matters import service
from gantang.matters.models import Attachment, Matter, Party, Share
from gantang.matters.types import Rebuilt
from gantang.procedures import queries as procedures
from gantang.tallies import service as tallies
from gantang.tallies.models import Delta, Tally
from gantang.vault.models import Entry
from tests.engine.sample import procedures as shipped
from tests.matters import paths, ways
from tests.matters.acting import Course, image, row_of, told
from tests.matters.bringing import Place, own_place
from tests.matters.ways.telling import steps_taken
from tests.scale import scaled

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
#: What is walked at once; all others with each change that lands; of one procedure's variants one stands for all there.
SOME = ("request", "screening", "legal_aid")
VARIANT = "dispute+medical"
#: Matters that a repair is killed over.
MANY = scaled(1_500, 3_000)
MAPPING = """
source: rebuild
key: no
words: words
channel: {constant: letter}
ground: {column: ground}
"""


def rebuild(**given: Any) -> Rebuilt:
    return service.rebuild(now=clock.now(), **given)


def found(rebuilt: Rebuilt) -> list[tuple[str, str, str, str]]:
    return [(one.number, one.column, one.stored, one.rebuilt) for one in rebuilt.found.differences]


@pytest.fixture
def course(world: "World") -> Course:
    """A matter at a handler's, so that it has a row, people, a share, words and counts."""
    course = Course(told(world.grid))
    paths.handled(world, course)
    return course


def plant(course: Course, change: Callable[[], object]) -> None:
    """Write past the services, as somebody with SQL would."""
    with reading(SYSTEM, ids=[course.id]):
        change()


def marks(group: str) -> list[pytest.MarkDecorator]:
    if group in SOME:
        return []
    return [pytest.mark.prove if "+" in group and group != VARIANT else pytest.mark.slow]


@pytest.mark.slow
@pytest.mark.parametrize("group", [pytest.param(one, marks=marks(one)) for one in ways.COVERED])
def test_every_way_makes_its_moves_and_leaves_rows_and_counts_that_the_ledger_gives_again(
    group: str, world: "World"
):
    for _name, way in ways.ways_of(group):
        way(world)
    rebuilt = rebuild()
    assert (found(rebuilt), rebuilt.found.counts, rebuilt.sound) == ([], (), True)
    assert rebuilt.matters > 0 and rebuilt.steps > rebuilt.matters
    taken = set(steps_taken())
    for key in ways.COVERED[group]:
        digest, moves = shipped()[key].hash, set(shipped()[key].moves)
        assert moves - {move for of, step, move in taken if (of, step) == (digest, "moved")} == set(), key
    assert ways.GRANTS.get(group, set()) <= {step for _of, step, _move in taken}


def test_every_shipped_procedure_that_is_not_sealed_has_its_ways(world: "World"):
    in_force = [procedures.by_hash(one.hash) for one in procedures.all_in_force(clock.now())]
    open_ones = {one.key: one.hash for one in in_force if not one.sealed}
    assert sorted(key for keys in ways.COVERED.values() for key in keys) == sorted(open_ones)
    assert open_ones == {key: shipped()[key].hash for key in open_ones}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("state", "closed"),
        ("class_code", "facility.drain"),
        ("due_at", None),
        ("owner_unit", 1),
        ("scope", "36"),
        ("urgent", True),
        ("outcome", "resolved"),
        ("number", "000000000"),
        ("version", 99),
        ("lon", 1.5),
        ("gist_mac", b"\x01" + bytes(32)),
    ],
)
def test_a_planted_difference_in_a_column_is_found_alone_and_mended(course: Course, column: str, value: Any):
    before = row_of(course.id)
    plant(course, lambda: Matter.objects.filter(id=course.id).update(**{column: value}))
    rebuilt = rebuild()
    assert [one[1] for one in found(rebuilt)] == [column] and rebuilt.found.counts == ()
    mended = rebuild(repair=True)
    assert [one.column for one in mended.mended.differences] == [column]
    assert mended.sound and rebuild().sound
    after = row_of(course.id)
    assert (
        bytes(getattr(after, column)) == bytes(getattr(before, column))
        if column == "gist_mac"
        else (getattr(after, column) == getattr(before, column))
    )


def test_a_difference_inside_the_case_is_named_by_its_path(course: Course):
    case = row_of(course.id).case
    case["uses"]["accept"], case["holders"]["handler"]["post"] = 3, 1
    plant(course, lambda: Matter.objects.filter(id=course.id).update(case=case))
    assert [one[1:] for one in found(rebuild())] == [
        ("case.holders.handler.post", "1", str(row_of_holder(course))),
        ("case.uses.accept", "3", "1"),
    ]
    assert rebuild(repair=True).sound


def row_of_holder(course: Course) -> int | None:
    return row_of(course.id).owner_post


def test_what_is_no_code_is_told_without_its_text(course: Course):
    plant(course, lambda: Matter.objects.filter(id=course.id).update(channel="示例甲来电"))
    ((number, column, stored, _rebuilt),) = found(rebuild())
    assert (number, column, stored) == (course.receipt.number, "channel", "(text: 5)")


def test_a_planted_difference_in_a_matters_own_counts_is_not_taken_for_one_in_the_tallies(course: Course):
    entries = row_of(course.id).counted
    entries[0][3] += 4
    plant(course, lambda: Matter.objects.filter(id=course.id).update(counted=entries))
    rebuilt = rebuild()
    day, measure, unit, n = entries[0]
    assert [one[1:] for one in found(rebuilt)] == [(f"counted.{day}/{measure}/{unit}", str(n), str(n - 4))]
    assert rebuilt.found.counts == ()
    assert rebuild(repair=True).sound


@pytest.mark.parametrize("folded", [False, True])
def test_a_planted_difference_in_a_tally_is_found_with_both_numbers_and_mended(
    course: Course, world: "World", folded: bool
):
    if folded:
        tallies.fold(3604)
        one = Tally.objects.filter(ground=world.grid, measure="accepted").get()
    else:
        one = Delta.objects.filter(measure="accepted", grid_now=world.grid).get()
    type(one).objects.filter(pk=one.pk).update(n=7)
    rebuilt = rebuild()
    assert found(rebuilt) == []
    assert {(each.kept, each.rebuilt) for each in rebuilt.found.counts} == {(7, 1)}
    grounds = {each.key[0] for each in rebuilt.found.counts}
    assert grounds == ({world.grid} if folded else {world.grid[:n] for n in (2, 4, 6, 9, 12, 15)})
    assert {each.key[-2] for each in rebuilt.found.counts} == {"accepted"}
    mended = rebuild(repair=True)
    assert mended.sound and mended.mended.counts == rebuilt.found.counts
    assert rebuild().sound


def test_a_tally_of_a_city_without_matters_is_found(course: Course):
    key = {"day": course.now.date(), "klass": "", "procedure": "request", "unit": 0, "channel": "portal"}
    rest = {"urban": "", "cause": "", "measure": "in", "n": 3}
    Tally.objects.create(city=3610, ground="3610", basis="b", **key, **rest)
    assert [(one.city, one.kept, one.rebuilt) for one in rebuild().found.counts] == [(3610, 3, 0)]
    assert rebuild(city=3604).sound
    assert rebuild(repair=True).sound and not Tally.objects.filter(city=3610).exists()


def test_a_changed_gist_is_found_by_its_hash_and_left_to_people(course: Course, world: "World"):
    plant(course, lambda: Matter.objects.filter(id=course.id).update(gist="别的事"))
    ((_number, column, stored, told_),) = found(rebuild(repair=True))
    assert column == "gist" and stored != told_ == bytes(row_of(course.id).gist_mac).hex()
    assert row_of(course.id).gist == "别的事"
    service.mend_gist(
        actor=world.cast.receiver, matter=course.id, gist="路灯不亮", key="mend", now=course.now
    )
    assert rebuild().sound


def test_a_share_that_was_taken_or_given_by_hand_is_found_and_mended(course: Course):
    unit = row_of(course.id).owner_unit
    shares = Share.objects.filter(city=3604, matter_id=course.id)
    shares.update(until=course.now)
    Share.objects.create(city=3604, unit=77, matter_id=course.id, role="cooperator", since=course.now)
    assert sorted(one[1:] for one in found(rebuild())) == sorted(
        [
            ("share.77.cooperator", "open", "-"),
            (f"share.{unit}.handler", "-", "open"),
        ]
    )
    assert rebuild(repair=True).sound
    assert list(shares.filter(until=None).values_list("unit", "role")) == [(unit, "handler")]


def test_an_edited_vault_row_is_found_and_a_tombstone_is_not(course: Course):
    entries = Entry.objects.filter(matter_id=course.id)
    with reading(SYSTEM, ids=[course.id]):
        entry = entries.get(kind="words")
    plant(course, lambda: entries.update(sealed=bytes(entry.sealed)[:-1] + b"\x00"))
    ((_number, column, _stored, _told),) = found(rebuild())
    assert column == f"vault.{entry.id}"
    plant(course, lambda: entries.update(sealed=None, erased_at=course.now))
    assert rebuild().sound
    plant(course, lambda: entries.delete())
    assert [one[1:3] for one in found(rebuild())] == [(column, "-")]


def test_a_changed_person_and_a_lost_file_are_found_and_not_made_up(course: Course, world: "World"):
    data = image()
    id_ = service.attach(
        actor=world.cast.receiver, matter=course.id, data=data, public=False, key="file", now=course.now
    )
    plant(course, lambda: Party.objects.filter(matter_id=course.id).update(role="party"))
    plant(course, lambda: Attachment.objects.filter(matter_id=course.id).delete())
    rebuilt = rebuild(repair=True)
    assert [one[1] for one in found(rebuilt)] == ["person.0.role", f"file.{id_}"]
    assert rebuilt.mended.differences == ()


def test_a_row_that_is_gone_comes_back_without_its_gist(course: Course):
    before = row_of(course.id)
    plant(course, lambda: Matter.objects.filter(id=course.id).delete())
    assert found(rebuild())[0][:3] == (course.receipt.number, "row", "-")
    rebuilt = rebuild(repair=True)
    assert {one.column for one in rebuilt.mended.differences} == {"row"}
    assert {one[1] for one in found(rebuilt)} == {"gist", "person.0"}
    after = row_of(course.id)
    assert (after.case, after.counted, after.version) == (before.case, before.counted, before.version)


def test_a_row_that_no_step_tells_of_is_found_and_not_removed(course: Course):
    from gantang.kit import keys

    made = keys.mint(3604, course.now)

    def copy() -> None:
        row = Matter.objects.get(id=course.id)
        row.id, row.number = made, "111111111"
        row.save(force_insert=True)

    with reading(SYSTEM, ids=[course.id, made]):
        copy()
    assert found(rebuild(repair=True)) == [("111111111", "ledger", "row", "-")]
    assert row_of(made).number == "111111111"


def test_batches_follow_each_other_to_the_last_matter(world: "World", monkeypatch: pytest.MonkeyPatch):
    from gantang.matters.queries import standing

    monkeypatch.setattr(standing, "BATCH", 2)
    courses = [Course(told(world.grid)) for _ in range(5)]
    told("", place="桥头")
    seen: list[tuple[int, int]] = []
    assert rebuild(progress=lambda done, total: seen.append((done, total))).matters == 6
    assert seen[-1] == (6, 6)
    for course in courses:
        plant(course, lambda id_=course.id: Matter.objects.filter(id=id_).update(state="closed"))
    assert len(found(rebuild())) == 5
    assert rebuild(repair=True).sound


def test_more_differences_than_are_listed_are_counted(world: "World", monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(import_module("gantang.matters.service.rebuild"), "MOST", 2)
    courses = [Course(told(world.grid)) for _ in range(4)]
    for course in courses:
        plant(course, lambda id_=course.id: Matter.objects.filter(id=id_).update(urgent=True))
    rebuilt = rebuild()
    assert (len(rebuilt.found.differences), rebuilt.found.more, rebuilt.sound) == (2, 2, False)


@pytest.mark.slow
def test_a_repair_that_was_killed_is_begun_again_and_memory_does_not_grow_with_the_matters(world: "World"):
    with own_place("rebuild") as place:
        assert place.run("rebuild")[0] == 0
        least = place.run("rebuild")[2]
        _fill(place, world.grid, MANY)
        with psycopg.connect(place.env["DATABASE_URL"]) as link:
            link.execute("UPDATE matter SET state = 'closed'")
        child = place.start("rebuild", "--repair")
        while place.count("SELECT count(*) FROM matter WHERE state <> 'closed'") == 0:
            assert child.poll() is None
            time.sleep(0.2)
        child.kill()
        child.wait()
        left = place.count("SELECT count(*) FROM matter WHERE state = 'closed'")
        assert 0 < left < MANY, "some batches are mended and committed"
        code, text, most = place.run("rebuild", "--repair")
        assert code == 0 and "mended" in text and f"{MANY} 件事项" in text, text
        assert place.count("SELECT count(*) FROM matter WHERE state = 'closed'") == 0
        assert most < least + 60, (least, most)


def _fill(place: Place, ground: str, many: int) -> None:
    """Matters from a sheet, by the command."""
    with TemporaryDirectory() as folder:
        sheet, mapping = Path(folder, "sheet.csv"), Path(folder, "map.yaml")
        rows = [f"{n},第{n}盏路灯不亮。,{ground}" for n in range(many)]
        sheet.write_text("\n".join(["no,words,ground", *rows]), encoding="utf-8")
        mapping.write_text(MAPPING, encoding="utf-8")
        code, text, _memory = place.run("import", "matters", str(sheet), "--mapping", str(mapping))
        assert code == 0, text


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(program(), ["rebuild", *words])
    return result.exit_code, result.output


def test_the_command_says_what_differs_and_ends_with_one_until_it_is_mended(course: Course):
    assert run()[0] == 0 and "as the ledger says" in run()[1]
    plant(course, lambda: Matter.objects.filter(id=course.id).update(state="closed"))
    code, text = run("--city", "3604")
    assert code == 1 and "state: closed → handling" in text
    code, text = run("--json")
    report = json.loads(text)
    assert code == 1 and not report["sound"] and report["found"]["differences"][0]["column"] == "state"
    code, text = run("--repair")
    assert code == 0 and "mended" in text
    assert run()[0] == 0


def test_the_wall_stands_during_a_rebuild(course: Course):
    """It runs as the app's role, which row-level security holds, and leaves nothing open behind it."""
    rebuild(repair=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
    assert Matter.objects.count() == 0
