"""What people do on the pages, as words of the journeys."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site


def report(page: Page, site: Site, *, words: str, places: list[str]) -> tuple[str, str]:
    """A resident reports anonymously, step by step; the matter's number and the access code."""
    page.goto(f"{site.url}/")
    page.get_by_role("link", name="反映一件事").click()
    page.get_by_label("用一两句话说说").fill(words)
    onward = page.locator("#onward")
    onward.click()
    for digits, name in zip((4, 6, 9, 12, 15), places, strict=False):
        page.locator(f"#at{digits}").select_option(label=name)
    expect(page.locator("#places [data-where]")).to_have_attribute("data-where", " ".join(places))
    for _step in range(3):
        onward.click()
    expect(page.get_by_role("heading", name="看一眼，对不对？")).to_be_visible()
    onward.click()
    expect(page.get_by_role("heading", name="收到了。")).to_be_visible()
    number = page.locator(".slip b.code").inner_text()
    return number, page.locator("#code").inner_text()


def sign_in(page: Page, site: Site, username: str) -> None:
    """An officer opens the desk."""
    page.goto(f"{site.url}/desk/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(site.password)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("navigation", name="工作台")).to_be_visible()
    page.wait_for_load_state("load")  # its keys and clicks are heard from then on


def open_matter(page: Page, site: Site, number: str) -> None:
    """The matter's page, by its number in the search box."""
    page.get_by_label("搜索编号、地点、事由").fill(number)
    page.get_by_label("搜索编号、地点、事由").press("Enter")
    page.locator(".q .what a").first.click()
    expect(page.locator(".mhead .code")).to_have_text(number)


def make_move(page: Page, title: str, **answers: str) -> None:
    """Press a move on the matter's page, fill in what it asks, send."""
    page.locator(".acts").get_by_role("link", name=title, exact=True).click()
    form = page.locator(".doing form")
    for name, answer in answers.items():
        field = form.locator(f'[name="{name}"]')
        if field.first.get_attribute("type") == "radio":
            form.locator(f'[name="{name}"][value="{answer}"]').check()
        elif field.first.evaluate("element => element.tagName") == "SELECT":
            field.select_option(answer)
        else:
            field.fill(answer)
    form.get_by_role("button", name=title).click()
    expect(page.get_by_role("status")).to_contain_text(title)


def track(page: Page, site: Site, code: str) -> None:
    """A resident looks the matter up by code."""
    page.goto(f"{site.url}/track/")
    page.get_by_label("查询码").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="查", exact=True).click()
