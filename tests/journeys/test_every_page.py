"""Every page, at every width, light and dark: axe finds nothing, nothing scrolls sideways, no text is too small.

Between the narrowest and the widest only the layout can differ, and in the dark only the colours: that is asked there.
Pictures go to `test-results/pages/`, to be looked at; `make test-all` takes none, and asks of the widest page in the
light only what another width can change.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.acts import report, sign_in
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_one_matter import place_names
from tests.scale import IS_SHORT, scaled

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow]
PICTURES = Path(__file__).resolve().parents[2] / "test-results" / "pages"
WIDTHS = (360, 768, 1440)
#: The dark is tried where a page is widest; where it is narrowest has the same colours, which the long proof sees.
LOOKS = [
    *((width, "light") for width in WIDTHS),
    pytest.param(360, "dark", marks=pytest.mark.prove),
    (1440, "dark"),
]
BETWEEN = (768,)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"type": "tag", "values": RULES}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
BY_WIDTH = {
    "type": "rule",
    "values": ["target-size", "scrollable-region-focusable", "skip-link", "region", "label"],
}
SMALLEST = 13

SMALL_TEXT = """() => [...document.querySelectorAll("body *")]
  .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
  .filter((each) => each.getClientRects().length && !each.closest("svg, .vh, option"))
  .filter((each) => parseFloat(getComputedStyle(each).fontSize) < %d)
  .map((each) => `${each.tagName}.${each.className} ${getComputedStyle(each).fontSize}`)"""


@pytest.fixture(scope="module")
def told(
    browser: Browser, site: Site, django_db_setup: None, django_db_blocker: object
) -> Iterator[tuple[str, str]]:
    """A matter that all pages may show: its number and its code."""
    heard: list[str] = []
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        places = place_names("360428101001001")
    visit = visitor(browser, heard)
    page = visit.new_page()
    found = report(page, site, words="桥头路灯换了以后还是只亮一盏，晚上看不见台阶。", places=places)
    look(page, "portal-receipt")
    visit.close()
    yield found
    assert heard == []


def look(page: Page, name: str) -> None:
    """Check the page as it stands, and keep its picture; not in the short form, where nobody looks at it."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    if not IS_SHORT:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
    if width not in BETWEEN:
        found = Axe().run(page, options={"runOnly": asked(name, width), "resultTypes": ["violations"]})
        assert found.violations_count == 0, f"{name} at {width}:\n{found.generate_report()}"
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width, (
        f"{name} scrolls sideways at {width}"
    )
    assert page.evaluate(SMALL_TEXT % SMALLEST) == []


def asked(name: str, width: int) -> dict[str, object]:
    """The rules that a page is held against at a width."""
    if name.endswith("-dark"):
        return COLOURS
    return ALL if width < WIDTHS[1] else scaled(BY_WIDTH, ALL)


@pytest.mark.parametrize("width", WIDTHS)
def test_portal(
    browser: Browser,
    site: Site,
    complaints: list[str],
    told: tuple[str, str],
    stories: dict[str, tuple[str, str]],
    width: int,
):
    page = visitor(browser, complaints, width=width).new_page()
    for name, path in (
        ("home", "/"),
        ("find", "/track/"),
        ("missing", "/nothing-here"),
        ("login", "/accounts/login/"),
    ):
        page.goto(site.url + path)
        look(page, f"portal-{name}")
    for step in range(1, 6):
        page.goto(f"{site.url}/report/#{step}")
        look(page, f"portal-report{step}")
    page.goto(f"{site.url}/t/{told[1].replace('-', '')}")
    look(page, "portal-track")
    for name in ("answered", "late", "paused", "long", "objected", "closed"):
        page.goto(f"{site.url}/t/{stories[name][1].replace('-', '')}")
        look(page, f"portal-track-{name}")
    page.goto(f"{site.url}/track/do/ask_reopen/")
    look(page, "portal-move")
    page.context.close()


