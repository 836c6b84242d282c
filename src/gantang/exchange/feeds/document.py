"""A feed as JSON: one document that is always whole. Whoever takes a newer edition drops the older one, and
everything at ``expires_at``: a withdrawal that was missed so dies by itself."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from gantang.engine import Field, Words
from gantang.kit import signing
from gantang.kit.canonical import canonical, moment
from gantang.matters.types import Stated, StatedItem

#: What is unchanged is told as unchanged for this part of its term at most, so that a kept copy stays fresh.
_PARTS = 24


def etag(name: str, stated: Stated, *, now: datetime) -> str:
    """The mark of the set: other content, or a time gone by, gives another."""
    slot = int(now.timestamp() // max(60, stated.expires.total_seconds() / _PARTS))
    return sha256(canonical([name, slot, _content(stated)])).hexdigest()[:32]


def document(name: str, stated: Stated, *, now: datetime) -> bytes:
    """The document, signed: the signature is over its canonical JSON without the part ``signature``."""
    told = {
        "feed": name,
        "title": _words(stated.procedure.title),
        "edition": int(now.timestamp() * 1000),
        "made_at": moment(now),
        "expires_at": moment(now + stated.expires),
        **_content(stated),
    }
    return canonical({**told, "signature": _signature(canonical(told))})


def _signature(message: bytes) -> dict[str, str]:
    made = signing.sign(message)
    public = signing.public_keys()[made.key]
    return {"signer": made.signer, "key": made.key, "public": public.hex(), "value": made.value.hex()}


def _content(stated: Stated) -> dict[str, Any]:
    procedure, feed = stated.procedure, stated.procedure.feed
    named = feed.fields if feed is not None else ()
    states = {one.state for one in stated.items} & procedure.states.keys()
    return {
        "fields": {name: _field(procedure.fields[name]) for name in named},
        "states": {name: _words(procedure.states[name].title) for name in sorted(states)},
        "items": [_item(one) for one in stated.items],
    }


def _item(one: StatedItem) -> dict[str, Any]:
    until = None if one.until is None else moment(one.until)
    return {**one.fields, "state": one.state, "since": moment(one.since), "until": until}


def _field(field: Field) -> dict[str, Any]:
    options = {option.code: _words(option.words) for option in field.options}
    return {"title": _words(field.title), **({"options": options} if options else {})}


def _words(words: Words) -> Mapping[str, str]:
    return {"zh-Hans": words.zh, "en": words.en}
