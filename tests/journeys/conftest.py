"""A real browser on the real site. Whatever the page policy refuses fails the test that saw it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

from tests import conftest as house
from tests.journeys import chromium

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "journeys-only-password"


@dataclass(frozen=True)
class Site:
    """Where the site answers, what its accounts are opened with, and what its programs run with."""

    url: str
    password: str = PASSWORD
    env: dict[str, str] = field(default_factory=dict, repr=False)

    def run(self, *words: str) -> str:
        """Run a module beside the site, on its database; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=ROOT,
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


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The site on a copy of the template database that no other test touches."""
    with serving("site") as found:
        yield found


@pytest.fixture(scope="session")
def stories(site: Site) -> dict[str, tuple[str, str]]:
    """Matters in every state: number and access code by the names of `plant.STORIES`."""
    return {name: tuple(pair) for name, pair in json.loads(site.run("tests.journeys.plant")).items()}


@contextmanager
def serving(suffix: str) -> Iterator[Site]:
    """A site of its own: database, process, port."""
    owner = os.environ["GANTANG_TEST_OWNER_URL"]
    name = f"{urlsplit(os.environ['DATABASE_URL']).path.lstrip('/')}_{suffix}"
    template = house._template(owner)
    house._admin(
        owner,
        f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
        f'CREATE DATABASE "{name}" TEMPLATE "{template}"',
    )
    port = _free_port()
    env = {**os.environ, "DATABASE_URL": house._named(owner, name)}
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.serve", str(port), PASSWORD], cwd=ROOT, env=env
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/health", server)
        yield Site(f"http://127.0.0.1:{port}", env=env)
    finally:
        server.terminate()
        server.wait(20)
        house._admin(owner, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser a run."""
    # Playwright keeps an event loop in this thread, which Django's guard takes for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    found = chromium.prepare()
    with sync_playwright() as play:
        yield from _launched(play, found)


def _launched(play: Playwright, found: chromium.Browser) -> Iterator[Browser]:
    launched = play.chromium.launch(executable_path=str(found.executable), env=dict(found.env))
    yield launched
    launched.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the pages complained of; must be empty at the end."""
    heard: list[str] = []
    yield heard
    assert heard == []


@pytest.fixture
def context(browser: Browser, complaints: list[str]) -> Iterator[BrowserContext]:
    """A visitor of one's own: a phone, Chinese, in Shanghai."""
    made = visitor(browser, complaints)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Page:
    """A tab on a phone."""
    return context.new_page()


def visitor(browser: Browser, complaints: list[str], *, width: int = 360, **given: object) -> BrowserContext:
    """A fresh visitor whose consoles are listened to."""
    size = {"width": width, "height": 740 if width < 600 else 900}
    made = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", **given)  # type: ignore[arg-type]
    made.set_default_timeout(15_000)

    def heard(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    made.on("console", heard)
    made.on("weberror", lambda error: complaints.append(str(error.error)))
    return made


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
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
