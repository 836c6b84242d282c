"""Sessions and signatures as they stand in the database, in the words of ``rules.talks``; for the rebuild."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from gantang.matters.models import Session, Signature
from gantang.matters.rules.talks import Talks

_SESSION = (
    "sequence", "state", "reason", "changed_at", "way", "starts_at", "ends_at", "unit", "post", "room_unit",
    "room", "people",
)  # fmt: skip
_SIGNATURE = ("way", "signed_at", "unit", "post", "witness_unit", "witness_post", "witnessed_at")


def add_talks(city: int, ids: Sequence[UUID], found: Mapping[UUID, Talks]) -> None:
    """Put the rows of the named matters into ``found``."""
    for session in Session.objects.filter(city=city, matter_id__in=ids):
        said = {name: getattr(session, name) for name in _SESSION}
        found[session.matter_id].sessions[str(session.no)] = said
    for one in Signature.objects.filter(city=city, matter_id__in=ids):
        signed: dict[str, Any] = {name: getattr(one, name) for name in _SIGNATURE}
        signed |= {name: _text(getattr(one, name)) for name in ("entry", "attachment")}
        found[one.matter_id].signatures[f"{one.document}.{one.signer}"] = signed


def _text(one: UUID | None) -> str | None:
    return None if one is None else str(one)
