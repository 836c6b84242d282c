"""The site in a process of its own, on a database of its own that no other test touches."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.error import HTTPError, URLError

import psycopg
import pytest

from gantang.host.placeholder import free_port
from tests import conftest as house
from tests.copies import copied


@dataclass(frozen=True)
class Served:
    """Where the site answers, and what its programs run with."""

    url: str
    env: dict[str, str] = field(repr=False)

    def run(self, *words: str) -> str:
        """Run a module beside the site, on its database; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=house.ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """What a statement finds in the site's database, read as its owner."""
        with psycopg.connect(self.env["DATABASE_URL"]) as link:
            return link.execute(statement, values).fetchall()


@contextmanager
def served(name: str, module: str, *words: str, seconds: float = 150) -> Iterator[Served]:
    """Run `python -m MODULE PORT WORDS…` on a copy of the template database."""
    port = free_port("127.0.0.1")
    with copied(name) as env:
        server = subprocess.Popen([sys.executable, "-m", module, str(port), *words], cwd=house.ROOT, env=env)
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", server, seconds)
            yield Served(f"http://127.0.0.1:{port}", env)
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(address: str, server: subprocess.Popen[bytes], seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if server.poll() is not None:
            pytest.fail(f"the site stopped with {server.returncode} before it answered")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (HTTPError, URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"{address} did not answer within {seconds} s")