@pytest.mark.parametrize(("width", "theme"), LOOKS)
@pytest.mark.django_db
def test_desk(
    browser: Browser,
    site: Site,
    complaints: list[str],
    told: tuple[str, str],
    stories: dict[str, tuple[str, str]],
    world: "World",
    width: int,
    theme: str,
):
    page = visitor(browser, complaints, width=width).new_page()
    sign_in(page, site, world.username_of("receiver"))
    page.goto(f"{site.url}/desk/me/")
    page.get_by_label({"light": "亮色", "dark": "暗色"}[theme]).check()
    page.get_by_role("button", name="保存").click()
    look(page, f"desk-me-{theme}")
    number = told[0].replace("-", "")
    pages = {
        "queue": "/desk/",
        "empty": "/desk/?view=contested",
        "searched": "/desk/?q=没有这样的词",
        "matter": f"/desk/matters/{number}/",
        "move": f"/desk/matters/{number}/moves/accept/",
        "not-here": f"/desk/matters/{number}/moves/verify/",
        "all": "/desk/?view=all&sort=old",
        "printed": "/desk/print/?view=all&sort=old",
        "long": f"/desk/matters/{stories['long'][0]}/?story=all",
        "late": f"/desk/matters/{stories['late'][0]}/",
        "reason": f"/desk/matters/{stories['known'][0]}/people/0/phone/",
        "intake": "/desk/intake/",
        "balances": "/desk/balances/",
        "answers": "/desk/answers/?procedure=court_track",
        "causes": "/desk/causes/",
        "procedure": "/desk/procedures/dispute/",
        "missing": "/desk/matters/QK7M4R2PX/",
    }
    for name, path in pages.items():
        page.goto(site.url + path)
        look(page, f"desk-{name}-{theme}")
    page.context.close()


@pytest.mark.parametrize(("width", "theme"), LOOKS)
@pytest.mark.django_db
def test_what_administers(
    browser: Browser, site: Site, complaints: list[str], world: "World", width: int, theme: str
):
    page = visitor(browser, complaints, width=width).new_page()
    sign_in(page, site, world.username_of("admin"))
    page.goto(f"{site.url}/desk/me/")
    page.get_by_label({"light": "亮色", "dark": "暗色"}[theme]).check()
    page.get_by_role("button", name="保存").click()
    for name, path in (
        ("calendar", "calendar/?year=2026"),
        ("outages", "outages/"),
        ("slots", "slots/"),
        ("cause-terms", "causes/"),
    ):
        page.goto(f"{site.url}/desk/admin/{path}")
        look(page, f"desk-{name}-{theme}")
    for name, path in (
        ("grounds", ""),
        ("ground-new", "new/"),
        ("ground-history", f"history/?code={world.grid}"),
    ):
        page.goto(f"{site.url}/desk/admin/ground/{path}")
        look(page, f"desk-{name}-{theme}")
    page.goto(f"{site.url}/desk/admin/ground/new/")
    page.get_by_label("怎么调整").select_option("split")
    page.get_by_label("哪些代码").fill(world.grid)
    page.get_by_label("拆成哪几个").fill("东片 300户\n西片 420户")
    page.get_by_role("button", name="加这一项").click()
    look(page, f"desk-ground-preview-{theme}")
    page.locator("[name=title]").fill("示例：拆分第一网格")
    page.locator("[name=basis]").fill("示例〔2026〕1号")
    page.locator("[name=effective_on]").fill("2030-01-01")
    page.get_by_role("button", name="拟好").click()
    look(page, f"desk-ground-change-{theme}")
    page.goto(f"{site.url}/desk/admin/calendar/?year=2026")
    page.get_by_label("哪一天").fill("2026-12-08")
    page.get_by_label("名称", exact=True).fill("县庆")
    page.get_by_label("依据哪份文件").first.fill("示例文件")
    page.get_by_role("button", name="先看会变什么").first.click()
    look(page, f"desk-calendar-preview-{theme}")
    page.context.close()


def test_portal_in_english(browser: Browser, site: Site, complaints: list[str], told: tuple[str, str]):
    page = visitor(browser, complaints).new_page()
    page.goto(site.url)
    page.get_by_role("button", name="English").click()
    for name, path in (("home", "/"), ("report", "/report/#1"), ("track", f"/t/{told[1].replace('-', '')}")):
        page.goto(site.url + path)
        look(page, f"portal-{name}-en")
    page.context.close()
