"""How close the rows of a list stand: as the design says, whatever stands in them."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser

from tests.journeys.acts import sign_in
from tests.journeys.conftest import Site, visitor

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
HEIGHTS = "rows => rows.map((each) => Math.round(each.getBoundingClientRect().height))"


def test_a_compact_row_is_48_px_with_a_long_title_and_a_long_place(
    browser: Browser,
    site: Site,
    complaints: list[str],
    stories: dict[str, tuple[str, str]],
    world: "World",
):
    page = visitor(browser, complaints, width=1440).new_page()
    sign_in(page, site, world.username_of("supervisor"))
    heights = {}
    for density, least in (("compact", 48), ("normal", 56), ("roomy", 64)):
        page.goto(f"{site.url}/desk/?view=all")
        page.evaluate(f"document.documentElement.dataset.density = '{density}'")
        heights[density] = page.eval_on_selector_all(".q tbody tr", HEIGHTS)
        assert heights[density] and min(heights[density]) >= least - 1
    assert set(heights["compact"]) <= {48, 49}
    page.context.close()
