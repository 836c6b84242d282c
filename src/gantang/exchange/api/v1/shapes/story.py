"""The steps of a matter, and what the holder of an access code sees of it."""

from gantang.exchange.api.v1.shapes.beside import Attachment, Message
from gantang.exchange.api.v1.shapes.documents import Document
from gantang.exchange.api.v1.shapes.matter import Clock, Possible, Status
from gantang.exchange.api.v1.values import At, Shown


class Answer(Shown):
    """A closed answer given with a move; texts are read apart."""

    name: str
    values: list[str]


class Event(Shown):
    """One step of the ledger: codes, never text. What a step does not have is null."""

    seq: int
    at: At
    name: str
    public: bool
    unit: int | None
    post: int | None
    move: str | None
    from_state: str | None
    to_state: str | None
    outcome: str | None
    mark: str | None
    supervision: str | None
    answers: list[Answer]


class Events(Shown):
    """The steps in order."""

    items: list[Event]


class Tracked(Shown):
    """What the holder of an access code sees."""

    number: str
    party: int
    status: Status
    state: str
    owner_unit: int | None
    opened_at: At
    ended_at: At | None
    outcome: str
    words: str
    clocks: list[Clock]
    events: list[Event]
    messages: list[Message]
    attachments: list[Attachment]
    documents: list[Document]
    asks_willing: bool
    willing: bool | None
    moves: list[Possible]
