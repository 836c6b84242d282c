"""What a session and a signature must be, and which sessions are in each other's way."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from gantang.engine import Procedure
from gantang.matters.types.sessions import MOVED_FOR, ROOMS, SIGNING_WAYS, WAYS, Given, Planned

#: The field of a pack by which a move is the record of a session.
FIELD = "session"
#: What is signed, and the page that says by whom: in every pack that knows such a document.
AGREEMENT, PAGE = "agreement", "signing"
MEDIATOR = "mediator"
LONGEST, FARTHEST = timedelta(hours=8), timedelta(days=366)
WIDE, HIGH = 600, 200
MOST_STROKES, MOST_POINTS = 80, 4000
MOST_NAME = 60
INSIDE = frozenset({"face_to_face", "apart"})
Fault = tuple[str, str]


def record_move(procedure: Procedure) -> str:
    """The move by which a session's record is written; "" where the procedure holds none."""
    found = (name for name, move in procedure.moves.items() if any(ask.field == FIELD for ask in move.asks))
    return next(found, "")


def faults(plan: Planned, people: Collection[int], posts: Collection[int], now: datetime) -> Iterator[Fault]:
    """What is wrong with a plan, for a matter with these people, made for a unit with these posts."""
    if plan.starts_at <= now or plan.starts_at > now + FARTHEST:
        yield "starts_at", "no_time_to_come"
    if not plan.starts_at < plan.ends_at <= plan.starts_at + LONGEST:
        yield "ends_at", "unfit_span"
    if plan.way not in WAYS:
        yield "way", "unknown_way"
    if plan.post not in posts:
        yield "post", "unknown_post"
    if not plan.people or not set(plan.people) <= set(people):
        yield "people", "nobody_to_come"
    yield from _room_faults(plan)


def _room_faults(plan: Planned) -> Iterator[Fault]:
    if plan.way in INSIDE and plan.room is None:
        yield "room", "no_room"
    if plan.room is not None and plan.room[1] not in ROOMS:
        yield "room", "unknown_room"


def reason_faults(reason: str) -> Iterator[Fault]:
    """Whether a session may be moved or cancelled for this."""
    if reason not in MOVED_FOR:
        yield "reason", "no_reason"


def clashing(plan: Planned, *, room: tuple[int, int] | None, post: int) -> list[str]:
    """In what another session of that room and post is in the plan's way, at the same time."""
    same = [("room", plan.room is not None and plan.room == room), ("post", plan.post == post)]
    return [name for name, is_so in same if is_so]


# --- signing ------------------------------------------------------------------------------------------


def signers(people: Iterable[tuple[int, str, bool | None]]) -> tuple[str, ...]:
    """Who signs: everybody who was asked to take part (number, role, what was said), then the mediator."""
    asked = [no for no, role, willing in people if role == "party" or willing is not None]
    return *(f"party:{no}" for no in sorted(asked)), MEDIATOR


def signature_faults(given: Given, wanted: Collection[str], made: datetime, now: datetime) -> Iterator[Fault]:
    """What is wrong with a signature on a document that was made then."""
    if given.signer not in wanted:
        yield "signer", "unknown_signer"
    if given.way not in SIGNING_WAYS:
        yield "way", "unknown_way"
    elif given.way == "screen":
        yield from _stroke_faults(given)
    elif given.way == "paper":
        yield from _paper_faults(given, made, now)


def _stroke_faults(given: Given) -> Iterator[Fault]:
    points = [point for stroke in given.strokes for point in stroke]
    inside = all(0 <= x <= WIDE and 0 <= y <= HIGH for x, y in points)
    if len(points) < 2:
        yield "strokes", "nothing_drawn"
    elif len(given.strokes) > MOST_STROKES or len(points) > MOST_POINTS or not inside:
        yield "strokes", "too_much_drawn"


def _paper_faults(given: Given, made: datetime, now: datetime) -> Iterator[Fault]:
    minute = made.replace(second=0, microsecond=0)
    if given.signed_at is None or not minute <= given.signed_at <= now:
        yield "signed_at", "not_signed_then"
    if not given.witness.strip() or len(given.witness) > MOST_NAME:
        yield "witness", "no_witness"
    if given.attachment is None:
        yield "attachment", "no_signed_paper"
