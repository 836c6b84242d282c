"""A campaign at the desk: ordered, looked into by ground, who is missing, claimed; and what a gate barred."""

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.acts import sign_in
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_every_page import LOOKS, look

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def planted(site: Site) -> dict[str, str]:
    """A campaign under way on ground with its maps, a finding to be claimed, a barred decision; a list, a meeting."""
    site.run("gantang", "ground", "layers")
    return dict(json.loads(site.run("tests.journeys.plant_campaign")))


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_every_page_of_a_campaign(
    browser: Browser,
    site: Site,
    complaints: list[str],
    planted: dict[str, str],
    world: "World",
    width: int,
    theme: str,
):
    page = visitor(browser, complaints, width=width).new_page()
    sign_in(page, site, world.username_of("supervisor"))
    page.goto(f"{site.url}/desk/me/")
    page.get_by_label({"light": "亮色", "dark": "暗色"}[theme]).check()
    page.get_by_role("button", name="保存").click()
    one = f"/desk/campaigns/{planted['campaign']}/"
    pages = {
        "campaigns": "/desk/campaigns/",
        "campaign": one,
        "campaign-township": f"{one}?ground={world.township}",
        "campaign-village": f"{one}?ground={world.village}",
        "campaign-missing": f"{one}missing/",
        "campaign-findings": f"{one}findings/",
        "barred": "/desk/?view=barred",
        "decision": f"/desk/matters/{planted['decision']}/",
        "board": f"/desk/matters/{planted['list']}/board/",
        "agenda": f"/desk/matters/{planted['meeting']}/moves/call/",
    }
    for name, path in pages.items():
        page.goto(site.url + path)
        look(page, f"desk-{name}-{theme}")
    page.context.close()


def test_a_campaign_is_ordered_on_the_page_and_its_finding_claimed(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str], world: "World"
):
    page = visitor(browser, complaints, width=1440).new_page()
    sign_in(page, site, world.username_of("dispatcher"))
    page.goto(f"{site.url}/desk/campaigns/")
    page.get_by_role("textbox", name=re.compile("^标题")).fill("集中排查（示例）")
    page.get_by_label("英文标题").fill("Special round (sample)")
    page.get_by_label("从哪天起").fill(world.on.isoformat())
    page.get_by_label("到哪天止").fill(world.on.isoformat())
    page.get_by_role("button", name="布置").click()
    expect(page.get_by_role("heading", name="集中排查（示例）")).to_be_visible()
    page.goto(f"{site.url}/desk/campaigns/{planted['campaign']}/findings/")
    page.get_by_role("link", name="认领", exact=True).first.click()
    expect(page.get_by_text("谁认领谁化解").first).to_be_visible()
    page.context.close()


def test_the_map_of_a_campaign_says_what_its_table_says_and_leads_where_its_rows_lead_by_keys(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str], world: "World"
):
    page = visitor(browser, complaints, width=1440).new_page()
    sign_in(page, site, world.username_of("supervisor"))
    page.goto(f"{site.url}/desk/campaigns/{planted['campaign']}/?ground={world.township}")
    expect(page.locator("#map[data-drawn]")).to_be_visible()
    rows = page.locator(".places tr[data-code]")
    said = set(rows.evaluate_all("rows => rows.map((row) => row.dataset.shown)"))
    assert "没走到" in said
    marks = set(page.locator(".mapname b").all_inner_texts())
    assert marks and marks <= said
    row = rows.filter(has=page.locator("a")).first
    row.locator("th a").focus()
    expect(row).to_have_class(re.compile("here"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**ground={world.village[:9]}**")
    page.context.close()
