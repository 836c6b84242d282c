"""A supervised site under test: its processes by role, what it answers, what it keeps."""

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest

from gantang.host import cluster, residents
from gantang.host.placeholder import free_port

ROOT = Path(__file__).resolve().parents[2]
#: A version may have packages of its own beside its code; they come before those of this process.
BESIDE = "packages"
T = TypeVar("T")


@dataclass(frozen=True)
class Runner:
    """Who runs a program: this process's account, or another one that root lends."""

    name: str
    python: str
    uid: int | None = None
    root: Path = ROOT  # whose code it runs

    def env(self, **more: str) -> dict[str, str]:
        """A clean environment: none of the test run's own options, but for the PostgreSQL it is run on."""
        kept = {
            key: value
            for key, value in os.environ.items()
            if key == "GANTANG_POSTGRES_BIN" or not key.startswith(("GANTANG_", "DATABASE_", "PG"))
        }
        kept.pop("XDG_RUNTIME_DIR", None)
        packages = os.pathsep.join(
            [
                str(self.root / "src"),
                str(self.root),
                str(self.root / BESIDE),
                *(place for place in sys.path if "site-packages" in place),
            ]
        )
        return {
            **kept,
            "PYTHONPATH": packages,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
            **more,
        }

    def start(self, *words: str, output: Path, **more: str) -> subprocess.Popen[bytes]:
        """Run Python with these words, its output in a file."""
        return subprocess.Popen(
            [self.python, *words], env=self.env(**more), cwd=self.root, stdin=subprocess.DEVNULL,
            stdout=output.open("ab"), stderr=subprocess.STDOUT, start_new_session=True,
            user=self.uid, group=self.uid and pwd.getpwuid(self.uid).pw_gid, extra_groups=None if self.uid is None else [],
        )  # fmt: skip


def runner(account: str | None) -> Runner:
    """The runner for an account; skips where this process may not use it, or it reaches no Python."""
    if account is None:
        return Runner("own", sys.executable)
    if os.geteuid() != 0:
        pytest.skip("only root may run as another account")
    uid = pwd.getpwnam(account).pw_uid
    version = f"python3.{sys.version_info.minor}"
    for python in (sys.executable, shutil.which(version, path="/usr/local/bin:/usr/bin:/bin")):
        found = Runner(account, python or "/nowhere", uid)
        if python and _reaches(found):
            return found
    pytest.skip(f"{account} reaches no {version} with our packages")


def _reaches(who: Runner) -> bool:
    try:
        done = subprocess.run(
            [who.python, "-c", "import gantang.host.postgres, granian, tests.faults.stub"],
            env=who.env(), user=who.uid, group=who.uid, extra_groups=[], cwd="/", capture_output=True,
        )  # fmt: skip
    except PermissionError:
        return False
    return done.returncode == 0


#: Limits are for a quiet machine; a busy one gets longer. They end what is broken, and judge nothing.
_PATIENCE = 5


def until(look: Callable[[], T], seconds: float, what: str) -> T:
    """Look again and again until something true is seen."""
    end = time.monotonic() + seconds * _PATIENCE
    while time.monotonic() < end:
        seen = look()
        if seen:
            return seen
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds * _PATIENCE:g} s: {what}")


