"""What grows old is told, with what mends it: jobs that stand still, backups, the certificate."""

import os
import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gantang.host import beats, upkeep
from gantang.host.backup import book
from gantang.host.locks import FileLock
from gantang.host.options import Options
from gantang.host.placeholder import free_port


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("GANTANG_", "DATABASE_URL"))]:
        monkeypatch.delenv(name)


def chosen(tmp_path: Path, **given: object) -> Options:
    (tmp_path / "data").mkdir(exist_ok=True)
    return Options(data_dir=tmp_path / "data", port=free_port("127.0.0.1"), **given)  # type: ignore[arg-type]


def grown_old(folder: Path, job: str, seconds: float) -> None:
    beats.mark(folder, job)
    os.utime(folder / "beats" / job, (time.time() - seconds,) * 2)


def test_job_that_stands_still_is_told_while_the_site_runs(tmp_path: Path):
    options = chosen(tmp_path)
    for job, age in (("clock", 1000), ("counts", 10), ("daily", 90_000), ("checkpoints", 20_000)):
        grown_old(options.data_dir / "work", job, age)
    assert list(upkeep.jobs(options)) == []
    (options.data_dir / "up.lock").write_text(options.url)
    with socket.create_server((options.bind, options.port)):
        found = list(upkeep.jobs(options))
    assert [(one.good, one.text.split(": ")[1].split(",")[0]) for one in found] == [
        (False, "checkpoints"),
        (False, "clock"),
    ]
    assert all("gantang jobs list" in one.remedy for one in found)


def backup(options: Options, ended: datetime) -> None:
    name = ended.strftime("%Y%m%d%H%M%S")
    book.draft_of(options, name).mkdir(parents=True)
    book.finish(
        book.draft_of(options, name), book.Backup(name, "full", "", ended, ended, "0" * 24, 0, 0, "0")
    )


def test_backup_of_yesterday_is_good_and_an_older_one_or_none_is_not(tmp_path: Path):
    now = datetime(2026, 11, 28, 8, tzinfo=UTC)
    assert [one.good for one in upkeep.backups(chosen(tmp_path), now)] == [None]
    options = chosen(tmp_path, backup_dir=tmp_path / "kept")
    [none] = upkeep.backups(options, now)
    assert none.good is False and "gantang backup" in none.remedy
    assert not (tmp_path / "kept").exists()
    backup(options, now - timedelta(hours=30))
    assert [one.good for one in upkeep.backups(options, now)] == [False]
    backup(options, now - timedelta(hours=20))
    assert [one.good for one in upkeep.backups(options, now)] == [True]


def test_backup_that_was_broken_off_is_told_until_the_next_one_and_never_while_one_is_taken(tmp_path: Path):
    now = datetime(2026, 11, 28, 8, tzinfo=UTC)
    options = chosen(tmp_path, backup_dir=tmp_path / "kept")
    backup(options, now)
    book.draft_of(options, "half").mkdir(parents=True)
    told, fresh = upkeep.backups(options, now)
    assert told.good is False and "half" in told.text and "gantang backup" in told.remedy
    assert fresh.good is True and [one.id for one in book.listed(options)] != ["half"]
    lock = FileLock(book.folder(options) / book.LOCK)
    assert lock.take() and book.unfinished(options) == []
    lock.release()
    book.drop_drafts(book.folder(options))
    assert [one.good for one in upkeep.backups(options, now)] == [True]


def test_backup_whose_removal_was_broken_off_is_none_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    now = datetime(2026, 11, 28, 8, tzinfo=UTC)
    options = chosen(tmp_path, backup_dir=tmp_path / "kept")
    backup(options, now)
    [known] = book.listed(options)
    monkeypatch.setattr(book.shutil, "rmtree", lambda _place: None)  # killed here
    book.remove(options, known)
    assert book.listed(options) == [] and book.unfinished(options) == [known.id]


def test_restored_site_that_is_not_released_is_told(tmp_path: Path):
    options = chosen(tmp_path)
    options.restored_mark.write_text("")
    assert [one.good for one in upkeep.backups(options)] == [False, None]


def test_certificate_is_looked_at_only_where_the_address_has_one(tmp_path: Path):
    assert list(upkeep.certificate(chosen(tmp_path))) == []
    away = chosen(tmp_path, site_url=f"https://127.0.0.1:{free_port('127.0.0.1')}")
    assert [one.good for one in upkeep.certificate(away)] == [None]


def test_certificate_that_ends_soon_or_is_not_trusted_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A real server with a certificate of the test's own, which the machine trusts for a while, then not."""
    import ssl
    import threading

    from tests.host.certificate import own_certificate

    ends = datetime.now(UTC) + timedelta(days=30)
    place = own_certificate(tmp_path, ends)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place)
    with (
        socket.create_server(("127.0.0.1", 0)) as plain,
        context.wrap_socket(plain, server_side=True) as server,
    ):
        options = chosen(tmp_path, site_url=f"https://localhost:{server.getsockname()[1]}")
        threading.Thread(target=serve, args=(server,), daemon=True).start()
        assert [one.good for one in upkeep.certificate(options)] == [False]
        monkeypatch.setenv("SSL_CERT_FILE", str(place))
        assert [one.good for one in upkeep.certificate(options)] == [True]
        later = ends - timedelta(days=20)
        assert [one.good for one in upkeep.certificate(options, later)] == [False]


def serve(server: socket.socket) -> None:
    """Hands shaken, nothing said; whoever hangs up is let go."""
    while True:
        try:
            server.accept()[0].close()
        except OSError:
            if server.fileno() == -1:
                return
