"""The grid worker's app with the signal cut, lost, flapping: nothing lost, nothing twice, in order (R09)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Error, expect

from tests.journeys.conftest import Site
from tests.journeys.lane import CLOCK, PATIENT, Lane, grid_worker, lane
from tests.journeys.plant import photo
from tests.journeys.weather import Weather

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


def large() -> bytes:
    """A picture that stays large however it is packed: nothing in it repeats."""
    import io
    import random

    from PIL import Image

    noise = random.Random(7).randbytes(1200 * 900 * 3)
    buffer = io.BytesIO()
    Image.frombytes("RGB", (1200, 900), noise).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


@pytest.fixture
def phone(browser: Browser, site: Site, complaints: list[str], world: "World") -> Iterator[Lane]:
    with lane(browser, site, complaints, grid_worker(world)) as made:
        yield made


def test_reports_made_in_the_air_go_in_once_and_in_order_when_the_signal_is_back(phone: Lane):
    phone.report("a")
    phone.all_sent()
    phone.off()
    phone.report("b", photo=photo())
    phone.report("c")
    expect(phone.page.locator("#net")).to_contain_text("没信号，先存着")
    phone.page.reload()  # from the shell on the phone
    phone.ready()
    phone.go("queue")
    assert phone.unsent() == 2
    phone.page.locator("[data-edit]").nth(1).click()
    words = phone.page.locator("#r-words")
    expect(words).to_have_value(f"示例：{phone.word} c")
    words.fill(f"示例：{phone.word} d")
    phone.page.get_by_role("button", name="交上去").click()
    phone.on()
    phone.all_sent()
    assert phone.ledger() == ["a", "b", "d"]


def test_what_lies_on_the_phone_is_sealed_under_a_key_that_no_script_can_take(phone: Lane):
    phone.off()
    words = phone.report("x", photo=photo())
    found = phone.page.evaluate(
        """async () => {
          const box = await new Promise((done) => { const a = indexedDB.open("field"); a.onsuccess = () => done(a.result); });
          const all = (name) => new Promise((done) => { const a = box.transaction(name).objectStore(name).getAll(); a.onsuccess = () => done(a.result); });
          const key = await new Promise((done) => { const a = box.transaction("keep").objectStore("keep").get("key"); a.onsuccess = () => done(a.result); });
          const raw = await crypto.subtle.exportKey("raw", key).then(() => "taken", (error) => error.name);
          const text = (buffer) => new TextDecoder().decode(buffer);
          const items = await all("items"), files = await all("files"), keep = await all("keep");
          return {raw, items: items.map((one) => text(one.sealed.data)), files: files.map((one) => text(one.sealed.data.slice(0, 3))),
                  keep: keep.filter((one) => one && one.data).map((one) => text(one.data)).join("")};
        }"""
    )
    assert found["raw"] == "InvalidAccessError"
    assert all(words not in one for one in found["items"]) and len(found["items"]) == 1
    assert found["files"] and "\\xff\\xd8" not in found["files"][0]
    assert "道路照明" not in found["keep"]


def test_an_answer_that_is_lost_is_asked_for_again_and_counts_once(phone: Lane):
    phone.weather.lose = {"/field/items": 2, "/field/pieces": 1}
    phone.report("a", photo=photo())
    phone.all_sent()
    assert phone.weather.count("POST", "/field/items") >= 3
    assert phone.ledger() == ["a"]


def test_a_way_that_flaps_and_drags_loses_nothing(phone: Lane):
    phone.weather.refuse = {"/field/items": 2, "/field/pieces": 1, "/field/today.json": 2}
    phone.weather.lose = {"/field/items": 1}
    phone.weather.slow = 0.2
    for n in "ab":
        phone.report(n)
        phone.off()
        phone.on()
    phone.all_sent()
    assert phone.ledger() == ["a", "b"]


def test_a_sign_in_that_runs_out_in_the_air_keeps_the_queue_which_goes_after_the_next_one(phone: Lane):
    phone.off()
    phone.report("a")
    phone.site.rows("DELETE FROM django_session RETURNING 1")
    phone.on()
    expect(phone.page.locator("#signin")).to_be_visible(timeout=PATIENT)
    assert phone.unsent() == 1 and phone.ledger() == []
    _sign_in(phone, phone.username)
    phone.all_sent()
    assert phone.ledger() == ["a"]


def test_what_one_worker_left_unsent_never_goes_out_under_the_name_of_the_next_one_on_that_phone(
    phone: Lane, world: "World"
):
    phone.off()
    phone.report("a")
    phone.site.rows("DELETE FROM django_session RETURNING 1")
    phone.on()
    expect(phone.page.locator("#signin")).to_be_visible(timeout=PATIENT)
    _sign_in(phone, world.username_of("handler"))
    phone.report("b")
    phone.all_but(1)
    assert phone.ledger() == ["b"]
    phone.site.rows("DELETE FROM django_session RETURNING 1")
    phone.page.reload()
    expect(phone.page.locator("#signin")).to_be_visible(timeout=PATIENT)
    _sign_in(phone, phone.username)
    phone.all_sent()
    assert sorted(phone.ledger()) == ["a", "b"]


def _sign_in(phone: Lane, username: str) -> None:
    """Sign in where the app asks for it."""
    phone.page.locator("#signin a").click()
    phone.page.get_by_label("账号").fill(username)
    phone.page.get_by_label("密码").fill(phone.site.password)
    phone.page.get_by_role("button", name="登录").click()
    phone.ready()


def test_a_phone_that_is_signed_out_from_elsewhere_is_wiped_and_says_what_went(phone: Lane):
    phone.off()
    phone.report("a", photo=photo())
    phone.site.rows("DELETE FROM django_session RETURNING 1")
    phone.site.rows("DELETE FROM identity_device RETURNING 1")
    phone.on()
    bar = phone.page.locator("#gone")
    expect(bar).to_contain_text("没传出的1件也清了", timeout=PATIENT)
    assert phone.ledger() == []
    assert kept(phone) == (0, 0, 0)
    assert not phone.page.evaluate(KEY)  # what was sealed cannot be opened any more


HELD = """async () => {
  const box = await new Promise((done) => { const a = indexedDB.open("field"); a.onsuccess = () => done(a.result); });
  const ask = (name, how) => new Promise((done) => { const a = how(box.transaction(name).objectStore(name)); a.onsuccess = () => done(a.result); });
  const today = await ask("keep", (shelf) => shelf.get("today"));
  return [await ask("items", (shelf) => shelf.count()), await ask("files", (shelf) => shelf.count()), today ? today.data.byteLength : 0];
}"""
#: Whether a key lies on the phone under which the day's data were sealed.
KEY = """async () => {
  const box = await new Promise((done) => { const a = indexedDB.open("field"); a.onsuccess = () => done(a.result); });
  return new Promise((done) => { const a = box.transaction("keep").objectStore("keep").get("key"); a.onsuccess = () => done(Boolean(a.result)); });
}"""
HOUR = 3_600_000


def test_after_its_hours_a_phone_that_stays_open_without_a_signal_is_wiped_and_says_what_went(phone: Lane):
    phone.context.add_init_script(CLOCK.replace("SHIFT", "Number(localStorage.getItem('later') || 0)"))
    phone.page.reload()
    phone.ready()
    phone.off()
    phone.report("a", photo=photo())
    phone.go("today")
    later(phone, 71)
    items, files, day = kept(phone)
    assert (items, files) == (1, 1) and day > 2_000
    later(phone, 73)
    expect(phone.page.locator("#gone")).to_contain_text("有1件超过72小时没有传出", timeout=PATIENT)
    phone.page.wait_for_function(
        "() => document.querySelector('#main').textContent.includes('还没有取过数据')"
    )
    items, files, day = kept(phone)
    assert (items, files) == (0, 0) and day < 1_000  # who one is
    phone.page.reload()
    phone.go("report")
    expect(phone.page.locator("main")).to_contain_text("还没有取过数据")
    phone.on()
    phone.page.evaluate("localStorage.removeItem('later')")
    phone.go("today")
    look(phone)
    expect(phone.page.locator("main")).not_to_contain_text("还没有取过数据", timeout=PATIENT)
    assert phone.ledger() == []


def later(phone: Lane, hours: int) -> None:
    """So many hours go by, and the worker takes the phone out again."""
    phone.page.evaluate("ms => localStorage.setItem('later', ms)", str(hours * HOUR))
    look(phone)


def look(phone: Lane) -> None:
    phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def kept(phone: Lane) -> tuple[int, int, int]:
    """What lies on the phone: items, files, and bytes of the day's data."""
    items, files, day = phone.page.evaluate(HELD)
    return items, files, day


