"""A grid worker with a phone on a way with weather, and what the ledger says of it."""

import secrets
import string
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.journeys.conftest import Site, visitor
from tests.journeys.weather import Weather, way

if TYPE_CHECKING:
    from tests.world import World

#: Patience for what the phone does by itself after a pause of its own.
PATIENT = 60_000
#: What the browser says where the app loads its page anew in the same moment.
CROSSED = ("interrupted", "ERR_ABORTED", "Not attached to an active page")
#: So often a step is begun again where the page was loaded anew in its midst.
TURNS = 5
WAITING = """async () => {
  const box = await new Promise((on) => { const a = indexedDB.open("field"); a.onsuccess = () => on(a.result); });
  const rows = await new Promise((on) => {
    const a = box.transaction("items").objectStore("items").getAll(); a.onsuccess = () => on(a.result);
  });
  box.close();
  return rows.filter((one) => ["waiting", "clash", "unfit"].includes(one.state)).length;
}"""
KEPT = """async () => {
  const box = await new Promise((on) => { const a = indexedDB.open("field"); a.onsuccess = () => on(a.result); });
  const keys = await new Promise((on) => {
    const a = box.transaction("items").objectStore("items").getAllKeys(); a.onsuccess = () => on(a.result);
  });
  box.close();
  return keys;
}"""
MARK = "document.querySelector('form.rep').setAttribute('data-mine', 'yes')"
#: The form that was marked is gone, or says what is wrong with it.
MOVED_ON = (
    "!document.querySelector('form.rep[data-mine]') || !document.querySelector('.rep .form-error').hidden"
)
#: A clock that is wrong from the beginning.
CLOCK = """{
  const Right = Date;
  globalThis.Date = class extends Right {
    constructor(...given) { if (given.length) super(...given); else super(Right.now() + SHIFT); }
    static now() { return Right.now() + SHIFT; }
  };
}"""


def tag() -> str:
    """A word of its own that no gist masks: without digits, and never an account (QQ, VX, WX and what follows)."""
    letters = [one for one in string.ascii_lowercase if one not in "qvwx"]
    return "".join(secrets.choice(letters) for _ in range(10))


