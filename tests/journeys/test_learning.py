"""An officer learns, sits an exam and is certified; a stranger checks the certificate. With script off."""

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.acts import sign_in
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_every_page import look

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow]
#: The right options of the sample's questions.
RIGHT = {"要", "能", "不收", "不知道找哪个部门", "听不懂法律条文", "不往外说", "报上去"}
DESK = (
    ("learning", "learning/"),
    ("learning-course", "learning/courses/{course}/"),
    ("literacy", "learning/coverage/?ground=360428101"),
    ("lectures", "learning/events/"),
    ("training", "learning/training/"),
    ("school", "admin/learning/"),
    ("school-course", "admin/learning/courses/{course}/"),
    ("school-certificates", "admin/learning/certificates/"),
    ("certificate", "learning/certificates/{certificate}/"),
)


@pytest.fixture(scope="module")
def planted(site: Site) -> dict[str, str]:
    """A course and a certificate, by number, and the certificate's code."""
    return {name: str(one) for name, one in json.loads(site.run("tests.journeys.plant_learning")).items()}


@pytest.mark.django_db
def test_an_exam_without_script(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str], world: "World"
):
    page = visitor(browser, complaints, java_script_enabled=False).new_page()
    sign_in(page, site, world.username_of("receiver"))
    page.goto(f"{site.url}/desk/learning/courses/{planted['course']}/")
    page.get_by_role("button", name="开始考试").click()
    page.get_by_role("button", name="交卷").click()
    expect(page.locator(".bad").first).to_contain_text("这一题还没有答")
    for words in RIGHT:
        for box in page.get_by_label(words, exact=True).all():
            box.check()
    page.get_by_role("button", name="交卷").click()
    expect(page.get_by_role("heading", name="通过了")).to_be_visible()
    page.get_by_role("link", name="看证书").click()
    page.locator("section[aria-labelledby=papers] a").first.click()
    code = page.locator("b.code").inner_text()
    page.goto(f"{site.url}/learn/verify/")
    page.get_by_label("验证码").fill(code.lower())
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("这张证书有效")
    assert page.url == f"{site.url}/learn/verify/"
    page.context.close()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.django_db
def test_how_it_looks(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str], world: "World", width: int
):
    page = visitor(browser, complaints, width=width).new_page()
    sign_in(page, site, world.username_of("admin"))
    for name, path in DESK:
        page.goto(f"{site.url}/desk/{path.format(**planted)}")
        look(page, f"desk-{name}")
    page.goto(f"{site.url}/desk/learning/courses/{planted['course']}/")
    page.get_by_role("button", name=re.compile("开始考试|接着考")).click()
    look(page, "desk-learning-exam")
    page.goto(f"{site.url}/learn/verify/")
    look(page, "portal-learn-verify")
    page.get_by_label("验证码").fill(planted["code"])
    page.get_by_role("button", name="核对").click()
    look(page, "portal-learn-verified")
    page.context.close()
