"""The reporter and the parties of a matter: entered in the vault, each with an access code of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.kit import keys
from gantang.kit.rows import fresh
from gantang.kit.work import Work
from gantang.matters.models import AccessCode, Party
from gantang.matters.types import Contact
from gantang.vault import service as vault

REPORTER = 0
PURPOSE = "contact"


@dataclass(frozen=True, slots=True)
class Entering:
    """A person about to be entered. ``by_hand``: the code is shown on the spot; else it may only leave by
    mail, and does so unless nobody is ``told``."""

    no: int
    role: str
    contact: Contact | None
    by_hand: bool
    told: bool = True
    side: int = 2
    minor: bool = False

    @property
    def mail(self) -> bool:
        return bool(self.contact and self.contact.email)

    @property
    def has_code(self) -> bool:
        """Whoever stood for the reporter never learns the code (data layer 1.6)."""
        return self.by_hand or (self.mail and self.told)


def entering(
    reporter: Contact | None, parties: Sequence[Contact], *, on_behalf: bool, coded: bool, told: bool = True
) -> list[Entering]:
    """Everybody a report names, the reporter first, named or not."""
    first = Entering(REPORTER, "reporter", reporter, by_hand=coded and not on_behalf, told=told, side=1)
    rest = [Entering(no, "party", one, by_hand=False, told=told) for no, one in enumerate(parties, start=1)]
    return [first, *rest]


@dataclass(frozen=True, slots=True)
class Entered:
    """A person's row before its matter is written, and what the step says of it."""

    row: Party
    data: dict[str, Any]


def enter(
    w: Work,
    city: int,
    matter: UUID,
    who: Entering,
    now: datetime,
    *,
    is_new: bool = True,
    purpose: str = PURPOSE,
) -> Entered:
    """Put a person away; ``is_new`` where the matter begins with it. Errors: the vault's."""
    known = who.contact.known() if who.contact else {}
    data: dict[str, Any] = {"no": who.no, "role": who.role, "has_code": who.has_code}
    if who.role == "party":
        data |= {"side": who.side, "minor": who.minor}
    entry = None
    if known:
        kept = vault.keep(
            w,
            city=city,
            matter=matter,
            kind="person",
            plain=known,
            purpose=purpose,
            party=who.no,
            is_new=is_new,
            own_key=who.minor,
            now=now,
        )
        entry = kept.id
        data |= {"entry": str(kept.id), "hash": kept.hash}
    row = fresh(
        Party,
        city=city,
        id=keys.mint(city, now),
        matter_id=matter,
        no=who.no,
        role=who.role,
        entry=entry,
        anonymous=not known,
        reachable_by="email" if who.mail else "phone" if "phone" in known else "",
        has_code=who.has_code,
        side=who.side,
        minor=who.minor,
    )
    return Entered(row, data)


def add(w: Work, entered: Entered) -> None:
    """Write a person's row and the hash of the code, after the matter's row."""
    w.add(entered.row)
    if entered.row.has_code:
        w.add(code_row(entered.row))


def code_of(matter: UUID, party: Party) -> str:
    """The access code of a person; derived, never stored."""
    return keys.access_code(matter, party.no, party.issue)


def code_row(party: Party) -> AccessCode:
    """The keyed hash by which the code leads to the matter."""
    return fresh(
        AccessCode,
        city=party.city,
        hash=keys.access_hash_of(party.matter_id, party.no, party.issue),
        matter_city=party.city,
        matter_id=party.matter_id,
        party=party.no,
        revoked_at=None,
    )


def known(party: Party) -> dict[str, str]:
    """What is known of somebody in a matter that was named, opened for a document or a mask, field by field.
    Errors: ErasedError."""
    if party.entry is None:
        return {}
    opened = vault.open_for_system(city=party.city, matter=party.matter_id, entry=party.entry)
    return {name: str(text) for name, text in opened.items() if text}
