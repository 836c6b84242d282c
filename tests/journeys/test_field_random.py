"""Random courses of a phone: act, cut, restore, lose an answer, reload, update, crash. At the end the ledger has
exactly what the worker handed in, once, in that order."""

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.journeys.conftest import Site
from tests.journeys.lane import MARK, Lane, grid_worker, lane, tag
from tests.journeys.plant import photo
from tests.scale import scaled

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
FEW, MANY, LENGTH = scaled(6, 20), 240, 7
TOLD = "!(document.querySelector('.rep .form-error') || { hidden: true }).hidden"
#: How often each is drawn.
DEEDS = {
    "report": 5, "photo": 2, "edit": 2, "cut": 3, "restore": 3, "deaf": 2, "lose": 2, "lose_piece": 1, "reload": 2,
    "update": 1, "let_in": 1, "crash": 2,
}  # fmt: skip


@dataclass
class Course:
    """One random course, and what it should leave."""

    phone: Lane
    chance: random.Random
    handed: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    editions: int = 0

    def run(self) -> None:
        for deed in self.chance.choices(list(DEEDS), list(DEEDS.values()), k=LENGTH):
            self.done.append(deed)
            getattr(self, deed)()

    def report(self, **given: object) -> None:
        name = f"n{'abcdefghijklmnopqrstuvwxyz'[len(self.handed)]}"
        self.phone.report(name, **given)
        self.handed.append(name)

    def photo(self) -> None:
        self.report(photo=photo())

    def edit(self) -> None:
        """Change the last one, as long as the phone lets one."""
        page = self.phone.page
        self.phone.go("queue")
        rows = page.locator("[data-slot='waiting'] > li")
        last = rows.last.locator("[data-edit]")
        if not rows.count() or not last.is_visible():
            return
        try:
            last.click(timeout=1_000)
        except PlaywrightTimeout:  # it has just been sent
            return
        self.phone.until("document.body.dataset.page === 'report'")
        self._mend()

    def _mend(self) -> None:
        """Another letter, on the form that stands there; nothing where the page was loaded anew in its midst."""
        words = self.phone.page.locator("#r-words")
        old = words.input_value()
        if not old:
            return
        self.phone.ask(f"() => {{ {MARK}; }}")
        words.fill(old + "z")
        if not self.phone.mine():
            return
        self.phone.touch_send()
        self.phone.until("document.body.dataset.page === 'queue' || " + TOLD)
        if self.phone.ask("document.body.dataset.page") == "queue":
            name = old.rsplit(" ", 1)[1]
            self.handed[self.handed.index(name)] = name + "z"

    def cut(self) -> None:
        self.phone.off()

    def restore(self) -> None:
        self.phone.on()

    def deaf(self) -> None:
        """The phone thinks that it has a signal, and nothing gets through."""
        self.phone.context.set_offline(False)
        self.phone.weather.cut = True

    def lose(self) -> None:
        self.phone.weather.lose["/field/items"] = 1

    def lose_piece(self) -> None:
        self.phone.weather.lose["/field/pieces"] = 1

    def reload(self) -> None:
        self.phone.load(anew=True)

    def update(self) -> None:
        """A later edition stands on the server; whether the phone takes it now is its own business."""
        self.editions += 1
        self.phone.weather.edition = f"{tag()}{self.editions}"
        self.phone.ask(
            "navigator.serviceWorker.getRegistration('/field/').then((one) => { one.update().catch(() => 0); })"
        )

    def let_in(self) -> None:
        """Touch the bar, and wait for the new page; none comes where a yet later edition is on its way."""
        if self.phone.page.locator("#edition button").is_visible():
            self.phone.ask("() => { document.body.dataset.old = 'yes'; }")
            self.phone.ask("document.querySelector('#edition button').click()")
            with suppress(AssertionError):
                expect(self.phone.page.locator("body[data-old]")).to_have_count(0, timeout=3_000)
            self.phone.ready()

    def crash(self) -> None:
        """The tab is gone in the middle of whatever it does."""
        page = self.phone.page
        self.phone.page = self.phone.context.new_page()
        page.close(run_before_unload=False)
        self.phone.load()

    def end(self) -> list[str]:
        """A clear sky, until nothing waits."""
        self.phone.weather.lose.clear()
        self.phone.off()
        self.phone.on()
        self.phone.go("queue")
        self.phone.all_sent()
        return self.phone.ledger()


@pytest.fixture
def phone(browser: Browser, site: Site, complaints: list[str], world: "World") -> Iterator[Lane]:
    with lane(browser, site, complaints, grid_worker(world)) as made:
        yield made


def walk(phone: Lane, seeds: range) -> None:
    for seed in seeds:
        phone.word = tag()
        course = Course(phone, random.Random(seed))
        try:
            course.run()
            found = course.end()
        except (AssertionError, PlaywrightError) as error:
            raise AssertionError(f"seed {seed}: {course.done}") from error
        assert found == course.handed, (seed, course.done)


def test_random_courses_hand_in_everything_once_and_in_order(phone: Lane):
    walk(phone, range(FEW))


@pytest.mark.prove
def test_hundreds_of_random_courses_hand_in_everything_once_and_in_order(phone: Lane):
    walk(phone, range(1_000, 1_000 + MANY))
