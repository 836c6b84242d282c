"""The signature scheme of Standard Webhooks (standardwebhooks.com, version 1). Pure.

The content signed is ``id.timestamp.body``; the header holds one ``v1,<base64>`` for each secret in force,
with blanks between, so that a receiver finds its own while a secret is being changed.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from uuid import UUID

PREFIX = "whsec_"


def secret_text(secret: bytes) -> str:
    """A secret as it is given to the receiver."""
    return PREFIX + base64.b64encode(secret).decode()


def secret_of(text: str) -> bytes:
    """The bytes of a secret as it is given."""
    return base64.b64decode(text.removeprefix(PREFIX))


def message_id(*, stream: UUID, kind: str, version: int) -> str:
    """The ``webhook-id``: the same over all tries, one for each (matter, kind, version)."""
    told = f"{stream}.{kind}.{version}".encode()
    return "msg_" + hashlib.sha256(told).hexdigest()[:32]


def headers(secrets: Iterable[bytes], *, identity: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers of a try; ``timestamp`` in whole seconds since 1970."""
    content = f"{identity}.{timestamp}.".encode() + body
    signed = (base64.b64encode(hmac.digest(secret, content, "sha256")).decode() for secret in secrets)
    return {
        "webhook-id": identity,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{one}" for one in signed),
    }
