"""A pack written as data alone, in a folder of the deployment: it opens by the API, shows in the desk and is counted."""

import json
import secrets
import shutil
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import acts
from tests.journeys.conftest import PASSWORD, Site, visitor
from tests.journeys.lane import PATIENT, Lane, lane
from tests.serving import served

pytestmark = [pytest.mark.slow, pytest.mark.journey]
PACK = Path(__file__).parents[1] / "exchange" / "pack"
#: Where the pictures of the forms go, to be looked at.
PICTURES = Path(__file__).parents[2] / "var" / "test" / "pictures"
ROWS = [
    {"what": "chairs", "back": "2027-01-10", "deposit": 20_000},
    {"what": "tent", "back": "2027-01-12"},
]


@dataclass(frozen=True)
class Own:
    site: Site
    told: dict[str, Any]

    def call(self, method: str, path: str, body: Any = None, version: str = "") -> tuple[int, dict[str, Any]]:
        """A program's request; status and answer, with the tag it came under."""
        request = urllib.request.Request(f"{self.site.url}/api/v1{path}", method=method)
        request.add_header("Authorization", f"Bearer {self.told['token']}")
        request.add_header("Idempotency-Key", secrets.token_hex(8))
        data = None
        if version:
            request.add_header("If-Match", version)
        if body is not None:
            request.add_header("Content-Type", "application/json")
            data = json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, data, timeout=60) as answer:
                return answer.status, {**json.load(answer), "tag": answer.headers.get("ETag")}
        except HTTPError as error:
            return error.code, json.load(error)

    def opened(self, words: str) -> str:
        body = {"words": words, "class": "water.other", "ground": self.told["grid"], "anonymous": True}
        status, made = self.call("POST", "/matters", body)
        assert status == 201, made
        return str(made["number"])

    def move(self, number: str, move: str, **answers: Any) -> tuple[int, dict[str, Any]]:
        tag = self.call("GET", f"/matters/{number}")[1]["tag"]
        return self.call("POST", f"/matters/{number}/moves", {"move": move, "answers": answers}, version=tag)


@pytest.fixture(scope="module")
def own(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Own]:
    folder, told = tmp_path_factory.mktemp("packs"), tmp_path_factory.mktemp("told") / "told.json"
    shutil.copytree(PACK, folder / "lending")
    words = (str(folder), str(told), PASSWORD)
    with served("own_pack", "tests.exchange.own_pack", *words, seconds=300) as found:
        yield Own(Site(found.url, found.env), json.loads(told.read_text(encoding="utf-8")))


def test_it_comes_into_force_opens_by_the_api_and_is_counted(own: Own) -> None:
    assert own.told["refused"] == []
    before = _counted(own)
    number = own.opened("示例：借礼堂办活动。")
    _status, found = own.call("GET", f"/matters/{number}")
    assert (found["procedure"], found["state"]) == ("lending", "asked")
    status, made = own.move(number, "lend", things=ROWS, fee=50_000, help=["open"])
    assert status == 200, made
    assert own.call("GET", f"/matters/{number}")[1]["state"] == "lent"
    status, wrong = own.move(own.opened("示例：再借一次。"), "lend", things=[{"what": "boat"}], fee=-1)
    assert status == 422 and len(wrong["details"]["fields"]) >= 3
    ended = own.opened("示例：第三次。")
    assert own.move(ended, "refuse", note="示例：已借出。")[0] == 200
    counted = _counted(own)
    assert (counted["in"] - before["in"], counted["out"] - before["out"]) == (3, 1)


def _counted(own: Own) -> Counter[str]:
    """What went in and out so far."""
    measured = "SELECT measure, sum(n) FROM tallies_delta WHERE procedure = 'lending' GROUP BY measure"
    return Counter({str(measure): int(str(n)) for measure, n in own.site.rows(measured)})


def test_the_document_describes_its_rows(own: Own) -> None:
    with urllib.request.urlopen(f"{own.site.url}/api/v1/openapi.json", timeout=60) as answer:
        schemas = json.load(answer)["components"]["schemas"]
    (name,) = (name for name in schemas if name.startswith("ThingsRow"))
    row = schemas[name]
    assert row["additionalProperties"] is False and set(row["required"]) == {"what", "back"}
    assert row["properties"]["deposit"]["type"] == "integer"
    assert schemas["LendAnswers"]["properties"]["things"]["items"] == {"$ref": f"#/components/schemas/{name}"}


@pytest.fixture
def desk(own: Own, browser: Browser, complaints: list[str], request: pytest.FixtureRequest) -> Iterator[Page]:
    """The receiver's desk; also without a script, where the test asks for it."""
    made = visitor(browser, complaints, **request.param)
    page = made.new_page()
    acts.sign_in(page, own.site, own.told["names"]["receiver"])
    yield page
    made.close()


