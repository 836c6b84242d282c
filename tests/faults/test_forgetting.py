"""Whoever dies between an erasure and its line on the list beside the keys has still erased for good: the next start
puts the line on the list, and a backup from before it brings nobody back."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from gantang.host import backup
from tests.faults.bench import Site, runner, until
from tests.faults.conftest import clear, open_to_all
from tests.faults.test_backup import chosen

pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The whole site, by itself: what is planted here is nobody else's to count."""
    open_to_all(tmp_path)
    found = Site(tmp_path / "site", runner(None), program="tests.faults.casework")
    found.more = {"GANTANG_BACKUP_DIR": str(tmp_path / "backups")}
    try:
        yield found.up().ready(120)
    finally:
        clear(found)


def dying(site: Site, what: str) -> subprocess.CompletedProcess[str]:
    """`tests.faults.dying` beside the site."""
    return subprocess.run(
        [site.who.python, "-m", "tests.faults.dying", what], capture_output=True, text=True, cwd=site.who.root,
        env=site.who.env(GANTANG_DATA_DIR=str(site.folder), GANTANG_PORT=str(site.port), **site.more),
    )  # fmt: skip


def left(site: Site) -> int:
    done = dying(site, "left")
    assert done.returncode == 0, done.stderr[-2000:]
    return int(done.stdout.split()[-1])


def test_who_dies_before_the_line_leaves_it_to_the_next_start_and_an_older_backup_forgets_again(
    site: Site,
) -> None:
    planted = dying(site, "plant")
    assert planted.returncode == 0, planted.stderr[-2000:]
    assert site.command("backup").returncode == 0
    assert left(site) == 1
    site.end()
    killed = dying(site, "erase")
    assert killed.returncode == -9, killed.stderr[-2000:]
    erasures = site.folder / "keys" / "erasures.jsonl"
    assert not erasures.exists() or erasures.read_text() == ""
    site.up().ready(120)
    until(lambda: erasures.exists() and erasures.read_text(), 20, "the line is on the list")
    assert "补记删除清单" in site.log.read_text() and left(site) == 0
    site.end()
    done = site.command("restore", "--to", _ended(site))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "erased again: 0" not in done.stdout and "erased again" in done.stdout
    assert left(site) == 0


def _ended(site: Site) -> str:
    """A moment after the backup and before the erasure."""
    (one,) = backup.listed(chosen(site))
    return one.ended.isoformat()
