"""Every answer of every address carries the rules for browsers, also refusals and faults."""

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from django.core.handlers.exception import response_for_exception
from django.http import HttpResponse
from django.test import Client, RequestFactory

from gantang.site import guarding
from tests.doors.table import TABLE, Row
from tests.doors.test_desk import desk_of
from tests.doors.test_permissions import Place, client_of, send

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.usefixtures("undone")
NOBODY = "00000000-0000-4000-8000-000000000000"
POLICY = {
    "default-src": ["'self'"],
    "connect-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
#: What people attached runs nothing and has no origin of its own.
FILE = {
    "default-src": ["'none'"],
    "img-src": ["'self'"],
    "media-src": ["'self'"],
    "frame-ancestors": ["'none'"],
    "sandbox": [],
}
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def world(undone: "World") -> "World":
    return undone


def guarded(answer: HttpResponse) -> None:
    """The page policy without any hole, the other rules, and a kind and letters that are said."""
    said = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert {name: values.split() for name, values in said.items()} in (POLICY, FILE)
    assert answer["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert {name: answer[name] for name in FIXED} == FIXED
    is_field = answer.wsgi_request.path_info.startswith("/field/")  # type: ignore[attr-defined]
    assert answer["Permissions-Policy"] == (guarding.PERMISSIONS_THERE if is_field else guarding.PERMISSIONS)
    assert "Access-Control-Allow-Origin" not in answer
    assert "Set-Cookie" not in answer.headers
    for cookie in answer.cookies.values():
        assert cookie["samesite"] in ("Lax", "Strict"), cookie.key
        is_gone = not cookie.value
        assert cookie["httponly"] or cookie.key == "csrftoken" or is_gone, cookie.key
    kind = answer.headers.get("Content-Type", "")
    assert not kind.startswith("text/") or "charset=utf-8" in kind.lower().replace(chr(34), ""), kind


@pytest.mark.slow
@pytest.mark.parametrize("row", TABLE, ids=str)
@pytest.mark.parametrize("name", ["receiver", pytest.param("admin", marks=pytest.mark.slow), ""])
def test_every_answer_carries_the_rules_whoever_asks(row: Row, name: str, world: "World", nowhere: Place):
    client, token = client_of(world, row, name)
    answer = send(row, nowhere, client, token=token)
    guarded(answer)
    if re.match(r"/(desk|field|api|accounts)/", answer.wsgi_request.path_info):  # type: ignore[attr-defined]
        is_public_data = answer.status_code in (200, 304) and row.need == "public"
        is_drawing = row.path.endswith("/drawing.svg")  # of a procedure: nobody's data
        kept = answer["Cache-Control"]
        assert "no-store" in kept or "no-cache" in kept or is_public_data or is_drawing


@pytest.mark.slow
@pytest.mark.parametrize("row", [one for one in TABLE if one.method == "GET"][:40], ids=str)
def test_what_a_sight_opens_carries_them_too(row: Row, world: "World", there: Place):
    client, token = client_of(world, row, "receiver")
    guarded(send(row, there, client, token=token, code=there.code))


@pytest.mark.parametrize("path", ["/nothing", "/static/nothing.css", "/accounts/nothing/", "/health"])
def test_errors_and_what_is_no_page_carry_them(path: str):
    guarded(Client().get(path))


def test_a_stylesheet_carries_them():
    guarded(Client().get("/static/faces/base.css"))


def test_a_host_that_is_not_ours_is_refused_with_them():
    answer = Client(raise_request_exception=False).get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    guarded(answer)


def test_a_fault_of_ours_carries_them_and_shows_nothing_of_itself(
    settings: object, monkeypatch: pytest.MonkeyPatch
):
    from gantang.portal.views import home

    def broken(*_args: object, **_more: object) -> HttpResponse:
        raise RuntimeError("a sentence of the inside")

    monkeypatch.setattr(home, "render", broken)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    guarded(answer)
    assert (
        "a sentence of the inside" not in answer.content.decode()
        and "Traceback" not in answer.content.decode()
    )


def test_a_pause_says_how_long():
    answer = guarding.guarding(lambda _request: HttpResponse(status=429))(RequestFactory().get("/"))
    assert int(answer["Retry-After"]) > 0


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "CONNECT"])
def test_methods_that_no_address_knows_give_nothing_back(method: str):
    answer = Client().generic(method, "/report/", headers={"X-Echo": "echoed back"})
    assert answer.status_code == 405
    assert b"echoed back" not in answer.content
    guarded(answer)


def test_no_page_is_written_without_its_mark_against_forgery(world: "World"):
    client = Client(enforce_csrf_checks=True)
    rows = [one for one in TABLE if one.method == "POST" and not one.is_api and one.path.startswith("/desk/")]
    assert len(rows) > 30
    from django.contrib.auth import get_user_model

    account = get_user_model().objects.get(pk=world.account_of("admin"))
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    place = Place("QK7M4R2PX", "QK7M4R2PX", NOBODY, NOBODY, NOBODY, "x")
    answers = {str(row): send(row, place, client) for row in rows}
    assert {name for name, answer in answers.items() if answer.status_code != 403} == set()
    guarded(next(iter(answers.values())))


def _settings_of(**env: str) -> str:
    """What the settings become under other options: asked of a process of its own."""
    code = """
import os, django
from django.conf import settings as s
django.setup()
from gantang.desk.views.sealed import cookie_name
from gantang.identity.adapter import device_cookie
from gantang.portal import held, visitor
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME, device_cookie(), held.MATTER.name, held.BOOKING.name,
      visitor.name(), cookie_name(), s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.DEBUG)
from gantang.site.guarding import headers
print(headers("/").get("Strict-Transport-Security"))
"""
    import os

    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **env}, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.slow
def test_with_https_cookies_are_bound_to_the_host_and_browsers_come_back_by_tls_alone():
    names, sts = _settings_of(GANTANG_SITE_URL="https://example.org").splitlines()
    assert names.split()[:7] == [
        "__Host-sessionid", "__Host-csrftoken", "__Host-language",
        "__Host-device", "__Host-gantang_code", "__Host-gantang_booking", "__Host-gantang_known",
    ]  # fmt: skip
    assert names.split()[7:] == ["__Secure-gantang_seal", "True", "True", "False"]
    assert sts == "max-age=31536000; includeSubDomains"


@pytest.mark.slow
def test_without_https_nothing_is_promised():
    names, sts = _settings_of(GANTANG_SITE_URL="http://example.org").splitlines()
    assert names.split()[0] == "sessionid" and sts == "None"


def test_a_fault_before_the_outermost_has_the_rules_of_the_site():
    answer = guarding.guarding(lambda request: response_for_exception(request, RuntimeError()))(
        RequestFactory().get("/api/v1/x")
    )
    assert answer.status_code == 500 and answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("signed_in", [True, False])
def test_no_account_takes_a_mail_address_and_no_password_is_sent_to_one(world: "World", signed_in: bool):
    """Whoever finds a desk unlocked could name an address of their own and have the password set anew by it."""
    client = desk_of(world, "receiver") if signed_in else Client()
    told = {"action_add": "", "email": "eve@example.org"}
    for path in (
        "email/",
        "signup/",
        "password/reset/",
        "password/set/",
        "confirm-email/",
        "login/code/confirm/",
    ):
        assert client.get(f"/accounts/{path}").status_code == 404, path
        assert client.post(f"/accounts/{path}", told).status_code == 404, path
    assert not EmailAddress.objects.exists()
