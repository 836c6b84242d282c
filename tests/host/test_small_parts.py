"""Secrets, replay, the placeholder, sample sign-ins, the version."""

import re
import struct
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

import gantang
from gantang.host import cluster, memory, replay
from gantang.host.errors import HostError
from gantang.host.options import Options
from gantang.host.placeholder import Placeholder, answers, check_free, free_port
from gantang.host.secrets import kept_secret
from gantang.host.supervisor import Commands, Supervisor, refuse_open_sample


def test_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first = kept_secret(tmp_path / "keys", "one")
    assert kept_secret(tmp_path / "keys", "one") == first
    assert kept_secret(tmp_path / "keys", "two") != first
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "keys" / "one").stat().st_mode & 0o777 == 0o600


def test_secret_asked_for_by_many_at_once_is_the_same_for_all(tmp_path: Path) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(kept_secret(tmp_path, "one"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_share_of_a_replay_is_told_from_the_log(tmp_path: Path) -> None:
    (tmp_path / "pg_wal").mkdir()
    for number, written in (
        (1, 1),
        (2, 2),
        (3, 3),
        (4, 1),
    ):  # the fourth is recycled: an older log stands in it
        head = struct.pack("=8xQ", written * 16 * 2**20)
        (tmp_path / "pg_wal" / f"00000001{0:08X}{number:08X}").write_bytes(head + b"\0" * 100)
    log = b"redo starts at 0/1000000\nredo in progress, elapsed time: 1.00 s, current LSN: 0/2800000\n"
    assert replay.share_done(tmp_path, log) == pytest.approx(0.5)
    assert replay.share_done(tmp_path, b"redo starts at 0/1000000\n") == 0
    assert replay.share_done(tmp_path, b"nothing\n") is None


@pytest.mark.parametrize(("path", "kind"), [("/", "text/html"), ("/api/v1/x", "application/problem+json")])
def test_placeholder_answers_503_in_both_languages(path: str, kind: str) -> None:
    port = free_port("127.0.0.1")
    placeholder = Placeholder("127.0.0.1", port)
    placeholder.words = ("正在恢复 42%", "Recovering 42%")
    placeholder.open()
    try:
        with pytest.raises(urllib.error.HTTPError) as told:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5)
        text = told.value.read().decode()
        assert told.value.code == 503
        assert told.value.headers["Retry-After"] == "3"
        assert told.value.headers["Content-Type"].startswith(kind)
        assert "正在恢复 42%" in text
        assert "Recovering 42%" in text
        assert not answers("127.0.0.1", port)
        with pytest.raises(HostError, match="GANTANG_PORT"):
            check_free("127.0.0.1", port)
    finally:
        placeholder.close()
    check_free("127.0.0.1", port)


@pytest.mark.parametrize(("sent", "words"), [(None, "本页会自动刷新"), (b"words=x", "请返回上一页")])
def test_placeholder_takes_nobody_s_typing_away_by_reloading(sent: bytes | None, words: str) -> None:
    port = free_port("127.0.0.1")
    placeholder = Placeholder("127.0.0.1", port)
    placeholder.open()
    try:
        with pytest.raises(urllib.error.HTTPError) as told:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/report/", data=sent, timeout=5)
        page = told.value.read().decode()
    finally:
        placeholder.close()
    assert words in page and ('http-equiv="refresh"' in page) == (sent is None)


def test_site_with_sample_sign_ins_listens_on_this_machine_only(tmp_path: Path) -> None:
    refuse_open_sample(Options(data_dir=tmp_path, bind="0.0.0.0"))
    (tmp_path / "sample-sign-ins.json").write_text("[]")
    refuse_open_sample(Options(data_dir=tmp_path))
    with pytest.raises(HostError, match="sample sign-ins"):
        refuse_open_sample(Options(data_dir=tmp_path, bind="0.0.0.0"))


def test_sign_ins_that_the_preparation_makes_stop_an_open_site(tmp_path: Path) -> None:
    """The first start of a demo finds none yet: it is looked at again before the web server listens."""
    chosen = Options(
        data_dir=tmp_path, bind="0.0.0.0", port=free_port("127.0.0.1"), database_url="postgresql://u@h/d"
    )
    make = f"import pathlib; pathlib.Path({str(tmp_path / 'sample-sign-ins.json')!r}).write_text('[]')"
    listens = [sys.executable, "-c", f"import pathlib; pathlib.Path({str(tmp_path / 'web')!r}).touch()"]
    programs = Commands(prepare=[sys.executable, "-c", make], web=listens, worker=listens)
    with pytest.raises(HostError, match="sample sign-ins"):
        Supervisor(chosen, programs, say=lambda _: None, ready=lambda: None).run()
    assert not (tmp_path / "web").exists()


def test_acknowledged_rows_are_never_given_up_for_speed() -> None:
    assert "synchronous_commit" not in cluster._FIXED
    assert "fsync" not in cluster._FIXED


def test_statements_stay_out_of_the_servers_log() -> None:
    assert "log_min_error_statement = panic" in cluster._FIXED
    assert "log_error_verbosity = terse" in cluster._FIXED


def test_memory_is_told() -> None:
    assert 100 < memory.total_mb() < 100_000_000


def test_version_stands_in_the_changes() -> None:
    changes = Path(__file__).resolve().parents[2] / "CHANGELOG.md"
    found = re.search(r"^## (\d+\.\d+\.\d+)", changes.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    assert found[1] == gantang.__version__
