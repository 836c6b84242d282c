"""From a cause that comes back to an item of rectification, at a desk and on a narrow screen, light and dark."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.acts import sign_in
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_every_page import look

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def planted(site: Site) -> str:
    return site.run("tests.journeys.plant_causes").strip()


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1440, "dark")])
def test_pages_of_causes(
    browser: Browser,
    site: Site,
    complaints: list[str],
    planted: str,
    world: "World",
    width: int,
    theme: str,
):
    page = visitor(browser, complaints, width=width).new_page()
    sign_in(page, site, world.username_of("supervisor"))
    page.goto(f"{site.url}/desk/me/")
    page.get_by_label({"light": "亮色", "dark": "暗色"}[theme]).check()
    page.get_by_role("button", name="保存").click()
    for name, path in (("causes", "causes/?ground=360428"), ("no-cause", f"matters/{planted}/")):
        page.goto(f"{site.url}/desk/{path}")
        look(page, f"desk-{name}-{theme}")
    page.get_by_text("填起因").click()
    look(page, f"desk-cause-asked-{theme}")
    page.context.close()


def test_what_comes_back_is_put_on_a_list_and_its_item_is_a_matter(
    browser: Browser, site: Site, complaints: list[str], planted: str, world: "World"
):
    page = visitor(browser, complaints, width=1440).new_page()
    sign_in(page, site, world.username_of("supervisor"))
    page.goto(f"{site.url}/desk/causes/?ground=360428")
    look(page, "desk-causes-light")
    page.get_by_role("button", name="列入整治").first.click()
    form = page.locator(".doing form")
    expect(form.locator('[name="items-0-words"]')).to_have_value(re.compile("老化磨损.*办结"))
    look(page, "desk-rectifying-light")
    form.locator('[name="span"][value="quarter"]').check()
    form.locator('[name="items-0-goal"]').fill("示例：换掉老化的灯")
    form.locator('[name="items-0-due"]').fill("2099-01-05")
    form.get_by_role("button", name="下达清单").click()
    expect(page.get_by_role("status")).to_contain_text("下达清单")
    expect(page.locator(".links")).to_contain_text("子事项")
    page.context.close()
