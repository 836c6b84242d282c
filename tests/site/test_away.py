"""While the database is away nothing typed is lost: the page that says so holds it, ready to be sent again."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from gantang.site import views

SENT = {"token": "t-1", "words": '路灯 "不亮" <b>', "csrfmiddlewaretoken": "c", "files": ["a", "b"]}


def away(**sent: object) -> HttpResponse:
    make = RequestFactory()
    request = make.post("/report/?from=qr", sent) if sent else make.get("/report/?from=qr")
    return views.away(request)


def fields(answer: HttpResponse) -> list[tuple[str, str]]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', answer.content.decode())
    return [(name, _plain(value)) for name, value in found]


def _plain(value: str) -> str:
    return value.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">")


def test_form_that_was_sent_stands_on_the_page_as_it_was() -> None:
    answer = away(**SENT)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "3", "no-store")
    assert dict(fields(answer)) | {"files": ["a", "b"]} == SENT
    assert [value for name, value in fields(answer) if name == "files"] == ["a", "b"]
    page = answer.content.decode()
    assert 'action="/report/?from=qr"' in page and "再次提交" in page and "照片没有带上" not in page


def test_page_that_was_asked_for_opens_by_itself_and_one_that_was_sent_waits_for_the_sender() -> None:
    asked, sent = away().content.decode(), away(**SENT).content.decode()
    assert "again.js" in asked and 'href="/report/?from=qr"' in asked and "<form" not in asked
    assert "again.js" not in sent


@pytest.mark.parametrize("name", ["password", "code", "login"])
def test_secret_is_written_on_no_page(name: str) -> None:
    answer = away(**{name: "geheim-17", "next": "/desk/"})
    assert fields(answer) == []
    assert "geheim-17" not in answer.content.decode()


def test_photo_that_cannot_be_kept_is_told() -> None:
    page = away(**SENT, photo=SimpleUploadedFile("a.png", b"1")).content.decode()
    assert "照片没有带上" in page and 'name="photo"' not in page


def test_address_of_another_site_is_not_led_to() -> None:
    request = RequestFactory().get("/x")
    request.path = "//elsewhere.example/x"
    assert 'href="//' not in views.away(request).content.decode().replace('href="/"', "")
