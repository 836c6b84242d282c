"""The grid worker's app by keys alone: what is drawn anew does not take the focus along, and news are told."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Site
from tests.journeys.lane import PATIENT, Lane, grid_worker, lane

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
#: The day's data, as on a phone that has none.
EMPTY = """async () => {
  const box = await new Promise((done) => { const a = indexedDB.open("field"); a.onsuccess = () => done(a.result); });
  await new Promise((done) => { const a = box.transaction("keep", "readwrite"); a.objectStore("keep").delete("today"); a.oncomplete = done; });
  box.close();
}"""


@pytest.fixture
def phone(browser: Browser, site: Site, complaints: list[str], world: "World") -> Iterator[Lane]:
    with lane(browser, site, complaints, grid_worker(world)) as made:
        yield made


def test_the_way_to_the_text_stays_on_the_page_and_what_was_sent_is_told(phone: Lane):
    page, voice = phone.page, phone.page.locator("#voice")
    phone.go("report")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    expect(page.locator("form.rep")).to_be_visible()
    phone.off()
    phone.report("a")
    phone.report("b")
    expect(voice).to_have_text("没信号，先存着")
    away = page.locator("[data-drop]").last
    for _twice in range(2):
        away.focus()
        page.keyboard.press("Enter")
    expect(page.locator("#main [data-drop]")).to_have_count(1)
    expect(page.locator("body :focus")).to_have_count(1)  # the page was drawn anew around it
    phone.on()
    phone.all_sent()
    expect(voice).to_have_text("没有要传的了")
    assert phone.ledger() == ["a"]


def test_a_form_that_is_opened_before_the_first_data_are_there_says_so_and_comes_by_itself(phone: Lane):
    page = phone.page
    phone.ask(EMPTY)
    phone.weather.slow = 3
    page.evaluate("location.hash = 'report'")
    page.reload()
    expect(page.locator("main")).to_have_text("正在取今天的数据……")
    expect(page.locator("form.rep")).to_be_visible(timeout=PATIENT)
    phone.weather.slow = 0
    phone.off()
    phone.ask(EMPTY)
    page.reload()
    expect(page.locator("main")).to_contain_text("还没有取过数据")
