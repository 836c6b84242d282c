"""Events: every name of a step on the ledger, and every kind of message in the outbox."""

import ast
from collections.abc import Iterator

from gantang.cli.reference import source
from gantang.cli.reference.markdown import code, page, table, tidy
from gantang.cli.reference.step_words import STEPS

#: How each room spells a step: the room, the function that records it, where the name stands among its
#: arguments, what is put before it.
#: A room that appends to the ledger and is not here stops the page.
SPELLINGS: tuple[tuple[str, str, int | str, str], ...] = (
    ("identity", "note", 4, ""),
    ("identity", "_visit", 1, ""),
    ("territory", "record_grid", 2, "grid."),
    ("territory", "record_grids", 2, "grid."),
    ("territory", "record_change", 2, "change."),
    ("territory", "_record_alias", 1, "alias."),
    ("territory", "record_facility", 2, "facility."),
    ("territory", "record_place", 2, "place."),
    ("territory", "record_list", 2, "list."),
    ("catalogue", "record", 3, "catalogue."),
    ("matters", "_noted", 1, ""),
    ("procedures", "_note", 2, "campaign."),
    ("procedures", "tell", 2, "procedure."),
    ("reception", "record_centre", 2, "centre."),
    ("reception", "record_services", 1, "services."),
    ("reception", "record_figures", 2, "figures."),
    ("reception", "record_notice", 2, "notice."),
    ("reception", "record_booking", 2, "booking."),
    ("fund", "record_fund", 2, "fund."),
    ("learning", "record_course", 2, "course."),
    ("learning", "record_exam", 2, "exam."),
    ("learning", "record_certificate", 2, "certificate."),
    ("learning", "record_village", 2, "literacy."),
    ("learning", "record_event", 2, "lecture."),
    ("learning", "record_training", 2, "training."),
    ("patrol", "record", 2, "patrol."),
    ("patrol", "added", 2, "patrol."),
    ("vault", "looked", "name", ""),
    ("ledger", "_record", 1, ""),
)
FOLLOWED = "matters"
ENTRIES = "posts"


class StepsError(Exception):
    """A step of the code that the page does not describe, or the reverse."""


def pages() -> Iterator[tuple[str, str]]:
    """The page of all events. Errors: StepsError."""
    kept, told = written(), set(STEPS)
    if kept != told:
        raise StepsError(f"not described: {sorted(kept - told)}; not in the code: {sorted(told - kept)}")
    streams = list(dict.fromkeys(stream for stream, _, _ in STEPS.values()))
    sections = [
        f"## Stream: {stream}\n\n" + table(("step", "what happened", "中文"), _of(stream))
        for stream in streams
    ]
    yield "events.md", page("Events (事件)", "the ledger's steps and the outbox", _HEAD, *sections, _outbox())


_HEAD = """A *step* is what the ledger keeps of one change, for good: codes, ids and moments, never text. A
*stream* is what the steps are chained by: a matter, the thing that changed, or the account that
looked. Messages leave through the outbox."""


def _of(stream: str) -> Iterator[tuple[str, str, str]]:
    return ((code(name), en, zh) for name, (one, zh, en) in STEPS.items() if one == stream)


def written() -> set[str]:
    """Every name of a step that the code can append."""
    import importlib

    follow = importlib.import_module(f"gantang.{FOLLOWED}.rules.follow")
    found = {*follow.ENGINE, *follow.OWN}
    for room in rooms():
        found |= _entries() if room == ENTRIES else _spelled(room)
    return found


def rooms() -> set[str]:
    """The rooms that append to the ledger. Errors: StepsError for one that this page does not know."""
    found = {
        name.split("/")[0]
        for name, tree in source.trees().items()
        for called, call in source.calls(tree)
        if called == "append" and any(one.arg == "items" for one in call.keywords)
    }
    strangers = found - {*(one[0] for one in SPELLINGS), FOLLOWED, ENTRIES}
    if strangers:
        raise StepsError(f"rooms that append steps and are not described: {sorted(strangers)}")
    return found


def _spelled(room: str) -> set[str]:
    return {
        before + name
        for where, function, place, before in SPELLINGS
        if where == room
        for tree in source.trees(room).values()
        for called, call in source.calls(tree)
        if called == function
        for name in _names(_argument(call, place))
    }


def _entries() -> set[str]:
    """Posts spell a step as an entry: the thing, and what happened to it."""
    found = set()
    for tree in source.trees(ENTRIES).values():
        for called, call in source.calls(tree):
            if called == "Entry" and call.args:
                thing = source.literal(call.args[0])
                found |= {f"{thing}.{step}" for step in _names(call.args[3])}
    return found


def _argument(call: ast.Call, place: int | str) -> ast.expr | None:
    if isinstance(place, str):
        return next((one.value for one in call.keywords if one.arg == place), None)
    return call.args[place] if len(call.args) > place else None


def _names(node: ast.expr | None) -> Iterator[str]:
    """The literal names an argument may be; none where it is handed on."""
    if isinstance(node, ast.IfExp):
        yield from _names(node.body)
        yield from _names(node.orelse)
    elif (text := source.literal(node)) is not None:
        yield text


def _outbox() -> str:
    from gantang.outbox import registry

    rows = [(code(kind), tidy(words)) for kind, words in sorted(registry.kinds().items())]
    places = ", ".join(code(name) for name in sorted(registry.names()))
    news = [(code(kind), words) for kind, words in sorted(registry.events().items())]
    return (
        f"## Outbox\n\nDestinations: {places}.\n\n"
        + table(("kind", "what leaves"), rows)
        + "\n## Webhooks\n\nWhat a receiver outside can order (`gantang webhook add`).\n\n"
        + table(("kind", "what happened"), news)
    )
