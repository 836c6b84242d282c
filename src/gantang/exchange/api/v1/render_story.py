"""From the values of `matters` to what goes out: steps, messages, files, the tracked matter."""

from collections.abc import Iterable, Mapping
from typing import Any

from gantang.exchange.api.v1.render import clocks, possible
from gantang.exchange.api.v1.shapes.beside import Attachment, Message
from gantang.exchange.api.v1.shapes.documents import Document, Verified
from gantang.exchange.api.v1.shapes.story import Answer, Event, Tracked
from gantang.kit import numbers
from gantang.matters import types


def events(given: Iterable[types.Event]) -> list[Event]:
    """Steps without anything free."""
    return [_event(one) for one in given]


def _event(one: types.Event) -> Event:
    data = one.data
    return Event(
        seq=one.seq,
        at=one.at,
        name=one.name,
        public=one.public,
        unit=one.unit,
        post=one.post,
        move=_code(data, "move"),
        from_state=_code(data, "from"),
        to_state=_code(data, "to"),
        outcome=_code(data, "outcome"),
        mark=_code(data, "mark"),
        supervision=_code(data, "supervision"),
        answers=[
            Answer(name=name, values=_values(value)) for name, value in (data.get("answers") or {}).items()
        ],
    )


def _code(data: Mapping[str, Any], name: str) -> str | None:
    value = data.get(name)
    return value if isinstance(value, str) and value else None


def _values(value: Any) -> list[str]:
    given = value if isinstance(value, list) else [value]
    return [str(one).lower() if isinstance(one, bool) else str(one) for one in given]


def messages(given: Iterable[types.MessageView]) -> list[Message]:
    """Messages, opened."""
    return [Message(**{name: getattr(one, name) for name in Message.model_fields}) for one in given]


def attachments(given: Iterable[types.AttachmentView]) -> list[Attachment]:
    """Files without their bytes."""
    return [Attachment(**{name: getattr(one, name) for name in Attachment.model_fields}) for one in given]


def documents(given: Iterable[types.DocumentView]) -> list[Document]:
    """Documents without their bytes."""
    return [Document(**{name: getattr(one, name) for name in Document.model_fields}) for one in given]


def verified(one: types.Verified) -> Verified:
    """What a square code proves."""
    return Verified(**{name: getattr(one.view, name) for name in Verified.model_fields})


def tracked(one: types.Tracked) -> Tracked:
    """A matter as the holder of a code sees it."""
    return Tracked(
        number=numbers.show(one.number),
        party=one.party,
        status=one.status,
        state=one.state,
        owner_unit=one.owner_unit,
        opened_at=one.opened_at,
        ended_at=one.ended_at,
        outcome=one.outcome,
        words=one.words,
        clocks=clocks(one.clocks),
        events=events(one.events),
        messages=messages(one.messages),
        attachments=attachments(one.attachments),
        documents=documents(one.documents),
        moves=possible(one.moves),
        asks_willing=one.asks_willing,
        willing=one.willing,
    )
