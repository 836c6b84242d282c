"""Which texts of a move reach the people outside, and as what."""

from collections.abc import Iterable, Iterator

#: Texts of staff that are written for the reporter, by the field a pack asks them in. All others stay inside.
TO_REPORTER = {"reply": "reply", "question": "question"}


def spoken(fields: Iterable[str], *, by_people: bool) -> Iterator[tuple[str, str]]:
    """(field, kind of message) of those texts of a move that become messages: all that people outside wrote,
    and what was written for them."""
    for name in fields:
        if by_people:
            yield name, "answer" if name == "supplement" else "message"
        elif name in TO_REPORTER:
            yield name, TO_REPORTER[name]
