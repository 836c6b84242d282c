"""The grid worker's app as one uses it: four taps, two taps, a conflict side by side; its pages, its size, its way out."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Site
from tests.journeys.lane import PATIENT, Lane, grid_worker, lane
from tests.journeys.plant import photo

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
PICTURES = Path(__file__).parents[2] / "var" / "test" / "pictures"
#: All that a first visit fetches, as it comes over the wire.
SHELL = 400 * 1024
#: What the first page after a sign-in fetches before it shows the day, in bytes over the wire.
FIRST = 120 * 1024


@pytest.fixture(scope="module")
def planted(site: Site) -> dict[str, str]:
    found: dict[str, str] = json.loads(site.run("tests.journeys.plant_field"))
    return found


@pytest.fixture
def phone(
    browser: Browser, site: Site, complaints: list[str], world: "World", planted: dict[str, str]
) -> Iterator[Lane]:
    with lane(browser, site, complaints, grid_worker(world)) as made:
        yield made


@pytest.fixture
def handler(browser: Browser, site: Site, complaints: list[str], planted: dict[str, str]) -> Iterator[Lane]:
    with lane(browser, site, complaints, planted["handler"]) as made:
        yield made


def moved(site: Site, number: str) -> list[str]:
    """The moves of a matter, in the ledger's order."""
    rows = site.rows(
        "SELECT s.data->>'move' FROM matter m JOIN ledger_step s ON s.stream = m.id AND s.name = 'moved' "
        "WHERE m.number = %s ORDER BY s.seq",
        number,
    )
    return [str(move) for (move,) in rows]


def progress(phone: Lane, number: str, note: str) -> None:
    """Write down how far it is."""
    phone.go(f"matter/{number}/progress")
    phone.page.locator("[data-question='note'] textarea").fill(note)
    phone.page.locator(".send button").click()
    phone.handed_in()


def test_every_page_is_sound_at_every_width_and_is_laid_out_as_a_picture(
    phone: Lane, handler: Lane, planted: dict[str, str]
):
    PICTURES.mkdir(parents=True, exist_ok=True)
    phone.off()
    phone.report("a", photo=photo())
    pages = ("today", "report", "queue", "scan", "me", f"matter/{planted['screening']}")
    pages = (*pages, f"matter/{planted['screening']}/report")
    for width in (360, 768, 1440):
        phone.page.set_viewport_size({"width": width, "height": 800})
        for name in pages:
            phone.go(name)
            file = (
                PICTURES / f"field-{name.split('/')[0]}{'-step' if name.count('/') > 1 else ''}-{width}.png"
            )
            phone.page.screenshot(path=file)
            wide = phone.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, (name, width)
            if width == 360:
                faults = Axe().run(phone.page).response["violations"]
                assert [(name, one["id"], one["nodes"][0]["html"]) for one in faults] == []
                assert small(phone) == [], name
    phone.on()


def test_every_page_is_sound_in_english(phone: Lane, planted: dict[str, str]):
    PICTURES.mkdir(parents=True, exist_ok=True)
    phone.context.add_cookies([{"name": "language", "value": "en", "url": phone.weather.url}])
    phone.page.evaluate("navigator.serviceWorker.getRegistration('/field/').then((one) => { one.update(); })")
    expect(phone.page.locator("html[lang=en]")).to_have_count(1, timeout=PATIENT)  # another edition
    phone.ready()
    for name in ("today", "report", "queue", "scan", "me", f"matter/{planted['screening']}"):
        phone.go(name)
        phone.page.screenshot(path=PICTURES / f"field-{name.split('/')[0]}-en-360.png")
        assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
        faults = Axe().run(phone.page).response["violations"]
        assert [(name, one["id"], one["nodes"][0]["html"]) for one in faults] == []
        assert small(phone) == [], name