BOTH = pytest.mark.parametrize(
    "desk",
    [{"width": 1280}, {"width": 360, "java_script_enabled": False}],
    indirect=True,
    ids=["wide", "plain"],
)


@BOTH
def test_the_desk_shows_it_and_takes_lines(own: Own, desk: Page) -> None:
    number = own.opened("示例：借礼堂办婚礼。")
    desk.goto(f"{own.site.url}/desk/")
    expect(desk.locator(".q").get_by_text("示例：借礼堂办婚礼。").first).to_be_visible()
    desk.goto(f"{own.site.url}/desk/matters/{number.replace('-', '')}/moves/lend/")
    form = desk.locator(".doing form")
    lines = form.locator(".line")
    expect(lines).to_have_count(3)
    form.locator("[name='things-0-what']").select_option("chairs")
    form.locator("[name='things-0-back']").fill("2027-01-10")
    form.locator("[name='things-0-deposit']").fill("200.50")
    form.get_by_role("button", name="加一行").click()
    expect(form.locator(".line")).to_have_count(4)
    assert form.locator("[name='things-0-deposit']").input_value() == "200.50"
    expect(form.locator(".form-error")).to_have_count(0)
    form.locator("[name='things-3-what']").select_option("tent")
    form.get_by_role("button", name="借出").click()
    expect(form.locator(".form-error").first).to_contain_text("第4行")
    PICTURES.mkdir(parents=True, exist_ok=True)
    desk.screenshot(path=PICTURES / f"rows-{desk.viewport_size['width']}.png", full_page=True)  # type: ignore[index]
    form.locator("[name='things-3-back']").fill("2027-01-12")
    form.locator("[name='fee']").fill("500")
    form.get_by_role("button", name="借出").click()
    expect(desk.get_by_role("status")).to_contain_text("借出")
    kept = own.site.rows(
        "SELECT data -> 'answers' FROM ledger_step WHERE data ->> 'move' = 'lend' ORDER BY id DESC LIMIT 1"
    )
    assert kept[0][0] == {
        "things": [
            {"what": "chairs", "back": "2027-01-10", "deposit": 20_050},
            {"what": "tent", "back": "2027-01-12"},
        ],
        "fee": 50_000,
    }


def test_the_phone_of_a_grid_draws_its_form_and_sends_it_with_lines(
    own: Own, browser: Browser, complaints: list[str]
) -> None:
    number = own.opened("示例：借礼堂，手机上办。")
    with lane(browser, own.site, complaints, own.told["names"]["receiver"]) as phone:
        assert "lending" in phone.page.evaluate(
            "fetch('/field/today.json').then((one) => one.json()).then((one) => Object.keys(one.forms))"
        )
        phone.off()
        phone.go(f"matter/{number}/lend")
        lend(phone)
        phone.on()
        phone.all_sent()
    assert own.call("GET", f"/matters/{number}")[1]["state"] == "lent"


def lend(phone: Lane) -> None:
    """Fill in all that lending asks, and hand it in."""
    page = phone.page
    line = page.locator("[data-question='things'] [data-row]").first
    line.locator("[data-question='what'] input[value='chairs']").check(force=True)
    line.locator("[data-question='back'] input").fill("2027-01-10")
    line.locator("[data-question='deposit'] input").fill("200")
    page.locator("[data-question='fee'] input").last.fill("500.5")
    page.locator("[data-question='help'] input[value='open']").check(force=True)
    page.locator(".send button").click()
    phone.handed_in()


def test_of_a_step_that_somebody_else_made_first_every_answer_is_shown_and_none_is_lost(
    own: Own, browser: Browser, complaints: list[str]
) -> None:
    number = own.opened("示例：借礼堂，两台手机一起办。")
    with lane(browser, own.site, complaints, own.told["names"]["receiver"]) as phone:
        phone.off()
        phone.go(f"matter/{number}/lend")
        lend(phone)
        assert own.move(number, "refuse", note="示例：已借出。")[0] == 200
        phone.on()
        clash = phone.page.locator(".clash")
        expect(clash).to_be_visible(timeout=PATIENT)
        answers = ("东西：桌椅；归还日：2027-01-10；押金：200.00元", "场地费：500.50元", "要什么帮助：开门")
        for one in answers:
            expect(clash.locator("[data-slot='mine']")).to_contain_text(one)
        clash.get_by_role("button", name="就这样定").click()
        for one in answers:
            expect(phone.page.locator(".mine")).to_contain_text(one)
