"""A real browser on the real site. Whatever the page policy refuses fails the test that saw it."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from tests.journeys import chromium
from tests.serving import Served, served

PASSWORD = "journeys-only-password"


@dataclass(frozen=True)
class Site(Served):
    """A site whose accounts have one password."""

    password: str = PASSWORD


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
    with served(suffix, "tests.journeys.serve", PASSWORD) as found:
        yield Site(found.url, found.env)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser a run."""
    # Playwright keeps an event loop in this thread, which Django's guard takes for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(
        timeout=15_000
    )  # as long as an act is waited for: a sign-in takes a busy machine seconds
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
