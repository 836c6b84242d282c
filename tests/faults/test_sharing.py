"""Commands share one server: joined where it runs, kept for as long as anybody uses it."""

import time
from pathlib import Path

from tests.faults.bench import until
from tests.faults.conftest import MakeSite

_COMMAND = """
import sys, time, psycopg
from gantang.host import postgres
from gantang.host.options import options
with postgres.serving(options()) as url:
    print("serving", flush=True)
    time.sleep(float(sys.argv[1]))
    with psycopg.connect(url) as link:
        print("found", link.execute("SELECT 1").fetchone()[0], flush=True)
print("left", flush=True)
"""


def test_command_joins_the_server_that_runs(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site().up().ready()
    before = site.pids("postmaster")
    output = tmp_path / "out"
    command = site.who.start("-c", _COMMAND, "0", output=output, GANTANG_DATA_DIR=str(site.folder))
    assert command.wait(20) == 0, output.read_text()
    assert site.pids("postmaster") == before


def test_server_of_one_command_stays_until_the_other_has_finished(
    make_site: MakeSite, tmp_path: Path
) -> None:
    site = make_site()
    who, folder = site.who, site.folder
    first, second = tmp_path / "first", tmp_path / "second"
    holder = who.start("-c", _COMMAND, "0", output=first, GANTANG_DATA_DIR=str(folder))
    until(lambda: "serving" in first.read_text(), 30, "the first command has a server")
    joiner = who.start("-c", _COMMAND, "2", output=second, GANTANG_DATA_DIR=str(folder))
    assert joiner.wait(30) == 0, second.read_text()
    assert holder.wait(30) == 0
    assert "found 1" in second.read_text()


def test_site_waits_for_a_command_that_runs_the_server(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site()
    output = tmp_path / "out"
    command = site.who.start("-c", _COMMAND, "3", output=output, GANTANG_DATA_DIR=str(site.folder))
    until(lambda: output.exists() and "serving" in output.read_text(), 30, "the command has a server")
    started = time.monotonic()
    site.up()
    until(lambda: "等待另一个命令结束" in site.get()[1], 10, "the site says what it waits for")
    site.ready()
    assert time.monotonic() - started > 1
    assert command.wait(10) == 0
