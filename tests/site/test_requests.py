"""The log of requests: one line each with its id, no word of anybody, nothing of protected tips."""

import io
import json
import logging  # noqa: TID251  # what reaches the log's own handler is looked at
import re
from collections.abc import Callable
from ipaddress import ip_network
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from gantang.site import requests

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