def begun_anew(phone: Lane) -> None:
    """Wait until the page that was marked as the former one is gone, however often it is loaded."""
    end = time.monotonic() + PATIENT / 1000
    gone = False
    while not gone and time.monotonic() < end:
        with suppress(Error):  # asked in the midst of loading
            gone = not phone.page.evaluate("globalThis.former")
        phone.page.wait_for_timeout(100)
    assert gone
    phone.ready()


def test_a_new_edition_waits_for_a_full_queue_and_takes_nothing_of_it(phone: Lane):
    phone.weather.refuse = {"/field/items": 1_000}
    phone.report("a", photo=photo())
    phone.weather.edition = "later"
    phone.page.evaluate("navigator.serviceWorker.getRegistration('/field/').then((one) => one.update())")
    bar = phone.page.locator("#edition")
    expect(bar).to_be_visible(timeout=PATIENT)
    assert phone.unsent() == 1
    phone.page.evaluate("globalThis.former = true")
    bar.get_by_role("button", name="现在更新").click()
    begun_anew(phone)
    expect(phone.page.locator("#count")).to_have_text("1")
    names = phone.page.evaluate("caches.keys()")
    assert len(names) == 1 and names[0].endswith("later")
    phone.weather.refuse = {}
    phone.all_sent()
    assert phone.ledger() == ["a"]


