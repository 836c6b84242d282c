"""What a grid worker is writing, before it is handed in: kept sealed on the phone, gone with what was handed in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Site
from tests.journeys.lane import Lane, grid_worker, lane
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
  return [names.length, rows.some((row) => new TextDecoder().decode(row.sealed.data).includes(word))];
}"""


@pytest.fixture
def phone(browser: Browser, site: Site, complaints: list[str], world: "World") -> Iterator[Lane]:
    with lane(browser, site, complaints, grid_worker(world)) as made:
        yield made


def drafts(phone: Lane) -> tuple[int, bool]:
    phone.page.wait_for_timeout(900)
    many, is_open = phone.page.evaluate(DRAFTS, phone.word)
    return many, is_open


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
    assert drafts(phone) == (1, False)
    crash(phone)
    expect(phone.page.locator("#r-words")).to_have_value(words)
    expect(phone.page.locator(".photos li")).to_have_count(1)
    expect(phone.page.locator('[name="kind"]:checked')).to_have_count(1)
    expect(phone.page.get_by_text("上次没写完的还在。")).to_be_visible()
    phone.page.get_by_role("button", name="交上去").click()
    phone.handed_in()
    assert drafts(phone) == (0, False)
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
    assert drafts(phone)[0] == 1
    phone.page.reload()
    phone.page.get_by_role("button", name="不要了，重新写").click()
    expect(phone.page.locator("#r-words")).to_have_value("")
    assert drafts(phone)[0] == 0
    phone.fill(f"示例：{phone.word} b")
    assert drafts(phone)[0] == 1
    phone.go("today")
    phone.page.evaluate("ms => localStorage.setItem('later', ms)", str(73 * HOUR))
    look(phone)
    assert drafts(phone)[0] == 0


def test_a_photo_that_is_cut_between_two_pieces_goes_on_with_the_piece_that_is_missing(phone: Lane):
    """The first piece's receipt is kept on the phone; it is not sent again."""
    phone.weather.between = lambda path, status: cut_after(phone, path, status)
    phone.report("a", photo=large())
    phone.page.wait_for_timeout(1_500)
    assert phone.ledger() == []
    phone.weather.between = None
    phone.weather.cut = False
    phone.all_sent()
    arrived = [path for method, path, status in phone.weather.seen if method == "PUT" and status == 200]
    assert len(arrived) == len(set(arrived)) >= 2
    assert phone.ledger() == ["a"] and len(phone.sizes()) == 1


def cut_after(phone: Lane, path: str, status: int) -> None:
    """No signal from the second piece on, which does not arrive."""
    if path.startswith("/field/pieces") and status == 200 and path.endswith("/0"):
        phone.weather.refuse = {"/field/pieces": 2}
