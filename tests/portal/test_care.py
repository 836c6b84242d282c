"""What a resident wrote is lost on no page, and no machine fills what people wait for."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.test import Client

from gantang.kit import clock
from gantang.reception import service
from gantang.reception.models import Booking
from gantang.reception.types import NewNotice
from tests.doors.test_portal import reported
from tests.reception.booths import Place, open_place

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
WORDS = "示例：第三盏还是不亮。"
OURS = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def place(world: "World") -> Place:
    return open_place(world)


def test_a_form_of_ours_whose_page_expired_is_offered_again_as_it_was_sent(world: "World"):
    client = Client(enforce_csrf_checks=True)
    sent = {"words": WORDS, "token": "t", "csrfmiddlewaretoken": "x" * 64}
    answer = client.post("/report/", sent, **OURS)  # type: ignore[arg-type]
    page = answer.content.decode()
    assert answer.status_code == 403
    assert f'name="words" value="{WORDS}"' in page and 'action="/report/"' in page
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token != "x" * 64
    again = client.post("/report/", {**sent, "csrfmiddlewaretoken": token}, **OURS)  # type: ignore[arg-type]
    assert again.status_code == 422 and WORDS in again.content.decode()


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", None])
def test_what_a_page_of_somebody_elses_sent_is_never_offered_to_be_sent_on(origin: str | None):
    told = {"HTTP_ORIGIN": origin} if origin else {}
    answer = Client(enforce_csrf_checks=True).post("/report/", {"words": WORDS}, **told)  # type: ignore[arg-type]
    assert answer.status_code == 403 and WORDS not in answer.content.decode()


def test_a_code_that_was_sent_stands_on_no_page(world: "World"):
    sent = {"code": "QK-7M4R-2PXJ-ABCD"}
    answer = Client(enforce_csrf_checks=True).post("/track/", sent, **OURS)  # type: ignore[arg-type]
    assert answer.status_code == 403 and sent["code"] not in answer.content.decode()


@pytest.mark.parametrize("path", ["/track/say/", "/track/verify/", "/track/do/ask_reopen/"])
def test_what_was_written_on_a_visit_that_is_over_stands_on_the_page_that_asks_for_the_code(path: str):
    sent = {"words": WORDS, "kind": "say", "token": "t"}
    answer = Client().post(path, sent)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert WORDS in page and 'name="code"' in page and "还没有收下" in page


def test_the_story_tells_the_script_that_what_was_typed_has_arrived(world: "World"):
    client = Client()
    _number, code = reported(client, world)
    page = client.post("/track/", {"code": code}, follow=True).content.decode()
    assert 'data-care="say-' in page
    token = re.findall(r'name="token" value="([^"]+)"', page)[-1]
    answer = client.post("/track/say/", {"words": WORDS, "kind": "say", "token": token})
    assert answer["Location"] == "/track/#done"


def test_a_machine_that_books_at_once_is_asked_to_wait_and_takes_no_place(place: Place):
    address = f"/services/{place.centre}/book/advice/"
    page = Client().get(address).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token and 'data-bits="' in page
    sent = {"token": token[1], "found": "", "at": "2026-12-01T09:00:00+08:00", "name": "示例甲"}
    answer = Client().post(address, sent)
    assert answer.status_code == 422 and "交得太快了" in answer.content.decode()
    assert "示例甲" in answer.content.decode() and not Booking.objects.exists()


def test_a_machine_that_comments_at_once_is_asked_to_wait_and_loses_no_word(world: "World"):
    text, since = NewNotice("示例", "示例", "30 days"), clock.now() - timedelta(minutes=1)
    notice = service.publish_notice(actor=world.cast.admin, notice=text, now=since)
    address = f"/notices/{notice}/"
    token = re.search(r'name="token" value="([^"]+)"', Client().get(address).content.decode())
    assert token
    answer = Client().post(address, {"token": token[1], "found": "", "words": WORDS})
    assert answer.status_code == 422 and "交得太快了" in answer.content.decode()
    assert WORDS in answer.content.decode()
