"""The ledger's keyed hashes."""

from uuid import UUID

from gantang.kit import crypto


def link_hash(before: bytes, spelled: bytes) -> bytes:
    """The hash of a new step, under the suite in force."""
    return crypto.mac("ledger chain", before, spelled)


def link_hash_like(stored: bytes, before: bytes, spelled: bytes) -> bytes:
    """The hash of a step under the suite that its stored hash names."""
    return crypto.mac("ledger chain", before, spelled, suite=crypto.suite_of(stored))


def head_seal(city: int, stream: UUID, count: int, last: bytes) -> bytes:
    """A seal over a head: whoever can write SQL but has no key cannot wind a head back to where it never
    stood."""
    return crypto.mac("ledger head", *_head(city, stream, count, last))


def head_holds(seal: bytes, city: int, stream: UUID, count: int, last: bytes) -> bool:
    """Whether a head's seal fits."""
    try:
        return crypto.same_mac(seal, "ledger head", *_head(city, stream, count, last))
    except crypto.SealError:
        return False


def _head(city: int, stream: UUID, count: int, last: bytes) -> tuple[bytes, ...]:
    return str(city).encode(), stream.bytes, str(count).encode(), last