def test_with_an_empty_queue_a_new_edition_comes_in_by_itself(phone: Lane):
    phone.weather.edition = "next"
    phone.page.evaluate("globalThis.former = true")
    phone.page.evaluate("navigator.serviceWorker.getRegistration('/field/').then((one) => { one.update(); })")
    begun_anew(phone)
    phone.page.wait_for_function(
        "caches.keys().then((names) => names.length === 1 && names[0].endsWith('next'))"
    )


#: How many editions lie on the phone.
FILLED = """async () => {
  const files = async (name) => (await (await caches.open(name)).keys()).length;
  const kept = await Promise.all((await caches.keys()).map(files));
  return kept.filter(Boolean).length;
}"""


def test_an_edition_of_which_a_file_is_not_out_yet_is_not_taken_and_the_app_goes_on(phone: Lane):
    phone.weather.edition = "half"
    phone.weather.stale = "/field/queue.js"
    # the update fails, and must
    phone.until(
        "navigator.serviceWorker.getRegistration('/field/').then((one) => one.update())"
        ".then((one) => !one.installing && !one.waiting, () => true)"
    )
    phone.load(anew=True)
    assert phone.page.evaluate(FILLED) == 1  # of an edition all is kept or nothing
    phone.report("a")
    phone.all_sent()
    phone.weather.stale = ""
    phone.page.evaluate("navigator.serviceWorker.getRegistration('/field/').then((one) => { one.update(); })")
    phone.page.wait_for_function(
        "caches.keys().then((names) => names.length === 1 && names[0].endsWith('half'))"
    )
    assert phone.ledger() == ["a"]


