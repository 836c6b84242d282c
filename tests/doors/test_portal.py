"""The portal: without an account, once however often it is sent, and nothing for those without the code."""

import gzip
import io
import re
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from gantang.catalogue import service as catalogue
from gantang.kit import clock, keys
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters import service
from gantang.matters.models import Matter
from gantang.matters.service.wake import CLOCK
from gantang.portal import human, places, suggesting, throttle
from gantang.territory import service as territory
from tests.journeys import plant
from tests.matters.acting import row_of
from tests.reception.booths import open_place
from tests.stopped import stop

if TYPE_CHECKING:
    from tests.matters.acting import Course
    from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


def given(client: Client, world: "World", **more: str) -> dict[str, str]:
    """A filled-in report with the token of a fresh form."""
    token = re.search(r'name="token" value="([^"]+)"', client.get("/report/").content.decode())
    assert token
    ground = {f"at{digits}": world.grid[:digits] for digits in places.RUNGS}
    return {
        "token": token[1],
        "found": found(token[1]),
        "words": "村口路灯不亮有一个星期了。",
        "tell": "code",
        **ground,
        **more,
    }


def found(token: str) -> str:
    """What a browser finds for a form while somebody writes."""
    return next(str(n) for n in count() if human.is_found(token, str(n)))


def shown(page: str) -> tuple[str, str]:
    """The number and the code on a receipt."""
    number, code = re.search(r'<b class="code">([^<]+)', page), re.search(r'id="code">([^<]+)', page)
    assert number and code
    return number[1], code[1]


def reported(client: Client, world: "World") -> tuple[str, str]:
    return shown(client.post("/report/", given(client, world)).content.decode())


def test_report_gives_a_number_a_code_and_a_square_code(client: Client, world: "World"):
    page = client.post("/report/", given(client, world)).content.decode()
    number, code = shown(page)
    assert re.fullmatch(r"\w{3}-\w{3}-\w{3}", number)
    assert re.fullmatch(r"\w{2}-\w{4}-\w{4}-\w{4}", code)
    assert "<svg" in page and "qrline" in page


def test_the_same_form_sent_twice_is_one_matter(client: Client, world: "World"):
    form = given(client, world)
    assert shown(client.post("/report/", form).content.decode()) == shown(
        client.post("/report/", form).content.decode()
    )


