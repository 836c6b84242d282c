"""The live process beside the test, on the test's own database; what the test commits it hears of."""

import os
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.matters.conftest import committed, open_world, trial_tables

if TYPE_CHECKING:
    from tests.world import World

__all__ = ["committed", "open_world", "trial_tables"]


class Lines:
    """Opens lines to the live process, as a browser would."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._open: list[HTTPConnection] = []

    def to(self, number: str, session: str = "", origin: str = "") -> HTTPResponse:
        """A line to a matter; its answer is there, its events come by ``heard``."""
        link = HTTPConnection("127.0.0.1", self.port, timeout=15)
        self._open.append(link)
        given = {"Cookie": f"sessionid={session}", **({"Origin": origin} if origin else {})}
        link.request("GET", f"/live/matters/{number}", headers=given)
        return link.getresponse()

    def close(self) -> None:
        for link in self._open:
            link.close()


def heard(line: HTTPResponse) -> str:
    """The name of the next event. Errors: TimeoutError where none comes."""
    while text := line.readline():
        if text.startswith(b"event:"):
            return text.decode().partition(":")[2].strip()
    return ""


@pytest.fixture
def lines(open_world: "World") -> Iterator[Lines]:
    from gantang.host.options import options
    from gantang.host.placeholder import free_port
    from gantang.host.supervisor import live_command

    port = free_port("127.0.0.1")
    env = {**os.environ, "GANTANG_LIVE_PORT": str(port)}
    process = subprocess.Popen(live_command(options(), port), cwd=ROOT, env=env)
    found = Lines(port)
    try:
        _wait(found, process)
        yield found
    finally:
        found.close()
        process.terminate()
        process.wait(20)


def _wait(lines: Lines, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end and process.poll() is None:
        try:
            assert lines.to("JW0000000").status == 404
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the live process did not answer")


@pytest.fixture
def signed(open_world: "World") -> Iterator["Signed"]:
    made = Signed(open_world)
    yield made
    made.forget()


class Signed:
    """Sessions of the cast, kept in the database for the length of a test."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._keys: list[str] = []

    def session(self, name: str) -> str:
        from django.contrib.auth import get_user_model
        from django.test import Client

        from gantang.faces.acting import POST_KEY

        client = Client()
        account = get_user_model().objects.get(pk=self._world.account_of(name))
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session[POST_KEY] = getattr(self._world.cast, name).post
        session.save()
        self._keys.append(str(session.session_key))
        return self._keys[-1]

    def end(self, key: str) -> None:
        from django.contrib.sessions.models import Session

        Session.objects.filter(pk=key).delete()

    def forget(self) -> None:
        for key in self._keys:
            self.end(key)
