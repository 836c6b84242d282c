"""Documents at the doors: anybody verifies one, the reporter reads it, the desk corrects it."""

from typing import TYPE_CHECKING

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