def test_without_words_it_says_what_is_missing_and_keeps_the_rest(client: Client, world: "World"):
    answer = client.post("/report/", given(client, world, words="", place="小学东侧"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "还没有写出了什么事" in page
    assert "小学东侧" in page


def test_somewhere_must_be_named_but_words_are_enough(client: Client, world: "World"):
    nowhere = {f"at{digits}": "" for digits in places.RUNGS}
    assert "还不知道在哪里" in client.post("/report/", given(client, world, **nowhere)).content.decode()
    placed = client.post("/report/", given(client, world, **nowhere, place="老桥头"))
    assert "收到了" in placed.content.decode()


def test_whoever_wants_an_answer_leaves_a_way(client: Client, world: "World"):
    answer = client.post("/report/", given(client, world, tell="contact", name="王"))
    assert "请留手机号码或邮箱" in answer.content.decode()


def test_the_lists_go_down_without_script(client: Client, world: "World"):
    form = {**given(client, world), "at9": "", "at12": "", "at15": "", "step": "places"}
    page = client.post("/report/", form).content.decode()
    assert 'id="at9"' in page
    assert 'id="at12"' not in page
    assert "村口路灯不亮" in page


def test_a_point_finds_its_village(client: Client, world: "World"):
    lon, lat = world.point
    page = client.get("/report/places/", {"lon": f"{lon:.6f}", "lat": f"{lat:.6f}"}).content.decode()
    assert f'value="{world.grid}" selected' in page


def test_a_point_outside_or_exchanged_is_told(client: Client, world: "World"):
    assert "不在服务范围" in client.get("/report/places/", {"lon": "80.0", "lat": "30.0"}).content.decode()
    lon, lat = world.point
    assert (
        "写反了" in client.get("/report/places/", {"lon": f"{lat:.6f}", "lat": f"{lon:.6f}"}).content.decode()
    )


def test_the_code_shows_the_story_in_any_spelling(client: Client, world: "World"):
    number, code = reported(client, world)
    page = client.post(
        "/track/", {"code": f" {code.lower().replace('-', ' ')} "}, follow=True
    ).content.decode()
    assert number in page
    assert "收到了，正在定由哪个单位办。" in page


def test_the_code_leaves_the_address_at_once(client: Client, world: "World"):
    _number, code = reported(client, world)
    answer = client.get(f"/t/{code.replace('-', '')}")
    assert answer.status_code == 302
    assert answer["Location"] == "/track/"
    assert client.cookies["gantang_code"]["httponly"]


def test_wrong_codes_are_answered_alike(client: Client, world: "World"):
    _number, code = reported(client, world)
    unknown = client.post("/track/", {"code": _other(code)})
    broken = client.post("/track/", {"code": "J3-9FQ2"})
    assert unknown.status_code == broken.status_code == 404
    said = [re.sub(r"(?<= value=\")[^\"]*", "", each.content.decode()) for each in (unknown, broken)]
    assert said[0] == said[1]


def test_many_wrong_codes_bring_a_pause(client: Client, world: "World", monkeypatch: pytest.MonkeyPatch):
    stop(monkeypatch, throttle)
    wrong = keys.access_code(UUID(int=(7 << 76) | (2 << 62) | (3604 << 48) | 1), 0, 9)
    for _each in range(throttle.GUESSES.most):
        client.post("/track/", {"code": wrong})
    answer = client.post("/track/", {"code": wrong})
    assert answer.status_code == 429
    assert "试错的查询码太多了" in answer.content.decode()


def test_the_number_alone_opens_nothing(client: Client, world: "World"):
    number, _code = reported(client, world)
    assert client.post("/track/", {"code": number}).status_code == 404


def test_forgetting_closes_the_story(client: Client, world: "World"):
    _number, code = reported(client, world)
    client.post("/track/", {"code": code})
    client.post("/track/forget/")
    assert "输入回执上的查询码" in client.get("/track/").content.decode()


def test_a_message_reaches_the_story(client: Client, world: "World"):
    _number, code = reported(client, world)
    page = client.post("/track/", {"code": code}, follow=True).content.decode()
    token = re.findall(r'name="token" value="([^"]+)"', page)[-1]
    page = client.post(
        "/track/say/", {"words": "什么时候能修好？", "kind": "say", "token": token}, follow=True
    ).content.decode()
    assert "什么时候能修好？" in page


def test_a_reporter_may_withdraw(client: Client, world: "World"):
    _number, code = reported(client, world)
    client.post("/track/", {"code": code})
    page = client.get("/track/do/withdraw/").content.decode()
    token = re.findall(r'name="token" value="([^"]+)"', page)[-1]
    page = client.post("/track/do/withdraw/", {"token": token}, follow=True).content.decode()
    assert "已经撤回。" in page


def test_a_reporter_may_not_make_a_move_of_the_staff(client: Client, world: "World"):
    _number, code = reported(client, world)
    client.post("/track/", {"code": code})
    assert client.get("/track/do/accept/")["Location"] == "/track/"


def test_not_solved_asks_for_a_reason(client: Client, world: "World"):
    _number, code = reported(client, world)
    client.post("/track/", {"code": code})
    answer = client.post("/track/verify/", {"solved": "no", "reason": ""})
    assert answer.status_code == 422


def test_pages_carry_the_strict_policy(client: Client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_english_is_one_click_away(client: Client):
    client.post("/language/", {"language": "en", "next": "/"})
    try:
        assert "Report something" in client.get("/").content.decode()
    finally:
        translation.deactivate()  # the site's middleware leaves the language of the last request in force


def _other(code: str) -> str:
    """Another well-formed code of the same city."""
    from uuid import UUID

    from gantang.kit import keys

    return keys.access_code(UUID(int=(7 << 76) | (2 << 62) | (3604 << 48) | 1), 0, 9)


def test_the_story_shows_the_own_words_and_the_own_files(client: Client, world: "World"):
    form = given(client, world)
    photo = SimpleUploadedFile("photo.jpg", plant.photo(), "image/jpeg")
    _number, code = shown(client.post("/report/", {**form, "files": photo}).content.decode())
    page = client.post("/track/", {"code": code}, follow=True).content.decode()
    assert "村口路灯不亮有一个星期了。" in page
    (address,) = re.findall(r'href="(/track/files/[^"]+)"', page)
    answer = client.get(address)
    assert answer["Content-Type"] == "image/jpeg"
    assert b"Exif" in plant.photo() and b"Exif" not in b"".join(answer.streaming_content)
    assert Client().get(address).status_code == 302


def followed(client: Client, course: "Course") -> str:
    return client.post("/track/", {"code": course.receipt.access_code}, follow=True).content.decode()


def test_an_answer_stands_before_everything_else(client: Client, world: "World"):
    page = followed(client, plant.answered(world))
    assert page.index("桥头三盏路灯的控制箱进水短路") < page.index("问题解决了吗？") < page.index("每一步")


def test_lateness_is_not_hidden_from_the_reporter(client: Client, world: "World"):
    assert "已经超期。" in followed(client, plant.late(world))


def test_while_the_reporter_is_asked_the_page_says_that_no_time_runs(client: Client, world: "World"):
    page = followed(client, plant.paused(world))
    assert "等的时候不计时。" in page
    assert "请问是几栋几单元几楼？" in page


def test_steps_alike_in_a_row_are_told_once(client: Client, world: "World"):
    page = followed(client, plant.long(world))
    assert page.count("<h3>记录进展</h3>") == 1
    assert "一共26次" in page


def test_after_a_silence_it_is_said_that_somebody_checks(client: Client, world: "World"):
    course = plant.answered(world)
    due = row_of(course.id).due_at
    assert due is not None
    service.wake(now=due + timedelta(minutes=1))
    assert "已经答复，正在派人核验。" in followed(client, course)


def test_the_first_page_is_light(client: Client):
    page = client.get("/").content
    named = set(re.findall(r'(?:href|src)="/static/([^"#]+)', page.decode()))
    files = [Path(found) for name in named if (found := finders.find(name))]
    assert len(files) >= len(named) - 1  # the sprite of icons is built, and may not be yet
    assert sum(len(gzip.compress(one)) for one in (page, *(file.read_bytes() for file in files))) < 40_000


def test_only_what_people_report_is_offered_to_them(world: "World"):
    page = Client().get("/report/").content.decode()
    assert '<option value="facility">' in page and '<option value="dispute">' in page
    assert '<option value="decision">' not in page and '<option value="screening">' not in page


#: What a page of the portal may ask of the database, by its type. Most of it is the site's own: limits, catalogues.
QUERIES = {
    "/": 0, "/report/": 12, "/track/": 0, "/verify/": 0, "/tip/": 12, "/tip/receipt/": 0, "/services/": 10,
    "/services/{centre}/": 6, "/services/{centre}/book/advice/": 14, "/booking/": 0, "/notices/": 3,
    "/figures/": 3, "/fund/": 2, "/learn/verify/": 0,
}  # fmt: skip


@pytest.mark.parametrize("path", QUERIES)
def test_a_page_asks_little_of_the_database(client: Client, world: "World", path: str):
    most = QUERIES[path]
    path = path.format(centre=open_place(world).centre)
    client.get(path)  # what a process keeps is kept by then
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    assert len(asked) <= most, "\n".join(one["sql"][:120] for one in asked)


def test_a_story_asks_no_more_for_thirty_steps_than_for_three(client: Client, world: "World"):
    asked = []
    for course in (plant.answered(world), plant.long(world)):
        followed(client, course)
        with CaptureQueriesContext(connection) as made:
            client.get("/track/")
        asked.append(len(made))
    assert max(asked) <= 60 and asked[1] <= asked[0] + 10


def test_the_large_version_is_remembered_and_left(client: Client):
    assert client.post("/larger/", {"on": "yes", "next": "/track/"})["Location"] == "/track/"
    assert 'class="elderly"' in client.get("/report/").content.decode()
    client.post("/larger/", {"on": "no", "next": "https://elsewhere.example/"})
    assert 'class="elderly"' not in client.get("/report/").content.decode()


def calls(client: Client) -> list[str]:
    client.post("/larger/", {"on": "yes", "next": "/"})
    return re.findall(r'href="(tel:[^"]*)"', client.get("/").content.decode())


def test_the_large_version_offers_the_hotline_of_the_place(client: Client, world: "World"):
    assert calls(client) == ["tel:12345"]
    set_hotline(world, "0792-700 0000")
    assert calls(client) == ["tel:0792-7000000"]


@pytest.mark.parametrize("value", [None, "热线", "12345 javascript:"])
def test_without_a_hotline_that_can_be_called_none_is_offered(
    client: Client, world: "World", value: str | None
):
    set_hotline(world, value)
    assert calls(client) == [] and "打电话" not in client.get("/").content.decode()


def set_hotline(world: "World", value: str | None) -> None:
    now = clock.now()
    catalogue.set_slot(
        actor=world.cast.admin,
        code="hotline.number",
        value=value,
        source="示例文件",
        valid_from=now.date(),
        now=now,
    )


def test_the_large_version_leads_nowhere_else(client: Client):
    assert client.post("/larger/", {"on": "yes", "next": "https://elsewhere.example/"})["Location"] == "/"


def test_a_form_sent_at_once_without_the_number_is_asked_to_wait_and_keeps_its_words(
    client: Client, world: "World"
):
    answer = client.post("/report/", given(client, world, found=""))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "交得太快了" in page and "村口路灯不亮有一个星期了。" in page


def test_a_form_of_somebody_elses_making_gets_a_token_of_ours_and_keeps_its_words(
    client: Client, world: "World"
):
    answer = client.post("/report/", given(client, world, token="forged"))
    page = answer.content.decode()
    assert answer.status_code == 422 and "放得太久了" in page and "村口路灯不亮有一个星期了。" in page
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token and human.read(token[1])


def test_without_script_a_suggestion_is_taken_by_its_button(client: Client, world: "World"):
    form = {**given(client, world), "take": "facility.lighting"}
    page = client.post("/report/", form).content.decode()
    assert '<option value="facility.lighting" selected>' in page and "村口路灯不亮" in page


@pytest.mark.parametrize(
    ("chosen", "stood"),
    [("facility.lighting", "facility.lighting"), ("water", "facility.lighting"), ("", "")],
)
def test_what_was_suggested_stands_on_the_step_beside_what_was_chosen_without_a_word_of_the_report(
    client: Client, world: "World", chosen: str, stood: str
):
    words = "村口路灯不亮，打电话给王示例13800000000说的。"
    form = given(client, world, words=words, class_code=chosen, suggested=stood)
    number, _code = shown(client.post("/report/", form).content.decode())
    data = received(number)
    assert data["class"] == chosen
    assert data["suggested"] == {
        "class": "facility.lighting",
        "because": [suggesting.mark("路灯"), suggesting.mark("灯不亮")],
        "shown": bool(stood),
    }


def test_where_nothing_was_suggested_nothing_stands_on_the_step(client: Client, world: "World"):
    form = given(client, world, words="有件事想说", suggested="facility.lighting")
    number, _code = shown(client.post("/report/", form).content.decode())
    assert "suggested" not in received(number)


def received(number: str) -> dict[str, object]:
    """The data of the first step of a matter, as the ledger has it."""
    with reading(CLOCK):
        matter = Matter.objects.get(number=number.replace("-", ""))
    with reading(CLOCK, ids=[matter.id]):
        return dict(ledger.steps(matter.city, matter.id)[0].data)


def test_a_suggestion_is_said_to_be_one_and_tells_why(client: Client, world: "World"):
    page = client.post("/report/kind/", {"words": "村口路灯不亮"}).content.decode()
    assert "系统建议" in page and "“路灯”" in page and "可以不选" in page


def test_the_map_is_drawn_from_our_own_outlines_and_marks_the_point(client: Client, world: "World"):
    now = clock.now()
    assert list(territory.make_layers(on=now.date(), now=now))
    lon, lat = world.point
    page = client.get("/report/places/", {"lon": f"{lon:.6f}", "lat": f"{lat:.6f}"}).content.decode()
    assert f'data-code="{world.grid}" class="here"' in page and 'class="pin"' in page
    assert "http" not in page
    wide = client.get("/report/places/", {"at": world.county}).content.decode()
    assert f'data-code="{world.township}"' in wide


def test_without_a_map_the_lists_are_there_all_the_same(client: Client, world: "World"):
    page = client.get("/report/places/", {"at": world.county}).content.decode()
    assert '<svg class="map"' not in page and 'id="at9"' in page


def test_a_photo_is_added_by_its_own_or_with_a_sentence(client: Client, world: "World"):
    _number, code = reported(client, world)
    page = client.post("/track/", {"code": code}, follow=True).content.decode()
    for words in ("", "照片是今天拍的。"):
        token = re.findall(r'name="token" value="([^"]+)"', page)[-1]
        photo = SimpleUploadedFile("photo.jpg", plant.photo(), "image/jpeg")
        sent = {"words": words, "kind": "say", "token": token, "files": photo}
        page = client.post("/track/say/", sent, follow=True).content.decode()
    assert len(re.findall(r'href="/track/files/', page)) == 1, "the same picture is one file"
    assert "照片是今天拍的。" in page


def test_nothing_said_and_nothing_shown_is_told(client: Client, world: "World"):
    _number, code = reported(client, world)
    client.post("/track/", {"code": code})
    assert client.post("/track/say/", {"words": " ", "kind": "say"}).status_code == 422


def test_not_solved_may_be_shown_in_a_picture_and_goes_back(client: Client, world: "World"):
    page = followed(client, plant.answered(world))
    assert "您有权要求再看一次。" in page and "不会自动算您满意" in page
    before = page.count('href="/track/files/')
    token = re.findall(r'name="token" value="([^"]+)"', page)[0]
    photo = SimpleUploadedFile("photo.jpg", _another(), "image/jpeg")
    sent = {"solved": "no", "reason": "第三盏还是不亮。", "token": token, "files": photo}
    page = client.post("/track/verify/", sent, follow=True).content.decode()
    assert "您说没解决，正在定怎么重办。" in page
    assert page.count('href="/track/files/') == before + 1


def _another() -> bytes:
    """A picture that is not the one of the story."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (320, 240), (20, 20, 60)).save(buffer, "JPEG")
    return buffer.getvalue()


def test_a_question_is_answered_with_a_picture(client: Client, world: "World"):
    page = followed(client, plant.paused(world))
    token = re.findall(r'name="token" value="([^"]+)"', page)[0]
    sent = {"kind": "answer", "words": "是3栋2单元。", "token": token}
    photo = SimpleUploadedFile("photo.jpg", plant.photo(), "image/jpeg")
    page = client.post("/track/say/", {**sent, "files": photo}, follow=True).content.decode()
    assert "是3栋2单元。" in page and page.count('href="/track/files/') == 1
