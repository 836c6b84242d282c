"""Where a webhook may go: public addresses over https, and what the allow-list names. Pure.

The name is resolved once and the connection goes to the very address that was looked at, so that a name
cannot change its meaning between the look and the call.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart."""

    secure: bool
    host: str
    port: int
    path: str


class AddressError(ValueError):
    """The address is none that a webhook may go to; the text is a code."""


def target(address: str) -> Target:
    """Take an address apart. Errors: AddressError."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise AddressError("webhook.address") from None
    plain = address.isascii() and address.isprintable() and " " not in address
    if not plain or parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise AddressError("webhook.address")
    secure = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(secure, parts.hostname, port or (443 if secure else 80), path)


def allowed(place: Target, found: Sequence[Address], hosts: Iterable[str]) -> Address:
    """The address to connect to: every one found must be public, or be named in the allow-list, as must the
    host of a plain http address. Errors: AddressError."""
    hosts = tuple(hosts)
    named = place.host in hosts
    if not found:
        raise AddressError("webhook.no_address")
    if not all(named or _in(one, hosts) or _public(one) for one in found):
        raise AddressError("webhook.private_address")
    if not place.secure and not (named or all(_in(one, hosts) for one in found)):
        raise AddressError("webhook.no_https")
    return found[0]


def _public(address: Address) -> bool:
    within = getattr(address, "ipv4_mapped", None) or address
    return within.is_global and not within.is_multicast


def _in(address: Address, hosts: Iterable[str]) -> bool:
    within = getattr(address, "ipv4_mapped", None) or address
    return any(within in network for host in hosts if (network := _network(host)) is not None)


def _network(host: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(host)
    except ValueError:
        return None


def parsed(found: Iterable[str]) -> list[Address]:
    """Addresses of a look-up."""
    return [ip_address(one.partition("%")[0]) for one in found]
