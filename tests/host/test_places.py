"""Where the embedded database stands: short socket names, own folders only, and one place for one clone."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from gantang.host import places as rooms
from gantang.host.account import Account
from gantang.host.errors import HostError
from gantang.host.places import Places, own_folder, short_hash, socket_folder
from tests.faults.bench import runner
from tests.faults.conftest import open_to_all

ME = Account("me", os.geteuid(), os.getegid(), switched=False)


def _places(home: Path) -> Places:
    return Places(home, ME, home / "keys", home / "log")


@pytest.mark.parametrize("name", ["a b", "数据" * 20, "x" * 120])
def test_socket_path_is_short_and_ascii_whatever_the_data_path(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / name))
    folder = socket_folder(_places(tmp_path / name))
    try:
        path = str(folder / ".s.PGSQL.5432")
        assert path.isascii()
        assert len(path.encode()) < 100
        assert folder.stat().st_mode & 0o777 == 0o700
    finally:
        folder.rmdir()


def test_socket_folder_set_up_by_another_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "_runtime", lambda account: Path("/tmp"))
    taken = Path("/tmp") / f"gantang-{ME.uid}-{short_hash(tmp_path / 'data')}"
    taken.mkdir(mode=0o755)
    taken.chmod(0o755)
    try:
        folder = socket_folder(_places(tmp_path))
        assert folder != taken
        assert taken.stat().st_mode & 0o777 == 0o755
        folder.rmdir()
    finally:
        taken.rmdir()


def test_link_in_place_of_a_socket_folder_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "_runtime", lambda account: Path("/tmp"))
    taken = Path("/tmp") / f"gantang-{ME.uid}-{short_hash(tmp_path / 'data')}"
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    taken.symlink_to(tmp_path / "elsewhere")
    try:
        folder = socket_folder(_places(tmp_path))
        assert folder != taken
        folder.rmdir()
    finally:
        taken.unlink()


def test_own_folder_is_made_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o177)
    try:
        own_folder(tmp_path / "a" / "b", os.geteuid())
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


def test_folder_of_another_account_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HostError, match="GANTANG_DATA_DIR"):
        own_folder(tmp_path, os.geteuid() + 1)


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HostError, match="Not a directory"):
        own_folder(tmp_path / "file" / "below", os.geteuid())


class TestRoot:
    """Root's database stands in the state directory, and the data folder points at it."""

    @pytest.fixture(autouse=True)
    def state(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(rooms, "_STATE", tmp_path / "state")
        return tmp_path / "state"

    def test_second_start_finds_the_same_place(self, tmp_path: Path) -> None:
        home = rooms._root_home(_made(tmp_path / "data"))
        home.mkdir(parents=True)
        assert rooms._root_home(tmp_path / "data") == home

    def test_a_start_never_leaves_half_a_pointer(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where it stands already nothing is written; where it is written anew, whole or not at all."""
        home = rooms._root_home(_made(tmp_path / "data"))
        pointer = tmp_path / "data" / "postgres.json"
        before = pointer.stat().st_ino
        rooms._root_home(tmp_path / "data")
        assert pointer.stat().st_ino == before
        (tmp_path / "data").rename(tmp_path / "moved")
        monkeypatch.setattr(os, "fsync", lambda _file: (_ for _ in ()).throw(OSError(28, "full")))
        with pytest.raises(OSError, match="full"):
            rooms._root_home(tmp_path / "moved")
        assert json.loads((tmp_path / "moved" / "postgres.json").read_text())["home"] == str(home)

    def test_new_clone_at_an_old_path_gets_a_new_place(self, tmp_path: Path, state: Path) -> None:
        (state / short_hash(tmp_path / "data")).mkdir(parents=True)
        assert rooms._root_home(_made(tmp_path / "data")).name.endswith("-1")

    def test_moved_data_folder_keeps_its_place(self, tmp_path: Path) -> None:
        home = rooms._root_home(_made(tmp_path / "data"))
        (tmp_path / "data").rename(tmp_path / "moved")
        assert rooms._root_home(tmp_path / "moved") == home

    def test_copied_data_folder_is_refused(self, tmp_path: Path) -> None:
        rooms._root_home(_made(tmp_path / "data"))
        pointer = (tmp_path / "data" / "postgres.json").read_text(encoding="utf-8")
        (_made(tmp_path / "copy") / "postgres.json").write_text(pointer, encoding="utf-8")
        with pytest.raises(HostError, match="copy of"):
            rooms._root_home(tmp_path / "copy")
        assert json.loads(pointer)["of"] == str(tmp_path / "data")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_home_that_another_account_keeps_to_itself_is_not_called_abandoned(tmp_path: Path) -> None:
    who = runner("nobody")
    home, theirs = tmp_path / "state" / "home", tmp_path / "theirs"
    home.mkdir(parents=True)
    theirs.mkdir(mode=0o700)
    (home / "of").write_text(str(theirs), encoding="utf-8")
    open_to_all(home)
    ask = "from pathlib import Path; from gantang.host import places; places._STATE = Path({!r}); print(places.abandoned_homes())"
    done = subprocess.run(
        [who.python, "-c", ask.format(str(home.parent))],
        env=who.env(), user=who.uid, cwd="/", capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]", done.stderr
