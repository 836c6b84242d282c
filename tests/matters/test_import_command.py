"""`gantang import matters` as it is run: real files, twice, killed in the middle, in bounded memory."""

import csv
import gzip
import os
import signal
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.matters.bringing import MAPPINGS, Place, own_place
from tests.matters.test_import_sheet import written
from tests.real import real
from tests.scale import scaled
from tests.world import World

MATTERS = "SELECT count(*) FROM matter"
KEYS = "SELECT count(*) FROM kit_idempotencykey WHERE client LIKE 'import:%'"
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND backend_type = 'client backend'"
)
OPEN = "SELECT count(*) FROM matter WHERE ended_at IS NULL"
STEPS = "SELECT count(*) FROM ledger_step WHERE kind = 'matter'"
#: What the command may hold at most, whatever the size of the file.
MOST_MB = 400
#: Rows of the file that is broken off.
HOT = scaled(1_500, 4_326)


@pytest.fixture
def place(django_db_setup: None, request: pytest.FixtureRequest) -> Iterator[Place]:
    with own_place(f"import_{os.getpid()}") as made:
        yield made


def is_sound(place: Place) -> bool:
    return place.run("ledger", "verify")[0] == 0


@pytest.mark.slow
def test_errors_are_printed_and_written_beside_and_a_second_run_adds_nothing(
    place: Place, world: World, tmp_path: Path
):
    table, mapping = written(tmp_path, world, "csv")
    beside = tmp_path / "errors.csv"
    words = ("import", "matters", str(table), "--mapping", str(mapping), "--errors", str(beside))
    code, told, _memory = place.run(*words)
    assert code == 1, told
    assert "新导入 added 3" in told and "出错 errors 4" in told
    rows = list(csv.reader(beside.read_text("utf-8-sig").splitlines()))
    assert sorted(int(row[0]) for row in rows[1:]) == [3, 4, 5, 6, 8]
    assert all(len(row) == 4 and row[2] and row[3] for row in rows[1:])
    assert place.count(MATTERS) == place.count(KEYS) == 3
    _code, told, _memory = place.run(*words)
    assert "新导入 added 0" in told and "以前已导入 there before 3" in told
    assert place.count(MATTERS) == 3
    assert place.count("SELECT count(*) FROM outbox_row") == 0
    assert is_sound(place)


@pytest.mark.slow
def test_a_faulty_mapping_ends_the_command_with_its_sentence(place: Place, world: World, tmp_path: Path):
    table, mapping = written(tmp_path, world, "csv")
    mapping.write_text(mapping.read_text("utf-8") + "opend: since\n", encoding="utf-8")
    code, told, _memory = place.run("import", "matters", str(table), "-m", str(mapping))
    assert code == 1
    assert "opend" in told and "(opened)" in told
    assert place.count(MATTERS) == 0


def words_for(name: str, file: str) -> tuple[str, ...]:
    return ("import", "matters", str(real(file)), "--mapping", str(MAPPINGS / f"{name}.yaml"))


@pytest.mark.slow
def test_the_labelled_messages_go_in_and_twice_adds_nothing(place: Place):
    words = words_for("labelled", "messages/labelled_raw.csv.gz")
    for _turn in range(2):
        code, told, _memory = place.run(*words)
        assert code == 0, told
        assert (place.count(MATTERS), place.count(OPEN), place.count(STEPS)) == (968, 968, 2 * 968)
    assert is_sound(place)


def head(file: Path, rows: int, folder: Path) -> Path:
    """A file of the first rows of a packed one."""
    cut = folder / "head.csv"
    with gzip.open(file, "rt", encoding="utf-8", newline="") as given:
        first = list(islice(csv.reader(given), rows + 1))
    with cut.open("w", encoding="utf-8", newline="") as taken:
        csv.writer(taken).writerows(first)
    return cut


def until_nobody_works(place: Place) -> None:
    """A process whose parent is gone ends what it was at."""
    while place.count(OTHERS):
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_import_killed_in_the_middle_goes_on_where_it_stopped(place: Place, tmp_path: Path, jobs: str):
    table = head(real("messages/hot_messages_4326.csv.gz"), HOT, tmp_path)
    words = ("import", "matters", str(table), "--mapping", str(MAPPINGS / "hot.yaml"), "--jobs", jobs)
    child = place.start(*words)
    while place.count(KEYS) == 0 and child.poll() is None:
        time.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    until_nobody_works(place)
    before = place.count(MATTERS)
    assert 0 < before <= HOT if jobs == "2" else 0 < before < HOT
    assert before == place.count(KEYS)
    assert is_sound(place)
    code, told, _memory = place.run(*words)
    assert code == 0, told
    assert (place.count(MATTERS), place.count(OPEN), place.count(STEPS)) == (HOT, 0, 3 * HOT)
    assert f"there before {before}" in told
    assert is_sound(place)


@pytest.mark.prove
def test_forty_thousand_requests_go_in_with_one_warning_for_each_point_outside(place: Place, tmp_path: Path):
    beside = tmp_path / "errors.csv"
    words = (*words_for("boston", "requests/boston311_2011H2.csv.gz"), "--errors", str(beside))
    code, told, memory = place.run(*words)
    print(told, f"{memory:.0f} MB")
    assert code == 0, told
    assert memory < MOST_MB
    assert (place.count(MATTERS), place.count(OPEN)) == (40516, 2363)
    with_points = place.count("SELECT count(*) FROM matter WHERE lon IS NOT NULL")
    assert with_points == 0
    with beside.open(encoding="utf-8-sig", newline="") as file:
        warned = [int(row[0]) for row in list(csv.reader(file))[1:]]
    assert len(warned) == len(set(warned)) == 40516
    assert is_sound(place)
    code, told, _memory = place.run(*words[:-2])
    assert (code, place.count(MATTERS)) == (0, 40516)
