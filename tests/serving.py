"""The site in a process of its own, on a database of its own that no other test touches."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

import pytest

from tests import conftest as house


@contextmanager
def served(name: str, module: str, *words: str, seconds: float = 60) -> Iterator[str]:
    """Run `python -m MODULE PORT WORDS…` on a copy of the template database; the site's address."""
    owner = os.environ["GANTANG_TEST_OWNER_URL"]
    own = f"{urlsplit(os.environ['DATABASE_URL']).path.lstrip('/')}_{name}"
    template = house._template(owner)
    house._drop(owner, own)
    house._admin(owner, f'CREATE DATABASE "{own}" TEMPLATE "{template}"')
    port = _free_port()
    env = {**os.environ, "DATABASE_URL": house._named(owner, own)}
    server = subprocess.Popen([sys.executable, "-m", module, str(port), *words], cwd=house.ROOT, env=env)
    try:
        _wait_for(f"http://127.0.0.1:{port}/health", server, seconds)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
        house._drop(owner, own)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
