"""The gist that somebody mends: guesses may be undone, numbers and the matter's people stay masked."""

from contextlib import suppress

from gantang.matters.models import Matter, Party
from gantang.matters.service.opening import LONGEST_GIST
from gantang.matters.service.people import known
from gantang.vault import service as vault
from gantang.vault.errors import ErasedError


def without_people(row: Matter, text: str) -> str:
    """The mended gist with numbers, plates, rooms and the people entered in the matter masked: it is listed,
    searched and exported, whoever wrote it. The act has named and locked the matter."""
    people = [one for party in _parties(row) for one in [_known(party)] if one]
    masked = vault.mask(
        text,
        names=[one["name"] for one in people if "name" in one],
        phones=[one["phone"] for one in people if "phone" in one],
        others=[one[field] for one in people for field in ("id_number", "email") if field in one],
        keep=[text],
    )
    return masked.text[:LONGEST_GIST]


def _parties(row: Matter) -> list[Party]:
    return list(Party.objects.filter(city=row.city, matter_id=row.id).order_by("no"))


def _known(party: Party) -> dict[str, str]:
    with suppress(ErasedError):
        return known(party)
    return {}
