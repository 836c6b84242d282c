"""Boxes that anybody can close and only one key opens, and keys that grow from what a person knows.

A pair is X25519; what is sealed to its public key is sealed under a key agreed with a pair made for that
one seal and forgotten, so that whoever sealed cannot open again. The seal itself follows the suite in force
(``crypto``); the agreement is X25519 in both suites, since the library has no SM2.
"""

import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gantang.kit import crypto

_PUBLIC = 32
_SALT = 16
#: What one guess of a passphrase costs: 64 MiB of memory, three passes (RFC 9106, second choice).
_MEMORY, _PASSES, _LANES = 64 * 1024, 3, 4

Pair = tuple[bytes, bytes]


def new_pair() -> Pair:
    """A new (private, public) pair, 32 bytes each."""
    made = X25519PrivateKey.generate()
    return made.private_bytes_raw(), made.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public key that belongs to a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal_to(public: bytes, plain: bytes, aad: bytes) -> bytes:
    """Close a box: 32 bytes of the passing pair's public key, then the seal."""
    passing, shown = new_pair()
    return shown + crypto.seal(_agreed(passing, public, shown + public), plain, aad)


def open_with(private: bytes, box: bytes, aad: bytes) -> bytes:
    """What ``seal_to`` closed. Errors: SealError."""
    shown, sealed = box[:_PUBLIC], box[_PUBLIC:]
    if len(shown) != _PUBLIC:
        raise crypto.SealError
    return crypto.unseal(_agreed(private, shown, shown + public_of(private)), sealed, aad)


def _agreed(private: bytes, public: bytes, both: bytes) -> bytes:
    try:
        secret = X25519PrivateKey.from_private_bytes(private).exchange(
            X25519PublicKey.from_public_bytes(public)
        )
    except ValueError:  # a point of small order, or no point at all
        raise crypto.SealError from None
    return HKDF(hashes.SHA256(), crypto.KEY, salt=both, info=b"gantang box").derive(secret)


def lock(passphrase: str, plain: bytes, aad: bytes) -> bytes:
    """Seal under a key grown from a passphrase and a key outside the database: salt, then the seal.

    The database alone cannot be tried against, and who has the key files too pays 64 MiB a guess.
    """
    salt = secrets.token_bytes(_SALT)
    return salt + crypto.seal(_grown(passphrase, salt), plain, aad)


def unlock(passphrase: str, locked: bytes, aad: bytes) -> bytes:
    """What ``lock`` sealed. Errors: SealError for another passphrase."""
    return crypto.unseal(_grown(passphrase, locked[:_SALT]), locked[_SALT:], aad)


def _grown(passphrase: str, salt: bytes) -> bytes:
    grown = Argon2id(
        salt=salt,
        length=crypto.KEY,
        iterations=_PASSES,
        lanes=_LANES,
        memory_cost=_MEMORY,
        secret=crypto.derive("passphrase", suite="intl"),
    )
    return grown.derive(passphrase.encode())
