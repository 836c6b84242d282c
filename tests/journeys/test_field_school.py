"""The school on the phone: read in the air, answered in the air, put down and gone on with, handed in by itself."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Site
from tests.journeys.lane import PATIENT, Lane, grid_worker, lane
from tests.journeys.test_field_pages import PICTURES, small
from tests.journeys.test_learning import RIGHT
from tests.scale import IS_SHORT

if TYPE_CHECKING:
    from tests.world import World

#: From now on the phone keeps nothing more.
FULL = """() => { IDBObjectStore.prototype.put = () => { throw new DOMException("", "QuotaExceededError"); }; }"""
pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def course(site: Site) -> str:
    return str(json.loads(site.run("tests.journeys.plant_learning"))["course"])


@pytest.fixture
def phone(browser: Browser, site: Site, complaints: list[str], world: "World", course: str) -> Iterator[Lane]:
    with lane(browser, site, complaints, grid_worker(world)) as made:
        yield made


def choose(phone: Lane, first: int = 0, last: int | None = None) -> None:
    """The right options of some questions."""
    expect(phone.page.locator("[data-question]")).to_have_count(5)
    for question in phone.page.locator("[data-question]").all()[first:last]:
        for option in question.locator(".pick").all():
            if option.inner_text().strip() in RIGHT:
                option.click()


def test_an_exam_begun_with_a_signal_is_answered_without_one_and_goes_in_by_itself(
    phone: Lane, site: Site, course: str
):
    page = phone.page
    phone.go("me")
    page.get_by_role("link", name="学习和考试").click()
    page.locator(f'a[href="#school/{course}"]').click()
    page.get_by_role("button", name="开始考试").click()
    expect(page.locator("body")).to_have_attribute("data-page", "exam")
    expect(page.locator("[data-question]")).to_have_count(5)
    look(phone, "exam")
    phone.off()
    page.evaluate(FULL)
    choose(phone, 0, 1)
    expect(page.get_by_role("alert").filter(has_text="答案没有存住")).to_be_visible()
    page.reload()
    choose(phone, 0, 2)
    expect(page.get_by_role("status").filter(has_text="已存2题")).to_be_visible()
    page.reload()
    chosen = page.locator("[data-question]:has(input:checked)")
    expect(chosen).to_have_count(2)  # what was chosen before is still chosen
    page.get_by_role("button", name="交卷").click()
    expect(page.get_by_role("alert").filter(has_text="还有3题没有答")).to_be_visible()
    phone.go(f"school/{course}")
    page.locator("summary", has_text="调解有三条").click()
    expect(page.get_by_text("双方自愿")).to_be_visible()
    look(phone, "lessons")
    page.get_by_role("button", name="接着考").click()
    choose(phone, 2)
    page.get_by_role("button", name="交卷").click()
    phone.handed_in()
    assert phone.waiting() == 1
    phone.on()
    expect(page.get_by_text("通过了")).to_be_visible(timeout=PATIENT)
    assert phone.waiting() == 0
    passed = site.rows("SELECT count(*) FROM learning_attempt WHERE passed AND course_id = %s", int(course))
    assert passed == [(1,)]
    phone.go("school")
    expect(page.locator('[data-slot="papers"] li')).to_have_count(1, timeout=PATIENT)
    look(phone, "school")


def look(phone: Lane, name: str) -> None:
    """Sound at every width, and a picture of it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for width in (768, 1440, 360):
        phone.page.set_viewport_size({"width": width, "height": 800})
        if not IS_SHORT:
            phone.page.screenshot(path=PICTURES / f"field-{name}-{width}.png")
        assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (name, width)
    faults = Axe().run(phone.page).response["violations"]
    assert [(name, one["id"], one["nodes"][0]["html"]) for one in faults] == []
    assert small(phone) == [], name