def small(phone: Lane) -> list[str]:
    """What one would press and is lower than 56 px; links inside sentences aside."""
    found: list[str] = phone.page.evaluate(
        """() => [...document.querySelectorAll("button, select, .btn, .tabbar a, input:not([type=file]):not([type=radio]):not([type=checkbox]), textarea, .pick, .quick label, summary")]
          .filter((one) => one.offsetParent && !one.closest(".bar") && one.getBoundingClientRect().height < 55.5)
          .map((one) => one.outerHTML.slice(0, 120))"""
    )
    return found


def test_zero_report_takes_two_taps_and_is_made_once(phone: Lane, planted: dict[str, str]):
    card = phone.page.locator(".zero").first
    card.locator("[data-ask]").click()
    card.get_by_role("button", name="交上去").click()
    phone.handed_in()
    phone.all_sent()
    assert moved(phone.site, planted["screening"]) == ["report_nothing"]
    phone.go("today")
    expect(phone.page.locator(".zero")).to_have_count(0, timeout=PATIENT)


def test_two_steps_made_in_the_air_go_in_order_and_never_meet_each_other(
    handler: Lane, planted: dict[str, str]
):
    before = len(moved(handler.site, planted["in_hand"]))
    handler.off()
    progress(handler, planted["in_hand"], "示例：先写的。")
    progress(handler, planted["in_hand"], "示例：后写的。")
    handler.on()
    handler.all_sent()
    assert moved(handler.site, planted["in_hand"])[before:] == ["progress", "progress"]


def test_two_phones_one_matter_both_sides_are_shown_and_no_word_is_lost(
    browser: Browser, site: Site, complaints: list[str], handler: Lane, planted: dict[str, str]
):
    number = planted["in_hand"]
    handler.off()
    progress(handler, number, "示例：甲机写的。")
    with lane(browser, site, complaints, planted["handler"]) as other:
        progress(other, number, "示例：乙机写的。")
        other.all_sent()
    before = len(moved(site, number))
    handler.on()
    clash = handler.page.locator(".clash")
    expect(clash).to_be_visible(timeout=PATIENT)
    expect(clash.locator("[data-slot='mine']")).to_contain_text("示例：甲机写的。")
    expect(clash.locator("[data-slot='theirs']")).to_contain_text("示例：乙机写的。")
    handler.page.screenshot(path=PICTURES / "field-clash-360.png", full_page=True)
    assert [one["id"] for one in Axe().run(handler.page).response["violations"]] == []
    clash.get_by_role("button", name="就这样定").click()
    handler.all_sent()
    assert moved(site, number)[before:] == ["progress"]
    handler.off()
    progress(handler, number, "示例：先收着的。")
    with lane(browser, site, complaints, planted["handler"]) as other:
        progress(other, number, "示例：又快一步。")
        other.all_sent()
    before = len(moved(site, number))
    handler.on()
    clash.get_by_text("按系统里的").click(timeout=PATIENT)
    clash.get_by_role("button", name="就这样定").click()
    expect(handler.page.locator(".mine")).to_have_text("示例：先收着的。")
    handler.all_sent()
    assert len(moved(site, number)) == before


def test_the_place_of_a_report_is_the_grid_it_was_taken_in_and_no_other_request_tells_where_one_is(
    browser: Browser, site: Site, complaints: list[str], world: "World"
):
    lon, lat = world.middle(world.next_grid)
    here = {"longitude": lon, "latitude": lat, "accuracy": 8}
    with lane(
        browser, site, complaints, grid_worker(world), geolocation=here, permissions=["geolocation"]
    ) as phone:
        bodies: list[str] = []
        phone.page.on("request", lambda one: bodies.append(one.url + (one.post_data or "")))
        for name in ("today", "queue", "scan", "me"):
            phone.go(name)
        phone.go("report")
        expect(phone.page.locator(".where [data-put='near']")).to_contain_text("不是您的网格")
        assert not any(f"{lat:.3f}" in one for one in bodies)
        phone.page.locator(".quick label", has_text="道路照明").click()
        phone.page.locator("#r-words").fill(f"示例：{phone.word} a")
        phone.page.get_by_role("button", name="交上去").click()
        phone.handed_in()
        phone.all_sent()
        assert sum(f"{lat:.3f}" in one for one in bodies) == 1
        scopes = site.rows("SELECT scope FROM matter WHERE gist LIKE %s", f"示例：{phone.word} %")
        assert scopes == [(world.next_grid,)]


