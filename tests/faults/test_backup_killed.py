"""A backup that is killed under load is none: it is told, never restored from, and the next one removes it."""

from pathlib import Path

import pytest

from tests.faults.bench import Site, alive, until
from tests.faults.checker import compare
from tests.faults.clients import Told
from tests.faults.under_load import hurt

pytestmark = pytest.mark.slow

_TOLD = "没有做完"
_FILES = 4000


@pytest.mark.parametrize("moment", ["database", pytest.param("attachments", marks=pytest.mark.prove)])
def test_half_a_backup_is_told_as_broken_and_the_next_one_removes_it(
    casework: Site, told: Told, moment: str
) -> None:
    store = Path(casework.more["GANTANG_BACKUP_DIR"])
    _attach(casework)

    def break_off() -> None:
        taking = casework.begin("backup")
        until(lambda: _is_at(store, moment) or taking.poll() is not None, 120, f"the {moment} are copied")
        taking.kill()
        assert taking.wait() == -9
        until(lambda: not _copying(store), 20, "what it had started went with it")

    hurt(casework, told, f"backup killed among the {moment}", break_off)
    assert len(_drafts(store)) == 1
    assert _TOLD in casework.command("backup", "list").stdout
    verified = casework.command("backup", "verify")
    assert verified.returncode == 1 and _TOLD in verified.stdout
    assert _TOLD in casework.command("doctor").stdout
    done = casework.command("backup")
    assert done.returncode == 0, done.stdout + done.stderr
    assert _drafts(store) == [] and list(store.glob("files/*/*/.*")) == []
    assert _TOLD not in casework.command("backup", "list").stdout
    assert casework.command("backup", "verify").returncode == 0


def test_what_clients_were_told_comes_back_from_the_backup_that_followed(casework: Site, told: Told) -> None:
    _attach(casework)
    hurt(casework, told, "backup taken", lambda: _take(casework))
    assert casework.end() == 0
    done = casework.command("restore")
    assert done.returncode == 0, done.stdout + done.stderr
    casework.up().ready(120)
    compare(casework, told)


def _take(site: Site) -> None:
    done = site.command("backup")
    assert done.returncode == 0, done.stdout + done.stderr


def _attach(site: Site) -> None:
    """So many files that their copying can be met."""
    place = site.folder / "files" / "ab" / "cd"
    if not place.exists():
        place.mkdir(parents=True)
        for number in range(_FILES):
            (place / f"{number:064x}").write_bytes(b"\0" * 64)


def _is_at(store: Path, moment: str) -> bool:
    drafts = _drafts(store)
    if moment == "database":
        return any((one / "base").exists() for one in drafts)
    return any((one / "backup_manifest").exists() for one in drafts) and any(store.glob("files/??/??/*"))


def _drafts(store: Path) -> list[Path]:
    return list((store / "base").glob(".draft-*"))


def _copying(store: Path) -> bool:
    """Whether any program still writes to a draft."""
    words = str(store / "base" / ".draft-").encode()
    for number in alive():
        try:
            if words in Path(f"/proc/{number}/cmdline").read_bytes():
                return True
        except OSError:
            continue
    return False
