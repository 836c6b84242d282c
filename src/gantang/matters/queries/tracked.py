"""What the holder of an access code sees: public steps, deadlines, the own words and messages, nothing of
others."""

from datetime import datetime
from uuid import UUID

from gantang.engine import Case
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters.errors import CodeNotFoundError, MatterNotFoundError
from gantang.matters.models import Matter, Party
from gantang.matters.queries import private
from gantang.matters.queries.detail import events_of, moves_of
from gantang.matters.queries.documents import documents
from gantang.matters.queries.finding import seen
from gantang.matters.queries.sessions import next_session
from gantang.matters.queries.views import clocks_of
from gantang.matters.queries.willing import asks_parties
from gantang.matters.rules.sight import FOLLOWER, party_of
from gantang.matters.types import Tracked
from gantang.procedures import queries as procedures
from gantang.vault import queries as kept
from gantang.vault import service as vault


def track(code: str, *, now: datetime) -> Tracked:
    """The story of a matter for the holder of a code. Errors: CodeNotFoundError."""
    from gantang.matters.service.codes import open_by_code

    actor, matter = open_by_code(code)
    try:
        with reading(actor, ids=[matter]):
            row, duties = seen(actor, matter)
            moves = moves_of(actor, row, duties, now=now)
            events = tuple(one for one in events_of(row) if one.public)
            clocks = clocks_of(row, Case.from_dict(row.case), now=now)
            asks, said = _willing(actor, row)
            follows = FOLLOWER in duties
            session = next_session(row, party_of(actor) or 0, now=now)
    except MatterNotFoundError:
        raise CodeNotFoundError from None
    return Tracked(
        number=row.number,
        party=party_of(actor) or 0,
        status=row.status,
        state=row.state,
        opened_at=row.opened_at,
        ended_at=row.ended_at,
        outcome=row.outcome,
        words=_own_words(actor, row),
        clocks=clocks,
        events=events,
        messages=tuple(private.messages(actor, matter, now=now)),
        attachments=tuple(private.attachments(actor, matter)),
        moves=moves,
        documents=tuple(documents(actor, matter)),
        owner_unit=row.owner_unit or row.unit,
        procedure_hash=row.procedure_hash,
        scope=row.scope,
        asks_willing=asks,
        willing=said,
        follows=follows,
        session=session,
    )


def _willing(actor: Actor, row: Matter) -> tuple[bool, bool | None]:
    """Whether the procedure asks the holder of the code to take part, and what was said."""
    if row.ended_at is not None or not asks_parties(procedures.by_hash(row.procedure_hash)):
        return False, None
    own = Party.objects.filter(city=row.city, matter_id=row.id, no=party_of(actor) or 0)
    return True, own.values_list("willing", flat=True).first()


def _own_words(actor: Actor, row: Matter) -> str:
    own: list[UUID] = [
        one.id
        for one in kept.entries(actor, city=row.city, matter=row.id)
        if one.kind == "words" and one.party == party_of(actor)
    ]
    opened = vault.open_own(actor=actor, city=row.city, matter=row.id, ids=own)
    return opened[0].text if opened else ""
