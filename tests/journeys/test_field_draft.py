"""What a grid worker is writing, before it is handed in: kept sealed on the phone, gone with what was handed in."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Site
from tests.journeys.lane import PATIENT, Lane, grid_worker, lane
from tests.journeys.plant import photo
from tests.journeys.test_field_offline import CLOCK, HOUR, large, look

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
#: The drafts on the phone: how many, and whether a word of theirs can be read.
DRAFTS = """async (word) => {
  const box = await new Promise((done) => { const a = indexedDB.open("field"); a.onsuccess = () => done(a.result); });
  const ask = (how) => new Promise((done) => { const a = how(box.transaction("keep").objectStore("keep")); a.onsuccess = () => done(a.result); });
  const names = (await ask((shelf) => shelf.getAllKeys())).filter((one) => one.startsWith("draft:"));
  const rows = await Promise.all(names.map((name) => ask((shelf) => shelf.get(name))));
  box.close();
  return [names.length, rows.some((row) => row && new TextDecoder().decode(row.sealed.data).includes(word))];
}"""


@pytest.fixture
def phone(browser: Browser, site: Site, complaints: list[str], world: "World") -> Iterator[Lane]:
    with lane(browser, site, complaints, grid_worker(world)) as made:
        yield made


def drafts(phone: Lane, many: int) -> None:
    """So many drafts come to lie on the phone, and no word of them can be read."""
    end = time.monotonic() + PATIENT / 1000
    while (found := phone.page.evaluate(DRAFTS, phone.word)) != [many, False]:
        assert time.monotonic() < end, found
        phone.page.wait_for_timeout(200)


def crash(phone: Lane) -> None:
    """The camera takes the memory of the page."""
    old, phone.page = phone.page, phone.context.new_page()
    old.close(run_before_unload=False)
    phone.page.goto(f"{phone.weather.url}/field/#report")
    expect(phone.page.locator("body")).to_have_attribute("data-at", "report")


def test_what_is_being_written_outlives_the_page_sealed_and_is_handed_in_once(phone: Lane):
    words = f"示例：{phone.word} a"
    phone.off()
    phone.fill(words, photo=photo())
    drafts(phone, 1)
    crash(phone)
    expect(phone.page.locator("#r-words")).to_have_value(words)
    expect(phone.page.locator(".photos li")).to_have_count(1)
    expect(phone.page.locator('[name="kind"]:checked')).to_have_count(1)
    expect(phone.page.get_by_text("上次没写完的还在。")).to_be_visible()
    phone.page.get_by_role("button", name="交上去").click()
    phone.handed_in()
    drafts(phone, 0)
    phone.go("report")
    expect(phone.page.locator("#r-words")).to_have_value("")
    phone.on()
    phone.all_sent()
    assert phone.ledger() == ["a"] and len(phone.sizes()) == 1


def test_a_draft_is_put_away_by_a_touch_and_goes_by_time_like_all_that_waits(phone: Lane):
    phone.context.add_init_script(CLOCK.replace("SHIFT", "Number(localStorage.getItem('later') || 0)"))
    phone.page.reload()
    phone.ready()
    phone.off()
    phone.fill(f"示例：{phone.word} a")
    drafts(phone, 1)
    phone.page.reload()
    phone.page.get_by_role("button", name="不要了，重新写").click()
    expect(phone.page.locator("#r-words")).to_have_value("")
    drafts(phone, 0)
    phone.fill(f"示例：{phone.word} b")
    drafts(phone, 1)
    phone.go("today")
    phone.page.wait_for_timeout(3_000)  # leaving the form is a change too, written down a moment later
    phone.page.evaluate("ms => localStorage.setItem('later', ms)", str(73 * HOUR))
    look(phone)
    drafts(phone, 0)


def test_a_photo_that_is_cut_between_two_pieces_goes_on_with_the_piece_that_is_missing(phone: Lane):
    """The first piece's receipt outlives the page; the piece is not sent again."""
    phone.weather.between = lambda path, status: cut_after(phone, path, status)
    phone.report("a", photo=large())
    end = time.monotonic() + PATIENT / 1000
    while not phone.weather.refuse and time.monotonic() < end:
        phone.page.wait_for_timeout(200)
    crash(phone)
    assert phone.ledger() == [] and phone.waiting() == 1
    phone.weather.between, phone.weather.refuse = None, {}
    phone.all_sent()
    arrived = [path for method, path, status in phone.weather.seen if method == "PUT" and status == 200]
    assert len(arrived) == len(set(arrived)) >= 2
    assert phone.ledger() == ["a"] and len(phone.sizes()) == 1


def cut_after(phone: Lane, path: str, status: int) -> None:
    """Nothing comes through once the first piece is there."""
    if path.startswith("/field/pieces") and status == 200:
        phone.weather.refuse = {"/field/": 10_000}
