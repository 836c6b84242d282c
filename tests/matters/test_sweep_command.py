"""`gantang calendar` and `gantang outage` as they are run: previewed, taken, twice, killed in the middle."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from gantang.kit import clock
from tests.matters.bringing import MAPPINGS, Place, own_place
from tests.real import real
from tests.world import World

EDITIONS = "SELECT count(*) FROM catalogue_edition"
PAUSED = "SELECT count(*) FROM ledger_step WHERE name = 'outage'"
OPEN = "SELECT count(*) FROM matter WHERE ended_at IS NULL"
LOOKED = "SELECT coalesce(max(looked), 0) FROM matter_sweep"
MOVED = "SELECT moved FROM matter_sweep"
LISTED = "SELECT count(*) FROM matter_moved"


@pytest.fixture
def place(django_db_setup: None, request: pytest.FixtureRequest) -> Iterator[Place]:
    with own_place(f"sweep_{os.getpid()}") as made:
        yield made


def table(folder: Path, *rows: str) -> str:
    path = folder / "days.csv"
    path.write_text("\n".join(["日期,类型,名称,英文名称,时间", *rows]), encoding="utf-8")
    return str(path)


@pytest.mark.slow
def test_a_table_of_days_is_previewed_taken_once_listed_and_shown(place: Place, tmp_path: Path):
    days = table(tmp_path, "2026-12-08,休息,县庆,County day,", "2026-12-09,半天,县庆,County day,09:00-12:00")
    words = ("calendar", "import", days, "--ground", "360428", "--source", "示例文件")
    code, told, _memory = place.run(*words, "--yes")
    assert code == 0, told
    assert "+ 2026-12-08 rest" in told and "第 1 版" in told and "open deadlines" in told
    code, told, _memory = place.run(*words, "--yes")
    assert code == 0 and "没有变化" in told and place.count(EDITIONS) == 1
    assert "360428 第1版" in place.run("calendar", "list")[1]
    shown = place.run("calendar", "show", "360428", "--year", "2026")[1]
    assert "2026-12-09 working 县庆 09:00-12:00" in shown and "春节" in shown


@pytest.mark.slow
def test_a_row_that_cannot_be_read_ends_the_command_and_nothing_is_taken(place: Place, tmp_path: Path):
    code, told, _memory = place.run(
        "calendar", "import", table(tmp_path, "某天,休息,县庆,,"), "--source", "示例文件", "--yes"
    )
    assert code == 1 and "2  " in told and place.count(EDITIONS) == 0


@pytest.mark.slow
def test_the_doctor_tells_which_slots_wait_for_an_administrator(place: Place):
    told = place.run("doctor")[1]
    assert "stability.class_13" in told and "seven_x.members" in told and "agenda.city" not in told


@pytest.mark.slow
def test_an_outage_killed_half_way_is_gone_through_to_its_end_and_stops_each_clock_once(
    place: Place, world: World
):
    words = (
        "import",
        "matters",
        str(real("messages/labelled_raw.csv.gz")),
        "--mapping",
        str(MAPPINGS / "labelled.yaml"),
    )
    assert place.run(*words)[0] == 0
    now = clock.now()
    since, until = (f"{now - timedelta(hours=hours):%Y-%m-%d %H:%M}" for hours in (50, -2))
    words = ("outage", "--since", since, "--until", until, "--reason", "power")
    child = place.start(*words)
    while place.count(LOOKED) == 0 and child.poll() is None:
        time.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    assert 0 < place.count(PAUSED) < place.count(OPEN)
    code, told, _memory = place.run(*words)
    assert code == 0, told
    assert place.count(PAUSED) == place.count(OPEN) == 968
    assert place.count(MOVED) == place.count(LISTED)
    assert place.run("ledger", "verify")[0] == 0
