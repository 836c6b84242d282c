"""The log of requests: one line each with its id, no word of anybody, nothing of protected tips."""

import io
import json
import logging  # noqa: TID251  # what reaches the log's own handler is looked at
import re
from collections.abc import Callable, Iterator
from ipaddress import ip_network
from typing import Any

import pytest
import structlog
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils.log import log_response
from PIL import Image

from gantang.files import service as files
from gantang.site import logs, requests

pytestmark = pytest.mark.django_db
Lines = Callable[[], list[dict[str, Any]]]
TIP = "/desk/sealed/00000000-0000-4000-8000-000000000000/"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Lines:
    """The lines about requests so far."""
    out = io.StringIO()
    ours = next(each for each in logging.getLogger().handlers if each.name == "stderr")
    monkeypatch.setattr(ours, "stream", out)
    monkeypatch.setattr(logging.getLogger(), "level", logging.INFO)

    def found() -> list[dict[str, Any]]:
        return [one for one in map(json.loads, out.getvalue().splitlines()) if one["event"] == "request"]

    return found


def test_a_request_is_one_line_with_its_id(lines: Lines):
    answer = Client().get("/report/")
    (line,) = lines()
    assert re.fullmatch(r"[0-9a-f]{16}", line["request"]) and answer["X-Request-ID"] == line["request"]
    assert (line["method"], line["route"], line["status"], line["level"]) == ("GET", "report/", 200, "info")
    assert line["ms"] > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", line["timestamp"])


def test_what_else_is_logged_in_a_request_has_its_id(lines: Lines, monkeypatch: pytest.MonkeyPatch):
    out = next(each for each in logging.getLogger().handlers if each.name == "stderr").stream  # type: ignore[attr-defined]

    def view(_request: object) -> HttpResponse:
        logging.getLogger("django.request").error("Internal Server Error")
        return HttpResponse(status=500)

    answer = requests.known(view)(RequestFactory().get("/"))
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert {one["request"] for one in told} == {answer["X-Request-ID"]} and len(told) == 2


@pytest.mark.parametrize("path", ["/t/{}", "/verify/{}", "/nothing/{}", "/?q={}"])
def test_no_code_word_or_number_of_an_address_is_in_the_line(path: str, lines: Lines):
    secret = "JW-J6EA-3K1K-0000"
    answer = Client().get(path.format(secret))
    (line,) = lines()
    assert secret not in json.dumps(line) and line["status"] == answer.status_code


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """Every line so far, whoever wrote it, at the finest level that can be set."""
    out = io.StringIO()
    ours = next(each for each in logging.getLogger().handlers if each.name == "stderr")
    monkeypatch.setattr(ours, "stream", out)
    told = logs._standard("DEBUG", [])
    levels = {"": told["root"]["level"], **{name: one["level"] for name, one in told["loggers"].items()}}
    before = {name: logging.getLogger(name or None).level for name in levels}
    for name, level in levels.items():
        logging.getLogger(name or None).setLevel(level)
    yield out.getvalue
    for name, level in before.items():
        logging.getLogger(name or None).setLevel(level)


SECRET = "JW-J6EA-3K1K-0000"
WRONG = [
    {"HTTP_HOST": f"{SECRET}.example.org"},
    {"HTTP_HOST": f"testserver/{SECRET}"},
    {"HTTP_ORIGIN": f"https://{SECRET}.example.org"},
    {"HTTP_REFERER": f"https://example.org/{SECRET}", "wsgi.url_scheme": "https"},
    {"HTTP_COOKIE": f"csrftoken={SECRET}"},
    {},
]


@pytest.mark.parametrize("heads", WRONG)
@pytest.mark.parametrize("path", ["/t/{}", "/verify/{}", "/nothing/{}"])
def test_what_the_library_tells_of_a_refused_request_quotes_none_of_it(
    path: str, heads: dict[str, str], whole: Callable[[], str]
):
    answer = Client(enforce_csrf_checks=True).post(path.format(SECRET), {"words": SECRET}, **heads)
    assert answer.status_code in (400, 403, 404)
    assert '"event": "request"' in whole() and SECRET not in whole()


@pytest.mark.parametrize("path", ["/tip/", TIP])
@pytest.mark.parametrize("heads", WRONG)
def test_of_a_refused_request_about_a_tip_there_is_no_line_either(
    path: str, heads: dict[str, str], whole: Callable[[], str]
):
    Client(enforce_csrf_checks=True).post(path, {"words": SECRET}, **heads)
    assert whole() == ""


def test_a_fault_is_told_with_its_address_as_it_is_declared(whole: Callable[[], str]):
    request = RequestFactory().get(f"/t/{SECRET}")
    request.resolver_match = resolve(f"/t/{SECRET}")
    log_response(
        "%s: %s", "Service Unavailable", request.path, response=HttpResponse(status=503), request=request
    )
    assert "503 t/<str:code>" in whole() and SECRET not in whole()


def test_a_photos_own_notes_are_in_no_log_even_at_the_finest_level(whole: Callable[[], str]):
    photo, tags = io.BytesIO(), Image.Exif()
    tags[0x013B] = SECRET  # artist
    Image.new("RGB", (8, 8)).save(photo, "JPEG", exif=tags)
    files.clean(photo.getvalue())
    structlog.get_logger("gantang.files").debug("ours")
    assert "ours" in whole() and SECRET not in whole()


def test_a_refusal_is_a_line_with_its_status(lines: Lines):
    Client().get("/api/v1/matters", headers={"Authorization": "Bearer gt_wrong"})
    assert [(one["route"], one["status"]) for one in lines()] == [("api/v1/matters", 401)]
    assert "gt_wrong" not in json.dumps(lines())


@pytest.mark.parametrize("path", ["/tip/", "/tip/receipt/", "/tip", "/desk/sealed/", TIP])
def test_of_protected_tips_there_is_no_line(path: str, lines: Lines):
    answer = Client().get(path)
    assert lines() == [] and answer["X-Request-ID"]


def test_nobody_writes_lines_into_the_log(lines: Lines):
    Client().get("/report/", headers={"X-Request-ID": 'x"}\n{"event":"made up"}'})
    assert len(lines()) == 1 and "made up" not in json.dumps(lines())


def test_the_id_of_a_trusted_proxy_is_kept_and_a_strangers_is_not(settings: Any):
    heads = {"X-Request-ID": "0123456789abcdef-proxy"}
    assert Client().get("/report/", headers=heads)["X-Request-ID"] != "0123456789abcdef-proxy"
    settings.GANTANG_TRUSTED_PROXIES = (ip_network("127.0.0.0/8"),)
    assert Client().get("/report/", headers=heads)["X-Request-ID"] == "0123456789abcdef-proxy"


def test_a_method_that_is_none_is_told_as_other(lines: Lines):
    requests.known(lambda _request: HttpResponse(status=405))(RequestFactory().generic("BREW", "/"))
    assert lines()[0]["method"] == "OTHER"
