"""A page hears by the live process what somebody else did, and asks for it at once."""

import subprocess
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT
from tests.journeys.acts import make_move, report, sign_in
from tests.journeys.conftest import Site, serving, visitor
from tests.journeys.test_one_matter import place_names

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def lively(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site with the live process beside it."""
    from gantang.host.options import options
    from gantang.host.placeholder import free_port
    from gantang.host.supervisor import live_command

    port = free_port("127.0.0.1")
    monkeypatch.setenv("GANTANG_LIVE_PORT", str(port))
    with serving("line") as site:
        env = {**site.env, "GANTANG_PORT": site.url.rpartition(":")[2]}
        process = subprocess.Popen(live_command(options(), port), cwd=ROOT, env=env)
        try:
            yield site
        finally:
            process.terminate()
            process.wait(20)


def test_a_page_is_told_at_once_and_does_not_ask_meanwhile(
    browser: Browser, lively: Site, complaints: list[str], world: "World"
) -> None:
    phone = visitor(browser, complaints)
    number, _code = report(
        phone.new_page(), lively, words="桥头路灯不亮，晚上危险。", places=place_names(world.grid)
    )
    phone.close()
    address = f"{lively.url}/desk/matters/{number.replace('-', '')}/"
    slow, quick = (visitor(browser, complaints, width=1440).new_page() for _ in range(2))
    for page in (slow, quick):
        sign_in(page, lively, world.username_of("receiver"))
    asked: list[str] = []
    slow.on("request", lambda one: asked.append(one.url) if "/fresh/" in one.url else None)
    with slow.expect_response(lambda one: "/live/matters/" in one.url and one.status == 200, timeout=60_000):
        slow.goto(address)
    quick.goto(address)
    make_move(quick, "受理，转分派")
    expect(slow.locator("#changed")).to_contain_text("这件事刚有变化", timeout=8_000)
    assert len(asked) <= 4  # once as the line is laid; asked now and then it would be more
    for page in (slow, quick):
        page.context.close()