def test_it_can_be_installed_asks_nobody_else_and_is_small(
    browser: Browser, site: Site, complaints: list[str], world: "World"
):
    with lane(browser, site, complaints, grid_worker(world)) as phone:
        link = phone.context.new_cdp_session(phone.page)
        told = link.send("Page.getAppManifest")
        assert told["errors"] == [] and json.loads(told["data"])["scope"] == "/field/"
        faults = [one["errorId"] for one in link.send("Page.getInstallabilityErrors")["installabilityErrors"]]
        assert set(faults) <= {"in-incognito"}
        sizes = phone.page.evaluate(
            """async () => {
              const kept = await caches.open((await caches.keys())[0]);
              const all = await Promise.all((await kept.keys()).map(async (one) => (await (await kept.match(one)).blob()).size));
              return [all.length, all.reduce((sum, one) => sum + one, 0)];
            }"""
        )
        assert sizes[0] > 20 and sizes[1] <= SHELL
        names = phone.page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
        assert {urlsplit(one).netloc for one in names} == {urlsplit(phone.weather.url).netloc}


def test_the_first_opening_shows_the_day_by_its_page_and_packed_files_and_asks_for_no_more(
    browser: Browser, site: Site, complaints: list[str], world: "World"
):
    with lane(browser, site, complaints, grid_worker(world)) as phone:
        assert phone.weather.count("GET", "/field/today.json") == 0
        expect(phone.page.locator("#day")).to_have_count(0)  # read, sealed, taken out of the page
        found = phone.page.evaluate(
            """() => [performance.getEntriesByType("navigation")[0], ...performance.getEntriesByType("resource")]
              .filter((one) => !one.name.endsWith("patrol.json"))
              .map((one) => [one.encodedBodySize, one.name])"""
        )
        assert len(found) > 20 and sum(size for size, _name in found) <= FIRST, found
        phone.go("report")  # each kind with its picture beside the word
        expect(phone.page.locator(".quick label", has_text="道路照明").locator("svg")).to_have_count(1)
        with phone.page.expect_response("**/field/today.json", timeout=PATIENT):
            phone.load(anew=True)  # the kept page holds nobody's day


def test_signing_out_tells_of_what_is_unsent_and_then_leaves_nothing(phone: Lane):
    phone.off()
    phone.report("a")
    phone.on()
    phone.weather.refuse = {"/field/items": 1_000}
    phone.go("me")
    leave = phone.page.locator("[data-leave]")
    expect(phone.page.locator("[data-put='unsent']")).to_contain_text("还有1件没传")
    leave.click()
    expect(phone.page.locator(".form-error")).to_have_text("请先传完，或勾选“不要了”。")
    phone.page.get_by_text("不要了，也退出").click()
    with phone.page.expect_navigation():
        leave.click()
    assert phone.page.url.startswith(f"{phone.weather.url}/accounts/login/")
    held: list[Any] = phone.page.evaluate(
        """async () => {
          const box = await new Promise((done) => { const a = indexedDB.open("field"); a.onsuccess = () => done(a.result); });
          if (![...box.objectStoreNames].length) return [];
          const all = (name) => new Promise((done) => { const a = box.transaction(name).objectStore(name).getAll(); a.onsuccess = () => done(a.result); });
          return [...(await all("items")), ...(await all("files")), ...(await all("keep"))];
        }"""
    )
    assert held == []
    assert phone.ledger() == []
