"""The people of a merged matter become people of the other, each with their own words, messages and files."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.kit import keys
from gantang.kit.actor import SYSTEM
from gantang.kit.work import Work
from gantang.matters.models import Attachment, Matter, Message, Party
from gantang.matters.rules.evidence import STANDING
from gantang.matters.service import attachments
from gantang.matters.service.taking import Taken
from gantang.vault import queries as kept
from gantang.vault import service as vault
from gantang.vault.types import EntryView, Kept

#: What of the vault goes along with its person; notes of staff stay with the original.
OWN = frozenset({"person", "words", "place", "message", "answer"})


@dataclass(slots=True)
class Joined:
    """What the step of the joining says: who came, and the entries made for them."""

    people: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        return {"people": self.people, "entries": self.entries}

    def number(self, was: int | None) -> int | None:
        """The number that somebody has now."""
        return next((one["no"] for one in self.people if one["was"] == was), None)


def join(w: Work, row: Matter, target: Matter, now: datetime) -> Joined:
    """Everybody of the one becomes somebody of the other."""
    joined = Joined()
    first = Party.objects.filter(city=target.city, matter_id=target.id).count()
    old = list(Party.objects.filter(city=row.city, matter_id=row.id).order_by("no"))
    numbers = {one.no: first + place for place, one in enumerate(old)}
    entries = _entries(w, row, target, numbers, now)
    joined.entries = [
        {"was": str(was), "entry": str(one.id), "hash": one.hash} for was, one in entries.items()
    ]
    for one in old:
        joined.people.append(_person(w, one, target, numbers[one.no], entries, now))
    _messages(w, row, target, numbers, entries, now)
    return joined


def _entries(
    w: Work, row: Matter, target: Matter, numbers: dict[int, int], now: datetime
) -> dict[UUID, Kept]:
    """Everything of theirs in the vault, sealed anew under the other matter; by the old entry."""
    found = {}
    for one in kept.entries(SYSTEM, city=row.city, matter=row.id):
        if one.kind in OWN and one.party in numbers and one.erased_at is None:
            found[one.id] = _kept_again(w, row, target, one, numbers[one.party], now)
    return found


def _kept_again(w: Work, row: Matter, target: Matter, one: EntryView, no: int, now: datetime) -> Kept:
    plain = vault.open_for_system(city=row.city, matter=row.id, entry=one.id)
    return vault.keep(
        w,
        city=target.city,
        matter=target.id,
        kind=one.kind,
        plain=plain,
        purpose=one.purpose,
        party=no,
        keep_until=one.keep_until,
        own_key=one.own_key,
        now=now,
    )


def _person(
    w: Work, old: Party, target: Matter, no: int, entries: dict[UUID, Kept], now: datetime
) -> dict[str, Any]:
    entry = entries[old.entry].id if old.entry in entries else None
    standing = {name: getattr(old, name) for name in STANDING}
    fields = {
        name: getattr(old, name) for name in ("role", "anonymous", "reachable_by", "has_code")
    } | standing
    id_ = keys.mint(target.city, now)
    w.add(Party(city=target.city, id=id_, matter_id=target.id, no=no, entry=entry, **fields))
    return {
        "no": no,
        "was": old.no,
        "role": old.role,
        "entry": str(entry) if entry else None,
        "has_code": old.has_code,
        **standing,
    }


def _messages(
    w: Work, row: Matter, target: Matter, numbers: dict[int, int], entries: dict[UUID, Kept], now: datetime
) -> None:
    for one in Message.objects.filter(city=row.city, matter_id=row.id).order_by("id"):
        if one.entry in entries:
            fields = {name: getattr(one, name) for name in ("kind", "sent_at", "from_unit")}
            made = Message(
                city=target.city,
                id=keys.mint(target.city, now),
                matter_id=target.id,
                party=numbers[one.party],
                entry=entries[one.entry].id,
                **fields,
            )
            w.add(made)


def bring_files(w: Work, taken: Taken, target: Matter, joined: Joined) -> None:
    """The files that its people gave, sealed under the other matter's key; one that is there stays one."""
    row, now = taken.row, taken.now
    for one in Attachment.objects.filter(city=row.city, matter_id=row.id).exclude(party=None).order_by("id"):
        again = attachments.Fit(one.media, attachments.opened(one))
        no = joined.number(one.party)
        attachments.add(w, target, again, actor=taken.actor, public=one.public, party=no, now=now)
    attachments.note(w, target, actor=taken.actor, now=now)
