"""Where the embedded database keeps its things, for any data folder and for root too."""

import hashlib
import json
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from gantang.host.account import Account, server_account
from gantang.host.errors import HostError
from gantang.host.options import Options

#: A Unix socket's path ends below 104 bytes on some systems; ``/.s.PGSQL.5432`` takes 14 of them.
_LONGEST_SOCKET_FOLDER = 80
_STATE = Path("/var/lib/gantang")
_POINTER = "postgres.json"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files of one embedded database, and the account its server runs as."""

    home: Path
    account: Account
    keys: Path
    log: Path

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.home / "data"

    @property
    def lock(self) -> Path:
        """Whoever holds it runs the server."""
        return self.home / "lock"

    @property
    def users(self) -> Path:
        """Shared lock of those who use a server that runs for one command only."""
        return self.home / "users"

    @property
    def ballast(self) -> Path:
        """The file given up when the disk is full."""
        return self.home / "ballast"


def places(chosen: Options) -> Places:
    """The places for these options, made where missing; somebody else's folder is refused, never changed."""
    account = server_account()
    own_folder(chosen.data_dir, os.geteuid())
    home = chosen.postgres_dir or (
        _root_home(chosen.data_dir) if account.switched else chosen.data_dir / "postgres"
    )
    own_folder(home, os.geteuid(), mode=0o755 if account.switched else 0o700)
    _keep(home / "of", str(chosen.data_dir))
    return Places(home, account, chosen.keys, chosen.logs / "postgres.log")


def own_folder(path: Path, uid: int, *, mode: int = 0o700) -> None:
    """Make the folder if it is missing; one that is there must belong to ``uid``."""
    try:
        for place in reversed([place for place in (path, *path.parents) if not place.exists()]):
            place.mkdir(exist_ok=True)
            place.chmod(mode if place == path else 0o755)  # whatever the umask is
    except OSError as error:
        raise HostError(
            f"不能建立文件夹 {path}：{error.strerror}。请换一个 GANTANG_DATA_DIR。",
            f"The folder {path} cannot be made: {error.strerror}. Choose another GANTANG_DATA_DIR.",
        ) from None
    owner = path.stat().st_uid
    if owner != uid or not path.is_dir():
        raise HostError(
            f"文件夹 {path} 属于另一个系统账号（编号 {owner}）：请用那个账号启动，"
            "或者换一个 GANTANG_DATA_DIR。",
            f"The folder {path} belongs to another account (uid {owner}): start as that one, "
            "or choose another GANTANG_DATA_DIR.",
        )


def _root_home(data_dir: Path) -> Path:
    """Root's database stands in the system's state directory: the server's account may not reach a clone.

    The data folder points at it, so that a new clone at an old path does not meet the old clone's database,
    and a copied data folder is not taken for the one it was copied from.
    """
    pointer = data_dir / _POINTER
    if pointer.exists():
        kept = json.loads(pointer.read_text(encoding="utf-8"))
        if kept["of"] != str(data_dir) and (Path(kept["of"]) / _POINTER).exists():
            raise HostError(
                f"{data_dir} 是 {kept['of']} 的副本，数据库却只有一个："
                f"请删除 {pointer}，或设置 GANTANG_POSTGRES_DIR。",
                f"{data_dir} is a copy of {kept['of']}, and there is one database: delete {pointer}, "
                "or set GANTANG_POSTGRES_DIR.",
            )
        home = Path(kept["home"])
    else:
        home = _free_name(_STATE / short_hash(data_dir))
    _keep(pointer, json.dumps({"home": str(home), "of": str(data_dir)}))
    return home


def _keep(path: Path, text: str) -> None:
    """Write a small file whole or not at all, and only where it says something else: a start that is killed
    while it writes, or beside which another one reads, must not lose the way to the database."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def existing_home(chosen: Options) -> Path:
    """Where the database stands or would stand, without making anything."""
    pointer = chosen.data_dir / _POINTER
    if chosen.postgres_dir is None and pointer.exists():
        return Path(json.loads(pointer.read_text(encoding="utf-8"))["home"])
    return chosen.postgres_dir or chosen.data_dir / "postgres"


def abandoned_homes() -> list[Path]:
    """Databases of root whose data folder does not point at them any more."""
    return [home for home in (_STATE.iterdir() if _STATE.is_dir() else ()) if not _is_pointed_at(home)]


def _is_pointed_at(home: Path) -> bool:
    try:
        pointer = Path((home / "of").read_text(encoding="utf-8")) / _POINTER
        return str(home) in pointer.read_text(encoding="utf-8")
    except PermissionError:
        return True  # another account's: not ours to call abandoned
    except OSError:
        return False


def _free_name(path: Path) -> Path:
    number = 0
    found = path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.name}-{number}")
    return found


def short_hash(path: Path) -> str:
    """Twelve hexadecimal digits that stand for a path of any length and script."""
    return hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:12]


def socket_folder(here: Places) -> Path:
    """A private folder with a short ASCII name for the server's socket; a foreign one is passed over."""
    name = f"gantang-{here.account.uid}-{short_hash(here.data)}"
    for number in range(10):
        folder = _runtime(here.account) / (f"{name}-{number}" if number else name)
        if _made_private(folder, here.account):
            return folder
    raise HostError(
        f"没有可用的套接字文件夹：{folder} 等都属于别人。",
        f"No folder for the socket: {folder} and its like belong to somebody else.",
    )


def _runtime(account: Account) -> Path:
    choices = [Path("/run")] if account.switched else [Path(os.environ.get("XDG_RUNTIME_DIR") or "/nowhere")]
    for folder in (*choices, Path(tempfile.gettempdir())):
        short = (
            str(folder).isascii()
            and " " not in str(folder)
            and len(str(folder)) + 40 < _LONGEST_SOCKET_FOLDER
        )
        if short and folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
            return folder
    return Path("/tmp")  # noqa: S108 - every system has it; the folder below it is private


def _made_private(folder: Path, account: Account) -> bool:
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        status = folder.lstat()
        private = stat.S_ISDIR(status.st_mode) and stat.S_IMODE(status.st_mode) == 0o700
        return private and status.st_uid == account.uid
    if account.switched:
        os.chown(folder, account.uid, account.gid)
    return True