@dataclass
class Lane:
    """One phone of one worker."""

    site: Site
    weather: Weather
    context: BrowserContext
    username: str
    word: str = field(default_factory=tag)

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()

    def sign_in(self) -> None:
        """Open the app where there is a signal; it is whole from then on."""
        page = self.page
        page.goto(f"{self.weather.url}/field/")
        page.get_by_label("账号").fill(self.username)
        page.get_by_label("密码").fill(self.site.password)
        page.get_by_role("button", name="登录").click(timeout=PATIENT)
        self.ready()
        # the first day's data may come a while after the page, on a busy machine
        for bare in ("正在取今天的数据", "还没有取过数据"):
            expect(page.locator("main")).not_to_contain_text(bare, timeout=PATIENT)

    def ready(self) -> None:
        """The day's data is there, and the shell is kept; after a sign-in, which takes a busy machine its time."""
        expect(self.page.locator(".tabbar [aria-current]")).to_have_count(1, timeout=PATIENT)
        expect(self.page.locator("#wake")).to_have_count(0)
        self.until("navigator.serviceWorker.controller !== null")

    def load(self, *, anew: bool = False) -> None:
        """Open the app, or load its page anew; the app may be doing the same just then."""
        for _turn in range(TURNS):
            try:
                if anew:
                    self.page.reload()
                else:
                    self.page.goto(f"{self.weather.url}/field/")
            except PlaywrightError as error:
                if not any(one in str(error) for one in CROSSED):
                    raise
                self.page.wait_for_load_state("load")
                continue
            return self.ready()
        raise AssertionError("the page never comes to rest")

    def off(self) -> None:
        """No signal, and the phone knows it."""
        self.weather.cut = True
        self.context.set_offline(True)

    def on(self) -> None:
        """The signal is back."""
        self.weather.cut = False
        self.context.set_offline(False)

    def go(self, page: str) -> None:
        """Open a page of the app; tapped again where a new edition came in just then."""
        for _turn in range(5):
            self.ask("page => { location.hash = page }", page)
            try:
                expect(self.page.locator("body")).to_have_attribute("data-at", page, timeout=2_000)
            except AssertionError:
                continue
            return
        expect(self.page.locator("body")).to_have_attribute("data-at", page)

    def until(self, what: str) -> None:
        """Wait in the page until something holds; the page policy lets no text be run as a script."""
        self.ask(
            f"async () => {{ while (!(await ({what}))) await new Promise((on) => setTimeout(on, 50)); }}"
        )

    def handed_in(self) -> None:
        """What was written is on the phone, and the page has gone on to the queue."""
        expect(self.page.locator("body")).to_have_attribute("data-page", "queue")

    def fill(self, words: str, *, kind: str = "道路照明", photo: bytes | None = None) -> None:
        """Fill in a report up to its button; again where a new edition of the page came in just then."""
        for _turn in range(TURNS):
            self.go("report")
            try:
                self.ask(f"() => {{ {MARK}; }}")
                self._fill(words, kind, photo)
            except (AssertionError, PlaywrightError):
                if self.mine():
                    raise
            if self.mine():
                return
        raise AssertionError("the form never stays")

    def mine(self) -> bool:
        """Whether the form that was marked still stands there."""
        return bool(self.ask("Boolean(document.querySelector('form.rep[data-mine]'))"))

    def _fill(self, words: str, kind: str, photo: bytes | None) -> None:
        page = self.page
        for _left in range(page.locator(".photos li").count()):  # of a form begun before
            page.locator(".photos [data-drop]").first.click()
        if photo is not None:
            page.locator('[name="album"]').set_input_files(
                {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": photo}
            )
            expect(page.locator(".photos li")).to_have_count(1)
        page.locator(".quick label", has_text=kind).click()
        page.locator("#r-words").fill(words)

    def report(self, n: str, **given: object) -> str:
        """Hand a report in; its words. What the phone has kept decides whether it was: a page may be loaded anew
        between the touch and the next page."""
        words = f"示例：{self.word} {n}"
        before = self.kept()
        for _turn in range(TURNS):
            self.fill(words, **given)  # type: ignore[arg-type]
            self.touch_send()
            if self.kept() - before:
                self.go("queue")
                return words
        raise AssertionError("it is never handed in")

    def touch_send(self) -> None:
        """Touch the form's button, and wait until the form is gone or says what is wrong."""
        try:
            self.page.get_by_role("button", name="交上去").click(timeout=5_000)
        except PlaywrightError:  # loaded anew: this form is gone
            if self.mine():
                raise
        self.until(MOVED_ON)

    def kept(self) -> set[str]:
        """Keys of all that lies on the phone, sent things of the day among them."""
        return set(self.ask(KEPT))  # type: ignore[call-overload]

    def unsent(self) -> int:
        """How many the badge on the tab says."""
        count = self.page.locator("#count")
        return int(count.inner_text()) if count.is_visible() else 0

    def waiting(self) -> int:
        """How many lie on the phone and are not sent, by its own store."""
        return int(str(self.ask(WAITING)))

    def ask(self, script: str, given: object = None) -> object:
        """What a script finds in the page; asked again where a new page came in the middle of it."""
        for _turn in range(20):
            try:
                return self.page.evaluate(script, given)
            except PlaywrightError as error:
                if "context was destroyed" not in str(error):
                    raise
                self.page.wait_for_load_state("load")
        raise AssertionError("the page never comes to rest")

    def all_sent(self) -> None:
        """Nothing waits on the phone any more, and its badge says so."""
        self.all_but(0)

    def all_but(self, left: int) -> None:
        """So many wait on the phone for somebody else's sign-in; nothing waits of whoever is signed in."""
        until = time.monotonic() + PATIENT / 1000
        while self.waiting() > left:
            assert time.monotonic() < until, self.page.locator("main").inner_text()
            self.page.wait_for_timeout(100)
        expect(self.page.locator("#count")).to_be_hidden()

    def ledger(self) -> list[str]:
        """What the ledger has of this phone's reports, in its order."""
        found = self.site.rows(
            "SELECT m.gist FROM matter m JOIN ledger_step s ON s.stream = m.id AND s.name = 'received' "
            "WHERE m.channel = 'grid' AND m.gist LIKE %s ORDER BY m.id",
            f"示例：{self.word} %",
        )
        return [str(gist).rsplit(" ", 1)[1] for (gist,) in found]

    def sizes(self) -> list[int]:
        """Bytes of the photos that came in."""
        found = self.site.rows(
            "SELECT a.size FROM matter m JOIN matter_attachment a ON a.matter_id = m.id WHERE m.gist LIKE %s",
            f"示例：{self.word} %",
        )
        return [int(str(size)) for (size,) in found]


@contextmanager
def lane(
    browser: Browser, site: Site, complaints: list[str], username: str, *, shift: int = 0, **given: object
) -> Iterator[Lane]:
    """A phone, signed in; its clock is wrong by `shift` milliseconds."""
    with way(site.url) as weather:
        context = visitor(browser, complaints, **given)  # type: ignore[arg-type]
        if shift:
            context.add_init_script(CLOCK.replace("SHIFT", str(shift)))
        made = Lane(site, weather, context, username)
        made.sign_in()
        yield made
        context.close()


def grid_worker(world: "World") -> str:
    return world.username_of("grid_worker")
