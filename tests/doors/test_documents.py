"""Documents at the doors: anybody verifies one, the reporter reads it, the desk corrects it."""

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.models import Bucket
from gantang.matters import queries
from gantang.matters.types import Contact
from gantang.portal import throttle
from tests.matters.acting import Course
from tests.matters.issuing import answered, papers_of
from tests.stopped import stop

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
NAME = "示例丙"


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def issued(world: "World") -> tuple[Course, Actor]:
    return answered(world, reporter=Contact(name=NAME, phone="13900007715"))


def signed_in(actor: Actor) -> Client:
    client = Client()
    account = get_user_model().objects.get(pk=actor.account)
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["post"] = actor.post
    session.save()
    return client


def test_the_page_of_a_square_code_tells_that_it_stands_and_nothing_of_anybody(
    issued: tuple[Course, Actor],
):
    course, handler = issued
    code = keys.document_code(course.id, "reply", 1)
    (one,) = papers_of(handler, course.id)
    page = Client().get(f"/verify/{code}").content.decode()
    assert "这份文书是真的，现在有效" in page and "答复意见书" in page and one.number in page
    assert NAME not in page and course.receipt.number not in page
    found = Client().post("/verify/", {"code": code.lower().replace("-", " ")})
    assert found.status_code == 302 and found["Location"] == f"/verify/{code}"


def test_a_file_is_checked_and_not_kept(issued: tuple[Course, Actor]):
    course, handler = issued
    code = keys.document_code(course.id, "reply", 1)
    (one,) = papers_of(handler, course.id)
    data = queries.document(handler, course.id, one.id, now=course.now).data
    for sent, said in ((data, "您选的文件就是这份文书"), (data + b" ", "您选的文件不是这份文书")):
        file = SimpleUploadedFile("a.pdf", sent, content_type="application/pdf")
        assert said in Client().post(f"/verify/{code}", {"file": file}).content.decode()


def test_guessing_codes_of_documents_is_braked(issued: tuple[Course, Actor], monkeypatch: pytest.MonkeyPatch):
    stop(monkeypatch, throttle)
    Bucket.objects.all().delete()  # what others guessed before counts for the address, too
    wrong = keys.document_code(issued[0].id, "reply", 99)
    client = Client()
    answers = [client.get(f"/verify/{wrong}").status_code for _ in range(31)]
    assert answers == [404] * 30 + [429]


def test_guesses_at_documents_shut_nobody_out_of_a_matter_nor_the_other_way(
    issued: tuple[Course, Actor], monkeypatch: pytest.MonkeyPatch
):
    stop(monkeypatch, throttle)
    course, _handler = issued
    code, wrong = keys.document_code(course.id, "reply", 1), keys.document_code(course.id, "reply", 99)
    for _ in range(31):
        Client().get(f"/verify/{wrong}")
    paused = Client().get(f"/verify/{code}")
    assert (
        paused.status_code == 429
        and "请10分钟后再试；急用的，请打电话或到窗口问。" in paused.content.decode()
    )
    assert Client().post("/track/", {"code": course.receipt.access_code}).status_code == 302
    Bucket.objects.all().delete()
    for _ in range(31):
        Client().post(
            "/track/", {"code": keys.access_code(UUID(int=(7 << 76) | (2 << 62) | (3604 << 48) | 1), 0, 9)}
        )
    assert Client().get(f"/verify/{code}").status_code == 200


@pytest.mark.parametrize("path", ["/verify/", "/track/", "/booking/", "/learn/verify/"])
def test_an_empty_code_is_no_guess_and_is_said_to_be_empty(path: str):
    answer = Client().post(path, {"code": " "})
    assert answer.status_code == 422 and "还没有填。" in answer.content.decode()


def test_the_desk_corrects_a_document_and_the_old_page_says_so(issued: tuple[Course, Actor]):
    course, handler = issued
    client, place = signed_in(handler), f"/desk/matters/{course.receipt.number}/"
    assert "答复意见书" in client.get(place).content.decode()
    form = client.get(f"{place}documents/reply/correct/").content.decode()
    assert 'name="reply"' in form and 'name="reason"' in form
    refused = client.post(f"{place}documents/reply/correct/", {"reply": "三盏都修好了。", "key": "k1"})
    assert refused.status_code == 422, "a correction says why"
    given = {"reply": "三盏都修好了。", "reason": "漏写了盏数", "key": "k2"}
    assert client.post(f"{place}documents/reply/correct/", given).status_code == 302
    page = Client().get(f"/verify/{keys.document_code(course.id, 'reply', 1)}").content.decode()
    assert "已由新版代替" in page
    assert "第2版" in client.get(place).content.decode()
