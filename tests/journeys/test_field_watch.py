"""A watch of the lake on the phone: said with no signal, held over a new start, and in once, in order, at its moments."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.conftest import Site
from tests.journeys.lane import PATIENT, Lane, grid_worker, lane
from tests.journeys.test_field_school import look

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
STEPS = "SELECT name FROM ledger_step WHERE stream = ANY(%s::uuid[]) ORDER BY happened_at, seq"


@pytest.fixture(scope="module")
def planted(site: Site) -> dict[str, str]:
    return dict(json.loads(site.run("tests.journeys.plant_watch")))


@pytest.fixture
def phone(browser: Browser, site: Site, complaints: list[str], planted: dict[str, str]) -> Iterator[Lane]:
    with lane(browser, site, complaints, planted["crew"]) as made:
        yield made


def tap(card: Locator, name: str) -> None:
    """Say something by keys: the page is drawn anew, and the focus does not fall out of what it was said of."""
    button = card.get_by_role("button", name=name).first
    button.focus()
    button.press("Enter")
    expect(card.locator(":focus")).to_have_count(1)
    expect(card.locator("button:focus")).to_have_count(0)


def test_a_watch_said_in_the_air_goes_in_once_in_order_at_its_own_moments(
    phone: Lane, planted: dict[str, str]
):
    page = phone.page
    expect(page.get_by_text("西汊点（示例）")).to_be_visible(timeout=PATIENT)
    page.get_by_role("link", name="我的班次").click()
    expect(page.locator(".shift")).to_have_count(2)
    card = page.locator(".shift").first
    expect(page.locator(".shift").last).to_contain_text("还没有派船")
    look(phone, "patrol")
    phone.off()
    page.reload()
    tap(card, "出航")
    expect(page.locator("#voice")).to_have_text("没信号，先存着")
    expect(card).to_contain_text("已记在手机里：出航")
    expect(card).to_contain_text("指令都办好，或者交班以后，才能返航")
    for _order in range(2):
        tap(card, "听到了")
        tap(card, "办好了")
    page.reload()
    expect(card.get_by_role("button", name="听到了")).to_have_count(0)
    look(phone, "patrol-air")
    tap(card, "返航")
    expect(card).to_contain_text("已记在手机里：出航 · 返航")
    assert phone.unsent() == 6
    phone.weather.lose = {"/field/items": 2}
    phone.on()
    phone.all_sent()
    phone.go("patrol")
    expect(page.locator(".shift")).to_have_count(1, timeout=PATIENT)
    moments = phone.site.rows(
        "SELECT l.out_at, min(o.heard_at), max(o.done_at), l.back_at, min(o.given_at) FROM patrol_log l "
        "JOIN patrol_order o USING (shift_id) WHERE l.shift_id = %s GROUP BY l.id",
        planted["shift"],
    )
    ((out, heard, done, back, given),) = moments
    assert given < out <= heard <= done <= back  # type: ignore[operator]
    said = [
        str(name)
        for (name,) in phone.site.rows(STEPS, [planted[one] for one in ("shift", "first", "second")])
    ]
    of_crew = [
        one
        for one in said
        if one.partition(".")[2] in ("shift_out", "order_heard", "order_done", "shift_back")
    ]
    heard_done = ["patrol.order_heard", "patrol.order_done"]
    assert of_crew == ["patrol.shift_out", *heard_done, *heard_done, "patrol.shift_back"]


def test_whoever_has_no_shift_is_told_so_and_the_page_is_sound_in_english(
    browser: Browser, site: Site, complaints: list[str], world: "World"
):
    with lane(browser, site, complaints, grid_worker(world)) as phone:
        phone.go("patrol")
        expect(phone.page.get_by_text("没有排到您的班")).to_be_visible()
        look(phone, "patrol-none")
        phone.go("today")
        phone.context.add_cookies([{"name": "language", "value": "en", "url": phone.weather.url}])
        phone.page.evaluate(
            "navigator.serviceWorker.getRegistration('/field/').then((one) => { one.update(); })"
        )
        expect(phone.page.locator("html[lang=en]")).to_have_count(1, timeout=PATIENT)  # another edition
        phone.ready()
        phone.go("patrol")
        look(phone, "patrol-none-en")
