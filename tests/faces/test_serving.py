"""What people attached is handed out in ranges, and never so that it could run."""

from typing import Any

import pytest
from django.test import RequestFactory

from gantang.faces.serving import POLICY, served
from gantang.kit.pieces import Whole

DATA = bytes(range(256)) * 4


def _served(media: str = "video/mp4", *, method: str = "get", **given: Any) -> Any:
    heads = {f"HTTP_{name.upper()}": value for name, value in given.items()}
    request = getattr(RequestFactory(), method)("/", **heads)
    return served(request, Whole(DATA), media=media, name="QK7-1")


def _body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=1000-", 1000, 1023), ("bytes=-24", 1000, 1023), ("bytes=5-99999", 5, 1023)],
)
def test_one_range_is_given_as_asked(asked: str, first: int, last: int) -> None:
    answer = _served(range=asked)
    assert answer.status_code == 206 and _body(answer) == DATA[first : last + 1]
    assert answer["Content-Range"] == f"bytes {first}-{last}/1024"
    assert answer["Content-Length"] == str(last + 1 - first)


@pytest.mark.parametrize(
    "asked", ["", "bytes=", "bytes=-", "bytes=9-3", "bytes=0-1,5-6", "lines=0-3", "bytes=a-b"]
)
def test_what_is_no_range_gets_the_whole(asked: str) -> None:
    answer = _served(range=asked)
    assert (answer.status_code, _body(answer), answer["Accept-Ranges"]) == (200, DATA, "bytes")


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=-0", "bytes=5000-6000"])
def test_a_range_beyond_the_end_is_told(asked: str) -> None:
    answer = _served(range=asked)
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */1024")


def test_the_head_tells_the_size_and_reads_nothing() -> None:
    answer = _served(method="head")
    assert answer["Content-Length"] == "1024" and _body(answer) == b""


@pytest.mark.parametrize(
    ("media", "place", "said"),
    [
        ("image/png", "inline", "image/png"),
        ("video/mp4", "inline", "video/mp4"),
        ("application/pdf", "attachment", "application/pdf"),
        ("text/html", "attachment", "application/octet-stream"),
        ("image/svg+xml", "attachment", "application/octet-stream"),
    ],
)
def test_only_pictures_and_recordings_are_shown_and_nothing_runs(media: str, place: str, said: str) -> None:
    answer = _served(media)
    assert answer["Content-Type"] == said
    assert answer["Content-Disposition"].startswith(f'{place}; filename="QK7-1.')
    assert answer["Content-Security-Policy"] == POLICY and "sandbox" in POLICY
    assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]
