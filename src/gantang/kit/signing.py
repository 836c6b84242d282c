"""Signatures that somebody outside can check with a public key alone.

The keys are files ``sign-<n>.key`` of mode 0600 beside the others, 32 bytes each; the highest number signs,
all of them verify. The signer is named in each signature: Ed25519 in both suites, since the library has no
SM2; an SM2 signer goes into ``_SIGNERS`` when there is one.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from gantang.kit import crypto

SIGNER = "ed25519"
_ID = 16


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed (16 hexadecimal digits of the public key's hash), by which scheme, and the 64 bytes."""

    signer: str
    key: str
    value: bytes


def sign(message: bytes) -> Signature:
    """Sign with the newest key, made on the first use. Errors: KeysError."""
    private = Ed25519PrivateKey.from_private_bytes(crypto.kept_key(f"sign-{max(_numbers(), default=1)}.key"))
    return Signature(SIGNER, key_id(private.public_key().public_bytes_raw()), private.sign(message))


def holds(message: bytes, signature: Signature) -> bool:
    """Whether one of our keys made this signature over this message."""
    public = public_keys().get(signature.key)
    check = _SIGNERS.get(signature.signer)
    return public is not None and check is not None and check(public, message, signature.value)


def public_keys() -> dict[str, bytes]:
    """Every public key by its id: what goes along with signed things that are kept elsewhere."""
    raw = (crypto.kept_key(f"sign-{number}.key") for number in _numbers())
    made = (Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw() for key in raw)
    return {key_id(public): public for public in made}


def add_key() -> str:
    """A further key, which signs from now on; its id."""
    number = max(_numbers(), default=0) + 1
    raw = crypto.kept_key(f"sign-{number}.key")
    return key_id(Ed25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw())


def key_id(public: bytes) -> str:
    """The short name of a public key."""
    return hashlib.sha256(public).hexdigest()[:_ID]


def _numbers() -> list[int]:
    names = (path.stem.removeprefix("sign-") for path in Path(settings.GANTANG_KEYS_DIR).glob("sign-*.key"))
    return [int(name) for name in names if name.isdecimal()]


def _ed25519(public: bytes, message: bytes, value: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(value, message)
    except (InvalidSignature, ValueError):
        return False
    return True


_SIGNERS: dict[str, Callable[[bytes, bytes, bytes], bool]] = {SIGNER: _ed25519}