def test_an_edition_let_in_while_a_later_one_is_on_its_way_leaves_that_one_whole(phone: Lane):
    phone.weather.refuse = {"/field/items": 1_000}
    phone.report("a")
    phone.weather.edition = "second"
    phone.page.evaluate("navigator.serviceWorker.getRegistration('/field/').then((one) => one.update())")
    bar = phone.page.locator("#edition")
    expect(bar).to_be_visible(timeout=PATIENT)
    with _held(phone.weather, "/field/queue.js"):
        phone.weather.edition = "third"
        phone.page.evaluate(
            "navigator.serviceWorker.getRegistration('/field/').then((one) => { one.update(); })"
        )
        phone.until(
            "navigator.serviceWorker.getRegistration('/field/').then((one) => one.installing !== null)"
        )
        phone.page.evaluate("globalThis.former = true")
        bar.get_by_role("button", name="现在更新").click()
        begun_anew(phone)
    expect(bar).to_be_visible(timeout=PATIENT)
    phone.page.evaluate("globalThis.former = true")
    bar.get_by_role("button", name="现在更新").click()
    begun_anew(phone)
    phone.off()
    phone.load(anew=True)
    phone.on()
    phone.weather.refuse = {}
    phone.all_sent()
    assert phone.ledger() == ["a"]


@contextmanager
def _held(weather: Weather, path: str) -> Iterator[None]:
    """The answer to a path that ends so comes only behind the block."""
    asked, gate = Event(), Event()

    def between(at: str, _status: int) -> None:
        if at.endswith(path):
            asked.set()
            gate.wait(PATIENT / 1000)

    weather.between = between
    yield
    assert asked.wait(PATIENT / 1000)
    weather.between = None
    gate.set()


#: A store that has no room for files. The browser's own tools set a quota that its store does not keep to.
FULL = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    const asked = put.apply(this, given);
    if (globalThis.full && this.name === "files") this.transaction.abort();
    return asked;
  };
  globalThis.full = true;
}"""


def test_a_full_phone_says_so_keeps_what_was_typed_and_takes_the_rest_later(phone: Lane):
    phone.off()
    phone.report("a")
    phone.page.evaluate(FULL)
    phone.fill(f"示例：{phone.word} b", photo=large())
    size = int(phone.page.locator(".photos .cnt").inner_text().split(" ")[-1].removesuffix("KB"))
    assert 100 < size <= 300
    send = phone.page.get_by_role("button", name="交上去")
    send.click()
    expect(phone.page.locator(".rep .form-error")).to_contain_text("手机存不下了")
    expect(phone.page.locator("#r-words")).to_have_value(f"示例：{phone.word} b")
    assert phone.waiting() == 1
    phone.page.evaluate("globalThis.full = false")
    send.click()
    phone.handed_in()
    phone.on()
    phone.all_sent()
    assert phone.ledger() == ["a", "b"] and len(phone.sizes()) == 1


def test_room_that_is_short_is_told_of_before_it_bites(phone: Lane):
    """Browsers of today name a round figure as long as there is room; so the browser's word is given here."""
    phone.context.add_init_script(
        "navigator.storage.estimate = async () => ({ usage: 95_000_000, quota: 100_000_000 })"
    )
    phone.page.reload()
    expect(phone.page.locator("#room")).to_contain_text("手机快存满了")


@pytest.mark.parametrize("days", [1, -1], ids=["fast", "slow"])
def test_a_phone_whose_clock_is_a_day_wrong_is_told_and_the_servers_moment_counts(
    browser: Browser, site: Site, complaints: list[str], world: "World", days: int
):
    with lane(browser, site, complaints, grid_worker(world), shift=days * 86_400_000) as phone:
        word = "快了" if days > 0 else "慢了"
        expect(phone.page.locator(".day")).to_contain_text(f"手机时间{word}")
        phone.off()
        phone.report("a")
        phone.on()
        phone.all_sent()
        (stands,) = site.rows(
            "SELECT s.data->'made', extract(epoch from now() - s.happened_at) < 600, "
            "extract(epoch from (s.data->'made'->>'at')::timestamptz - s.happened_at) / 86400 "
            "FROM matter m JOIN ledger_step s ON s.stream = m.id AND s.name = 'received' WHERE m.gist LIKE %s",
            f"示例：{phone.word} %",
        )
        made, recent, apart = stands
        assert recent and round(float(str(apart))) == days
        assert round(made["offset"] / 86_400) == -days  # type: ignore[index]
