"""Who really asks, where a proxy stands in front: its word is taken from proxies that are trusted, from the
right, and from nobody else."""

import re
from collections.abc import Callable, Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Networks = Sequence[IPv4Network | IPv6Network]
Handler = Callable[[HttpRequest], HttpResponse]

#: One element of `Forwarded` (RFC 7239 §4), and one pair in it; both may be quoted.
_ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
_PAIR = re.compile(r'\s*([!#$%&\'*+.^_`|~\w-]+)=("(?:[^"\\]|\\.)*"|[^;"]*)\s*(?:;|$)')
_PORT = re.compile(r"^(?:\[(?P<six>[^\]]+)\]|(?P<four>[\d.]+))(?::\d+)?$")
_SAID = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED", "HTTP_X_REQUEST_ID")


def behind(get_response: Handler) -> Handler:
    """Put the visitor's own address and scheme in place of the proxy's; what strangers say of them is
    dropped."""

    def answer(request: HttpRequest) -> HttpResponse:
        _settle(request.META, settings.GANTANG_TRUSTED_PROXIES, settings.GANTANG_PROXY_HEADER)
        return get_response(request)

    return answer


def _settle(meta: dict[str, str], trusted: Networks, header: str) -> None:
    remote = meta.get("REMOTE_ADDR", "")
    if is_trusted(remote, trusted):
        hops, scheme = said(meta, header)
        meta["REMOTE_ADDR"] = client_of(remote, hops, trusted)
        if scheme in ("http", "https"):
            meta["wsgi.url_scheme"] = scheme
    else:
        for name in _SAID:
            meta.pop(name, None)


def said(meta: dict[str, str], header: str) -> tuple[list[str], str]:
    """(the hops in the order they were passed, the scheme that the last proxy was asked by)."""
    if header == "forwarded":
        elements = [_pairs(one) for one in _ELEMENT.findall(meta.get("HTTP_FORWARDED", ""))]
        last = elements[-1].get("proto", "") if elements else ""
        return [one.get("for", "") for one in elements], last.lower()
    hops = [one.strip() for one in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return hops, meta.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower()


def client_of(remote: str, hops: Sequence[str], trusted: Networks) -> str:
    """The first address from the right that is no trusted proxy. A hop that is no address ends the way: the
    proxy that passed it on is then who asks."""
    at = remote
    for hop in reversed(hops):
        if not is_trusted(at, trusted) or not (found := address_in(hop)):
            break
        at = found
    return at


def is_trusted(address: str, trusted: Networks) -> bool:
    """Whether the address is that of a proxy of ours."""
    plain = address_in(address)
    return bool(plain) and any(ip_address(plain) in network for network in trusted)


def address_in(hop: str) -> str:
    """The address in a hop, without port and brackets, an IPv4 address in IPv6 clothes as itself; else ""."""
    found = _PORT.match(hop)
    text = (found["six"] or found["four"]) if found else hop
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def _pairs(element: str) -> dict[str, str]:
    return {name.lower(): value.strip().strip('"') for name, value in _PAIR.findall(element)}
