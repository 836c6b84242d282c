"""Files travel packed, byte for byte what they are; pages with somebody's words never do."""

import gzip

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
SHEET, PICTURE = "/static/faces/components.css", "/static/field/mark-192.png"
UNDERSTANDS = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}


def body(client: Client, path: str, **more: str) -> tuple[bytes, dict[str, str]]:
    answer = client.get(path, **more)  # type: ignore[arg-type]
    found = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return found, dict(answer.headers)


def test_a_file_is_the_same_packed_and_plain_and_a_fraction_on_its_way(client: Client):
    plain, bare = body(client, SHEET)
    for _turn in range(2):  # packed now, and kept from before
        packed, told = body(client, SHEET, **UNDERSTANDS)
        assert gzip.decompress(packed) == plain and len(packed) < len(plain) / 2
        assert (told["Content-Encoding"], told["Content-Length"]) == ("gzip", str(len(packed)))
        assert (told["ETag"], told["Content-Type"]) == (bare["ETag"], bare["Content-Type"])
    assert (
        "Content-Encoding" not in bare
        and "Accept-Encoding" in bare["Vary"]
        and "Accept-Encoding" in told["Vary"]
    )


def test_a_file_that_is_known_or_asked_for_in_part_or_a_picture_goes_as_it_is(client: Client):
    etag = client.get(SHEET)["ETag"]
    assert client.get(SHEET, HTTP_IF_NONE_MATCH=etag, **UNDERSTANDS).status_code == 304
    part = client.get(SHEET, HTTP_RANGE="bytes=0-99", **UNDERSTANDS)
    assert part.status_code == 206 and "Content-Encoding" not in part
    for answer in (client.get(PICTURE, **UNDERSTANDS), client.head(SHEET, **UNDERSTANDS)):
        assert "Content-Encoding" not in answer


@pytest.mark.parametrize("page", ["/", "/report/", "/track/", "/tip/", "/verify/", "/accounts/login/"])
def test_a_page_is_not_packed_so_that_its_length_tells_no_secret(client: Client, page: str):
    assert "Content-Encoding" not in client.get(page, **UNDERSTANDS)
