"""Pages of errors: whoever is told "not now" is told when to come again, and nobody else is."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from gantang.faces import errors
from gantang.kit.errors import GantangError, NotFoundError, RefusedError, UnavailableError


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (UnavailableError("kit.key_busy", "同一个请求正在处理。"), True),
        (RefusedError(), False),
        (NotFoundError(), False),
    ],
)
@pytest.mark.parametrize("part", [False, True])
def test_only_what_cannot_be_done_now_says_when_to_come_again(error: GantangError, again: bool, part: bool):
    request = RequestFactory().post("/report/", {"words": "示例"})
    request.user = AnonymousUser()
    request.htmx = part  # type: ignore[attr-defined]  # a part of a page, as htmx asks for it
    answer = errors.page(request, error)
    assert answer.status_code == error.status
    assert answer.get("Retry-After", "").isdigit() is again
