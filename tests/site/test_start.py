"""The start's check, and what the site says while the database is away."""

import io
import json
import logging  # noqa: TID251  # what Django's own loggers do is tested here

import pytest
from django.core.handlers.exception import response_for_exception
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory

from gantang.kit import marks, roles
from gantang.kit.models import KeyMark
from gantang.site import middleware, start


def just_started() -> Client:
    """A browser at a site that has answered nobody yet."""
    found = Client()
    found.handler = type(found.handler)(False)
    return found


@pytest.mark.django_db(databases=["default", "owner"])
def test_nothing_is_served_as_a_role_that_owns_tables(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(roles, "APP", roles.OWNER)
    answer = just_started().get("/health")
    assert answer.status_code == 503
    assert answer.json()["code"] == "kit.role"
    assert "gantang migrate" in answer.json()["remedy"]


@pytest.mark.django_db
def test_nothing_is_served_with_the_keys_of_another_database(monkeypatch: pytest.MonkeyPatch):
    KeyMark.objects.get_or_create(
        name="root", defaults={"mark": b"of another key"}
    )  # or one is there already
    monkeypatch.setattr(marks.crypto, "fingerprint", lambda: b"of this key")
    answer = just_started().get("/health")
    assert answer.status_code == 503
    assert "root.key" in answer.json()["title"]


@pytest.mark.django_db
def test_the_check_is_made_once_and_only_when_it_passed(monkeypatch: pytest.MonkeyPatch):
    asked = []
    monkeypatch.setattr(start, "check", lambda: asked.append(1))
    answer = middleware.recovering(lambda request: HttpResponse())
    for _turn in range(3):
        assert answer(RequestFactory().get("/")).status_code == 200
    assert len(asked) == 1


@pytest.mark.parametrize("path", ["/", "/desk/", "/api/v1/matters"])
def test_a_database_that_is_away_is_told_as_recovering_and_not_as_a_fault(path: str):
    hook = middleware.recovering(lambda request: HttpResponse()).process_exception  # type: ignore[attr-defined]
    answer = hook(RequestFactory().get(path), OperationalError("server closed the connection"))
    assert answer.status_code == 503
    assert answer["Retry-After"] == "3"


def test_a_database_that_goes_away_before_the_view_is_told_the_same():
    try:
        raise OperationalError("server closed the connection")
    except OperationalError as error:
        answer = response_for_exception(RequestFactory().get("/health"), error)
    assert answer.status_code == 503
    assert json.loads(answer.content)["code"] == "site.recovering"


def test_an_exception_is_logged_without_its_text(monkeypatch: pytest.MonkeyPatch):
    """The text of a database's error may quote a row."""
    out = io.StringIO()
    ours = next(each for each in logging.getLogger().handlers if each.name == "stderr")
    monkeypatch.setattr(ours, "stream", out)
    try:
        raise ValueError("王小明 13800138000")
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: /desk/")
    line = json.loads(out.getvalue())
    assert line["error"] == "ValueError"
    assert "test_start.py" in line["at"][-1]
    assert "王小明" not in out.getvalue() and "138" not in out.getvalue()
