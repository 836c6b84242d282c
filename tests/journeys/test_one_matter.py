"""One matter from a village lane to a verified close: portal, desk, portal."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.acts import make_move, open_matter, report, sign_in, track
from tests.journeys.conftest import Site, visitor

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.journey


@pytest.mark.django_db
def test_portal_reports_desk_answers_portal_verifies(
    page: Page, browser: Browser, site: Site, complaints: list[str], world: "World"
):
    places = place_names(world.grid)
    number, code = report(page, site, words="村口路灯不亮有一个星期了，老人晚上出门看不见。", places=places)

    desk = visitor(browser, complaints, width=1440).new_page()
    sign_in(desk, site, world.username_of("receiver"))
    desk.goto(f"{site.url}/desk/?q={number}")
    desk.locator(".q tr", has_text=number).click()
    panel = desk.locator("#panel")
    expect(panel.locator(".code").first).to_have_text(number)
    panel.locator('[name="class"]').select_option(_lighting())
    panel.locator('[name="track"][value="ordinary"]').check()
    desk.locator("h1").click()
    desk.keyboard.press("a")
    expect(desk.get_by_role("status")).to_contain_text("受理并分派")
    desk.context.close()

    desk = visitor(browser, complaints, width=1440).new_page()
    sign_in(desk, site, world.username_of("department_handler"))
    open_matter(desk, site, number)
    make_move(desk, "接收办理")
    make_move(desk, "答复反映人", result="resolved", reply="三盏路灯已换新，当晚亮灯。")
    desk.context.close()

    track(page, site, code)
    expect(page.get_by_role("heading", level=1)).to_have_text("已经答复，请您看看对不对。")
    page.get_by_label("解决了办结，可打分").check()
    page.get_by_label("很满意").check()
    page.get_by_role("button", name="提交核验").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已经办结。")


def place_names(grid: str) -> list[str]:
    """The names on the way from the city down to a grid, as the lists show them."""
    from gantang.territory import queries as territory

    return list(territory.path(grid)[1:])


def _lighting() -> str:
    from gantang.catalogue import queries as catalogue

    return next(one.code for one in catalogue.classes() if "lighting" in one.code)
