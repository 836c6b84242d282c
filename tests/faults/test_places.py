"""Any path, any account: the database starts, keeps to itself, and changes no folder that it did not make."""

import os
import signal
import stat
import subprocess
from pathlib import Path

import pytest

from gantang.host.places import short_hash
from tests.faults.bench import Site, runner, until
from tests.faults.conftest import MakeSite

#: An ordinary account that every system has, lent by root.
ORDINARY = None if os.geteuid() else "nobody"


@pytest.mark.parametrize(
    "name",
    [
        "with a blank",
        "综治中心 数据",
        pytest.param("长" * 40, marks=pytest.mark.prove),
        "x" * 120,
        'it\'s 100% "quoted" $HOME;',
    ],
)
def test_any_path_serves_and_keeps_its_rows(make_site: MakeSite, name: str) -> None:
    site = make_site(name).up().ready()
    site.get("/row", "POST")
    site.end()
    assert site.up().ready().get() == (200, "1")


@pytest.mark.parametrize("account", [None, "nobody"], ids=["this account", "an ordinary one"])
def test_server_never_runs_as_root_and_trusts_nobody(make_site: MakeSite, account: str | None) -> None:
    site = make_site("place with a blank", runner(account)).up().ready()
    postmaster = site.pid("postmaster")
    assert Path(f"/proc/{postmaster}").stat().st_uid != 0
    sockets = Path((site.data / "postmaster.pid").read_text().splitlines()[4])
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    rules = [
        line.split()
        for line in (site.data / "pg_hba.conf").read_text().splitlines()
        if line and line[0] != "#"
    ]
    assert {rule[-1] for rule in rules} == {"scram-sha-256"}
    with site.database() as link:
        assert link.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (
            False,
        )
        assert link.execute("SHOW listen_addresses").fetchone() == ("",)


def test_modes_of_the_folders_above_are_left_alone(make_site: MakeSite, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    before = {place: place.stat().st_mode for place in (closed, *closed.parents)}
    site = make_site("../closed/site").up().ready()
    assert site.get()[0] == 200
    assert {place: place.stat().st_mode for place in before} == before


def test_two_accounts_run_sites_side_by_side(make_site: MakeSite) -> None:
    sites = [make_site("same name", runner(account)).up() for account in (None, "nobody")]
    assert [site.ready().get()[0] for site in sites] == [200, 200]


def test_number_of_a_stale_pid_file_that_is_another_process_s_now_stops_nothing(make_site: MakeSite) -> None:
    site = make_site().up().ready()
    for role in ("postmaster", "supervisor"):
        os.kill(site.pid(role), signal.SIGKILL)
    until(lambda: not site.processes(), 20, "all processes are gone")
    bystander = subprocess.Popen(["sleep", "600"])
    try:
        pid_file = site.data / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(bystander.pid), *lines[1:]]) + "\n")
        site.up().ready()
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_folder_of_another_account_is_refused_and_left_as_it_is(make_site: MakeSite) -> None:
    theirs = make_site("theirs", runner("nobody"))
    theirs.up().ready()
    theirs.end()
    before = theirs.folder.stat()
    mine = Site(theirs.folder, runner(None))
    mine.up()
    assert mine.supervisor is not None
    assert mine.supervisor.wait(20) != 0
    assert "HostError" in mine.said()
    assert (theirs.folder.stat().st_mode, theirs.folder.stat().st_uid) == (before.st_mode, before.st_uid)


def test_different_paths_have_different_short_names() -> None:
    names = {short_hash(Path(name)) for name in ("/a", "/b", "/长" * 40, "/长" * 41)}
    assert len(names) == 4
