"""The portal in rough weather: no script, a lost connection, an impatient thumb, a wrong place, a guesser."""

import io
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.doors.test_brakes import wrong
from tests.journeys import plant
from tests.journeys.acts import open_matter, report, sign_in, track
from tests.journeys.conftest import Site, serving, visitor
from tests.journeys.test_one_matter import place_names

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
WORDS = "村口路灯不亮有一个星期了。"


def fill_in(page: Page, site: Site, places: list[str]) -> None:
    """The report, step by step, up to its last button."""
    page.goto(f"{site.url}/report/")
    page.get_by_label("用一两句话说说").fill(WORDS)
    page.locator("#onward").click()
    for digits, name in zip((4, 6, 9, 12, 15), places, strict=False):
        page.locator(f"#at{digits}").select_option(label=name)
    expect(page.locator("#places [data-where]")).to_have_attribute("data-where", " ".join(places))
    for _step in range(3):
        page.locator("#onward").click()


def test_without_script_one_long_form_reports_and_the_code_tracks(
    browser: Browser, site: Site, complaints: list[str], world: "World"
):
    page = visitor(browser, complaints, java_script_enabled=False).new_page()
    page.goto(f"{site.url}/report/")
    page.get_by_label("用一两句话说说").fill(WORDS)
    for digits, name in zip((4, 6, 9, 12), place_names(world.grid), strict=False):
        page.locator(f"#at{digits}").select_option(label=name)
        page.get_by_role("button", name="列出下一级").click()
    expect(page.get_by_label("用一两句话说说")).to_have_value(WORDS)
    told = page.get_by_role("heading", name="收到了。")
    for _second in range(30):  # a program is quicker than anybody writes: it is told so, and loses nothing
        page.get_by_role("button", name="提交").click()
        if told.is_visible():
            break
        expect(page.get_by_label("用一两句话说说")).to_have_value(WORDS)
        page.wait_for_timeout(1_000)
    expect(told).to_be_visible()
    code = page.locator("#code").inner_text()
    track(page, site, code)
    expect(page.locator(".parcel blockquote")).to_have_text(WORDS)
    page.context.close()


def test_an_impatient_thumb_reports_once(page: Page, site: Site, world: "World"):
    (before,) = site.rows("SELECT count(*) FROM matter")[0]
    fill_in(page, site, place_names(world.grid))
    with page.expect_navigation():
        page.evaluate(
            "() => { const f = document.querySelector('#report'); f.requestSubmit(); f.requestSubmit(); }"
        )
    expect(page.get_by_role("heading", name="收到了。")).to_be_visible()
    assert site.rows("SELECT count(*) FROM matter") == [(before + 1,)]  # type: ignore[operator]


def test_what_was_typed_survives_a_lost_connection_and_counts_once(page: Page, site: Site, world: "World"):
    fill_in(page, site, place_names(world.grid))
    page.context.set_offline(True)
    page.locator("#onward").click()
    expect(page.get_by_role("alert")).to_contain_text("没交上：网断了。")
    page.context.set_offline(False)
    page.reload()
    page.goto(f"{site.url}/report/#1")
    expect(page.get_by_label("用一两句话说说")).to_have_value(WORDS)
    fill_in(page, site, place_names(world.grid))
    page.locator("#onward").click()
    expect(page.get_by_role("heading", name="收到了。")).to_be_visible()
    page.wait_for_load_state("load")  # the receipt's own script has run: it forgets what was typed
    page.goto(f"{site.url}/report/")
    expect(page.get_by_label("用一两句话说说")).to_have_value("")


def test_a_list_of_places_that_cannot_be_fetched_says_so_and_comes_when_it_can(
    page: Page, site: Site, world: "World"
):
    city, county, *_rest = place_names(world.grid)
    page.goto(f"{site.url}/report/#2")
    page.context.set_offline(True)
    page.locator("#at4").select_option(label=city)
    told = page.get_by_role("status").filter(has_text="网断了，下一级没有取到")
    expect(told).to_be_visible()
    page.context.set_offline(False)
    page.locator("#at4").select_option(index=0)
    page.locator("#at4").select_option(label=city)
    expect(page.locator("#at6").get_by_role("option", name=county)).to_have_count(1)
    expect(told).to_be_hidden()


def test_a_photo_of_the_phone_reaches_the_desk_without_its_place(
    page: Page, browser: Browser, site: Site, complaints: list[str], world: "World"
):
    fill_in(page, site, place_names(world.grid))
    page.goto(f"{site.url}/report/#3")
    page.get_by_label("选照片或文件，最多6个").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": plant.photo()}
    )
    expect(page.locator(".thumbs img")).to_be_visible()
    for _step in range(3):
        page.locator("#onward").click()
    number = page.locator(".slip b.code").inner_text()
    desk = visitor(browser, complaints, width=1440).new_page()
    sign_in(desk, site, world.username_of("receiver"))
    open_matter(desk, site, number)
    address = desk.get_by_role("link", name="照片1").get_attribute("href")
    assert b"Exif" in plant.photo()
    answer = desk.request.get(f"{site.url}{address}")
    assert answer.headers["content-type"] == "image/jpeg"
    assert _tags(answer.body()) == {}
    desk.context.close()


def _tags(data: bytes) -> dict[int, object]:
    from PIL import Image

    return dict(Image.open(io.BytesIO(data)).getexif())


def test_a_place_outside_and_numbers_exchanged_are_told(
    browser: Browser, site: Site, complaints: list[str], world: "World"
):
    here = visitor(
        browser, complaints, geolocation={"latitude": 0.0, "longitude": 0.0}, permissions=["geolocation"]
    )
    page = here.new_page()
    page.goto(f"{site.url}/report/#2")
    page.get_by_role("button", name="用我现在的位置").click()
    expect(page.locator("#places .note")).to_contain_text("不在服务范围的网格里")
    lon, lat = world.point
    here.set_geolocation({"latitude": lat, "longitude": lon})
    page.get_by_role("button", name="用我现在的位置").click()
    expect(page.locator("#places .place")).to_contain_text(place_names(world.grid)[-1])
    page.goto(f"{site.url}/report/places/?lon={lat}&lat={lon}")
    expect(page.locator(".note")).to_contain_text("经度和纬度像是写反了")
    here.close()


def test_thirty_wrong_codes_bring_a_pause_even_for_the_right_one(
    browser: Browser, complaints: list[str], world: "World"
):
    with serving("guessed") as site:
        page = visitor(browser, complaints).new_page()
        _number, code = report(page, site, words=WORDS, places=place_names(world.grid))
        for guess in range(30):
            track(page, site, wrong(guess))
            expect(page.locator(".form-error")).to_be_visible()  # answered: the next one interrupts nothing
        track(page, site, code)
        expect(page.locator(".form-error")).to_contain_text("试错的查询码太多了")
        page.context.close()


def test_the_language_follows_from_page_to_page(page: Page, site: Site, stories: dict[str, tuple[str, str]]):
    page.goto(site.url)
    page.get_by_role("button", name="English").click()
    page.goto(f"{site.url}/t/{(stories['answered'][1]).replace('-', '')}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("answered")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已经答复，请您看看对不对。")
