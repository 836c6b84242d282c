"""A matter as its reporter sees it by the code, and what lies near a place."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gantang.engine import Possible
from gantang.matters.types.papers import AttachmentView, DocumentView
from gantang.matters.types.sessions import SessionView
from gantang.matters.types.view import Clock, Event, MessageView


@dataclass(frozen=True, slots=True)
class Tracked:
    """What a holder of an access code sees: public steps, deadlines, the own messages."""

    number: str
    party: int
    status: str
    state: str
    opened_at: datetime
    ended_at: datetime | None
    outcome: str
    words: str
    clocks: tuple[Clock, ...]
    events: tuple[Event, ...]
    messages: tuple[MessageView, ...]
    attachments: tuple[AttachmentView, ...]
    moves: tuple[Possible, ...]
    owner_unit: int | None
    documents: tuple[DocumentView, ...] = ()
    procedure_hash: str = ""
    scope: str = ""
    asks_willing: bool = False
    willing: bool | None = None
    follows: bool = False
    session: SessionView | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """An open matter that anybody of the neighbourhood may know of: the beginning of its masked gist."""

    matter: UUID
    gist: str
    status: str
    opened_at: datetime
    followers: int
