"""Behind proxies: the visitor's own address, from the right, by the word of trusted proxies alone."""

from ipaddress import ip_network

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from gantang.site.proxies import behind, client_of, said

TRUSTED = tuple(ip_network(one) for one in ("10.0.0.0/8", "fd00::/8"))


@pytest.mark.parametrize(
    ("remote", "hops", "client"),
    [
        ("10.0.0.1", ["198.51.100.9"], "198.51.100.9"),
        ("10.0.0.1", ["203.0.113.1", "198.51.100.9"], "198.51.100.9"),  # what the visitor made up
        ("10.0.0.1", ["203.0.113.1", "198.51.100.9", "10.2.2.2"], "198.51.100.9"),  # two proxies of ours
        ("10.0.0.1", ["10.9.9.9"], "10.9.9.9"),  # somebody inside
        ("198.51.100.9", ["203.0.113.1"], "198.51.100.9"),  # no proxy of ours
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["unknown"], "10.0.0.1"),
        ("10.0.0.1", ["203.0.113.1", "_hidden", "10.2.2.2"], "10.2.2.2"),
        ("10.0.0.1", ["198.51.100.9:4711"], "198.51.100.9"),
        ("10.0.0.1", ["[2001:db8::7]:4711"], "2001:db8::7"),
        ("fd00::1", ["2001:db8::7"], "2001:db8::7"),
        ("::ffff:10.0.0.1", ["::ffff:198.51.100.9"], "198.51.100.9"),
    ],
)
def test_the_first_stranger_from_the_right_is_who_asks(remote: str, hops: list[str], client: str):
    assert client_of(remote, hops, TRUSTED) == client


def test_the_header_forwarded_is_read_as_its_standard_says():
    meta = {"HTTP_FORWARDED": 'for=203.0.113.1, For="[2001:db8:cafe::17]:4711";proto=HTTPS;by="a,b;c"'}
    assert said(meta, "forwarded") == (["203.0.113.1", "[2001:db8:cafe::17]:4711"], "https")


def asked(remote: str, header: str = "x-forwarded-for", **heads: str) -> HttpRequest:
    seen: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    from django.test import override_settings

    with override_settings(GANTANG_TRUSTED_PROXIES=TRUSTED, GANTANG_PROXY_HEADER=header):
        behind(view)(RequestFactory().get("/", REMOTE_ADDR=remote, headers=heads))
    return seen[0]


def test_a_trusted_proxy_tells_address_and_scheme():
    request = asked("10.0.0.1", **{"X-Forwarded-For": "198.51.100.9", "X-Forwarded-Proto": "https"})
    assert (request.META["REMOTE_ADDR"], request.is_secure()) == ("198.51.100.9", True)


def test_a_stranger_tells_nothing_and_what_was_said_is_dropped():
    request = asked("198.51.100.9", **{"X-Forwarded-For": "10.0.0.1", "X-Forwarded-Proto": "https"})
    assert (request.META["REMOTE_ADDR"], request.is_secure()) == ("198.51.100.9", False)
    assert not {"HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"} & set(request.META)


def test_the_header_that_the_proxies_do_not_write_is_not_read():
    request = asked("10.0.0.1", **{"Forwarded": "for=203.0.113.1", "X-Forwarded-For": "198.51.100.9"})
    assert request.META["REMOTE_ADDR"] == "198.51.100.9"
    request = asked(
        "10.0.0.1", "forwarded", **{"Forwarded": "for=203.0.113.1", "X-Forwarded-For": "198.51.100.9"}
    )
    assert request.META["REMOTE_ADDR"] == "203.0.113.1"


def test_a_host_said_by_anybody_is_never_taken():
    request = asked("10.0.0.1", **{"X-Forwarded-Host": "evil.example"})
    assert request.get_host() == "testserver"
