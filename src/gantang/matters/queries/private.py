"""What stands in the vault: words, messages, people, files. Opened for holders of a duty, logged once a
visit."""

from datetime import datetime
from uuid import UUID

from gantang.kit import window
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters.errors import MatterNotFoundError
from gantang.matters.models import Attachment, Matter, Message, Party
from gantang.matters.queries.detail import steps_of
from gantang.matters.queries.finding import seen
from gantang.matters.rules.sight import FOLLOWER, party_of
from gantang.matters.types import AttachmentData, AttachmentView, MessageView, PersonView, Words
from gantang.vault import queries as kept
from gantang.vault import service as vault
from gantang.vault.types import Opened


def words(actor: Actor, matter: UUID, *, now: datetime) -> list[Words]:
    """The own words of everybody who reported the matter; a visit, logged. Errors: MatterNotFoundError."""
    row, duties = _row(actor, matter)
    opened = _opened(actor, row, duties, now)
    return [Words(one.party or 0, "reporter", one.kept_at, one.text) for one in opened if one.kind == "words"]


def texts(actor: Actor, matter: UUID, *, now: datetime) -> dict[int, dict[str, str]]:
    """The texts that came with each step, by its place in the story and by field. Errors:
    MatterNotFoundError."""
    row, duties = _row(actor, matter)
    found = {one.id: one.text for one in _opened(actor, row, duties, now)}
    with reading(actor, ids=[matter]):
        steps = steps_of(row)
    return {
        step.seq: {name: found.get(UUID(said["entry"]), "") for name, said in step.data["texts"].items()}
        for step in steps
        if step.data.get("texts")
    }


def messages(actor: Actor, matter: UUID, *, now: datetime) -> list[MessageView]:
    """What was said between the matter's people and its staff, in order. Errors: MatterNotFoundError."""
    row, duties = _row(actor, matter)
    own = party_of(actor)
    with reading(actor, ids=[matter]):
        rows = Message.objects.filter(city=row.city, matter_id=row.id)
        found = list((rows if own is None else rows.filter(party=own)).order_by("sent_at", "id"))
    said = {one.id: one.text for one in _opened(actor, row, duties, now, [one.entry for one in found])}
    return [
        MessageView(one.id, one.kind, one.party, one.sent_at, one.from_unit, said.get(one.entry, ""))
        for one in found
    ]


def people(actor: Actor, matter: UUID) -> list[PersonView]:
    """Everybody of the matter, masked. Errors: MatterNotFoundError."""
    row, duties = _row(actor, matter)
    with reading(actor, ids=[matter]):
        found = Party.objects.filter(city=row.city, matter_id=row.id).exclude(role=FOLLOWER)
        rows = list(found.order_by("no"))
    cards = kept.cards(
        actor, city=row.city, matter=row.id, holds_duty=bool(duties) and actor.post is not None
    )
    shown = {card.id: card.shown for card in cards}
    return [
        PersonView(
            one.no,
            one.role,
            shown.get(one.entry, {}) if one.entry else {},
            one.anonymous,
            one.has_code,
            one.side,
            one.willing,
            one.minor,
        )
        for one in rows
    ]


def attachments(actor: Actor, matter: UUID) -> list[AttachmentView]:
    """The files of a matter: staff see all, people outside the public ones and their own. Errors:
    MatterNotFoundError."""
    row, _duties = _row(actor, matter)
    with reading(actor, ids=[matter]):
        return [
            AttachmentView(one.id, one.media, one.size, one.added_at, one.public)
            for one in Attachment.objects.filter(city=row.city, matter_id=row.id).order_by("id")
            if _may_read(actor, one)
        ]


def attachment(actor: Actor, matter: UUID, attachment: UUID) -> AttachmentData:
    """The bytes of a file, through the same sight as its row. Errors: MatterNotFoundError."""
    from gantang.matters.service.attachments import opened

    row, _duties = _row(actor, matter)
    with reading(actor, ids=[matter]):
        one = Attachment.objects.filter(city=row.city, matter_id=row.id, id=attachment).first()
    if one is None or not _may_read(actor, one):
        raise MatterNotFoundError
    return AttachmentData(one.media, opened(one))


def _may_read(actor: Actor, one: Attachment) -> bool:
    own = party_of(actor)
    return own is None or one.public or one.party == own


def _row(actor: Actor, matter: UUID) -> tuple[Matter, frozenset[str]]:
    with reading(actor):
        return seen(actor, matter)


def _opened(
    actor: Actor, row: Matter, duties: frozenset[str], now: datetime, ids: list[UUID] | None = None
) -> list[Opened]:
    """Texts opened by whoever may: a person outside their own, staff by a visit."""
    if party_of(actor) is not None:
        return vault.open_own(actor=actor, city=row.city, matter=row.id, ids=ids or [])
    if ids is not None and not ids:
        return []
    every = window.once(("opened", actor, row.id), lambda: _by_visit(actor, row, duties, now))
    return [one for one in every if ids is None or one.id in ids]


def _by_visit(actor: Actor, row: Matter, duties: frozenset[str], now: datetime) -> list[Opened]:
    return vault.open_texts(
        actor=actor,
        city=row.city,
        matter=row.id,
        holds_duty=bool(duties) and actor.post is not None,
        now=now,
    )