@dataclass
class Site:
    """One data folder's supervised site."""

    folder: Path
    who: Runner
    port: int = field(default_factory=lambda: free_port("127.0.0.1"))
    supervisor: subprocess.Popen[bytes] | None = None
    home: Path | None = None  # where the database stands, if not where it does by itself
    program: str = "tests.faults.stand"
    url: str | None = None  # a server of somebody else's
    more: dict[str, str] = field(default_factory=dict)  # further options
    _were_ready: int = 0

    @property
    def log(self) -> Path:
        """What the supervisor said."""
        return self.folder.with_name(self.folder.name + ".out")

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder, wherever it stands."""
        if self.home is not None:
            return self.home / "data"
        pointer = self.folder / "postgres.json"
        if pointer.exists():
            return Path(json.loads(pointer.read_text())["home"]) / "data"
        return self.folder / "postgres" / "data"

    def up(self) -> "Site":
        """Start the supervisor."""
        self._were_ready = self._times_ready() if self.log.exists() else 0
        self.supervisor = self.beside()
        return self

    def beside(self) -> subprocess.Popen[bytes]:
        """Start a supervisor, whatever others there are."""
        more = {"GANTANG_POSTGRES_DIR": str(self.home)} if self.home else {}
        more |= {"DATABASE_URL": self.url} if self.url else {}
        more |= self.more
        return self.who.start(
            "-m",
            self.program,
            output=self.log,
            GANTANG_DATA_DIR=str(self.folder),
            GANTANG_PORT=str(self.port),
            **more,
        )

    def ready(self, seconds: float = 60) -> "Site":
        """Wait until the site answers with success."""
        until(lambda: self._ended() or self._times_ready() > self._were_ready, seconds, "the site answers")
        assert not self._ended(), f"the site ended before it answered\n{self.said()}"
        return self

    def _ended(self) -> bool:
        return self.supervisor is not None and self.supervisor.poll() is not None

    def _times_ready(self) -> int:
        return self.log.read_text(errors="replace").split("\n").count("ready")

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `gantang …` beside the running site."""
        return subprocess.run(
            [self.who.python, "-P", "-m", "gantang", *words], capture_output=True, text=True, cwd=self.who.root,
            env=self.who.env(GANTANG_DATA_DIR=str(self.folder), GANTANG_PORT=str(self.port), **self.more),
        )  # fmt: skip

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        """Start `gantang …` beside the running site, and go on."""
        return self.who.start(
            "-P", "-m", "gantang", *words, output=self.log,
            GANTANG_DATA_DIR=str(self.folder), GANTANG_PORT=str(self.port), **self.more,
        )  # fmt: skip

    def get(self, path: str = "/", method: str = "GET") -> tuple[int, str]:
        """Status and text; 0 when nothing answers."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def pids(self, role: str) -> set[int]:
        """The processes that play a role."""
        return _ROLES[role](self)

    def pid(self, role: str) -> int:
        """One process that plays a role."""
        return min(self.pids(role))

    def said(self) -> str:
        """The end of what the supervisor said."""
        return self.log.read_text(errors="replace")[-2000:]

    @contextmanager
    def database(self, user: str = cluster.OWNER) -> Iterator[psycopg.Connection]:
        """A connection as the owner, or as the superuser."""
        names = {cluster.OWNER: "postgres_owner", cluster.SUPERUSER: "postgres_superuser"}
        sockets = (self.data / "postmaster.pid").read_text().splitlines()[4]
        secret = (self.folder / "keys" / names[user]).read_text()
        with psycopg.connect(
            host=sockets, user=user, password=secret, dbname=cluster.DATABASE, autocommit=True
        ) as link:
            yield link

    def processes(self) -> set[int]:
        """Everything that belongs to the site."""
        assert self.supervisor is not None
        return {self.supervisor.pid} & alive() | below(self.supervisor.pid) | residents.residents(self.data)

    def end(self, sig: signal.Signals = signal.SIGTERM, seconds: float = 40) -> int:
        """Stop it; its exit code."""
        assert self.supervisor is not None
        if self.supervisor.poll() is None:
            self.supervisor.send_signal(sig)
        return self.supervisor.wait(seconds)


def alive() -> set[int]:
    return {
        int(place.name)
        for place in Path("/proc").iterdir()
        if place.name.isdigit() and _state(place) not in "ZX"
    }


def _state(process: Path) -> str:
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def below(pid: int) -> set[int]:
    """The living descendants of a process."""
    parents: dict[int, int] = {}
    for number in alive():
        try:
            parents[number] = int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found, fresh = set(), {pid}
    while fresh:
        fresh = {child for child, parent in parents.items() if parent in fresh}
        found |= fresh
    return found


def _with(site: Site, words: str, parent: int | None = None) -> set[int]:
    assert site.supervisor is not None
    found = set()
    for number in below(site.supervisor.pid):
        try:
            line = Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            above = int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if words in line and (parent is None or above == parent):
            found.add(number)
    return found


def _workers(site: Site) -> set[int]:
    return {
        number
        for web in _with(site, "granian", site.supervisor and site.supervisor.pid)
        for number in _with(site, "granian", web)
    }


#: Role to the processes that play it.
_ROLES: dict[str, Callable[[Site], set[int]]] = {
    "supervisor": lambda site: {site.supervisor.pid} if site.supervisor else set(),
    "postmaster": lambda site: _with(site, "/postgres "),
    "startup": lambda site: _with(site, "postgres: startup"),
    "checkpointer": lambda site: _with(site, "postgres: checkpointer"),
    "web": lambda site: _with(site, "granian", site.supervisor and site.supervisor.pid),
    "web worker": _workers,
    "worker": lambda site: {
        number
        for words in ("signal.pause", "gantang work")
        for number in _with(site, words, site.supervisor and site.supervisor.pid)
    },
}


class Load:
    """Clients that post and remember what was acknowledged."""

    def __init__(self, site: Site, clients: int = 2) -> None:
        self.site, self.acknowledged, self.failed = site, set[str](), 0
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._post, args=(number,)) for number in range(clients)]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _post(self, client: int) -> None:
        number = 0
        while not self._stop.is_set():
            number += 1
            if self.site.get(f"/{client}-{number}", "POST")[0] == 200:
                self.acknowledged.add(f"/{client}-{number}")
            else:
                self.failed += 1
                time.sleep(0.05)
