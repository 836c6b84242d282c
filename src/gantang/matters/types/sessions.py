"""Sessions of a matter and signatures on what was agreed, as they are planned, shown and told of."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

#: How the sides meet, and why a session is put off: closed lists, so that no calendar holds anybody's words.
WAYS = ("face_to_face", "apart", "online", "on_site")
MOVED_FOR = ("party_away", "mediator_away", "room_taken", "more_to_find", "emergency", "asked", "mistake")
#: Rooms of a unit are numbers.
ROOMS = range(1, 10)
SIGNING_WAYS = ("screen", "presence", "paper")


@dataclass(frozen=True, slots=True)
class Planned:
    """A session to be: ``post`` leads it; ``room`` is (unit, number), None on the spot and online; ``people``
    are numbers of the matter's people who are to come."""

    starts_at: datetime
    ends_at: datetime
    way: str
    post: int
    people: tuple[int, ...]
    room: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session as it stands. ``number``, ``class_code`` are the matter's; ``over`` says that the matter
    ended before it was held."""

    matter: UUID
    number: str
    class_code: str
    no: int
    state: str
    way: str
    starts_at: datetime
    ends_at: datetime
    unit: int
    post: int
    room: tuple[int, int] | None
    people: tuple[int, ...]
    sequence: int
    reason: str
    over: bool = False


@dataclass(frozen=True, slots=True)
class Clash:
    """Another session at the same time: of the same ``room`` or ``post``; its number where one may see it."""

    what: str
    starts_at: datetime
    ends_at: datetime
    number: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature as staff see it: never what was drawn, nor a name. ``taken_by`` is an account, so that the
    page can say who may not witness."""

    signer: str
    way: str
    signed_at: datetime
    taken_by: int
    post: int | None
    attachment: UUID | None
    witness_post: int | None
    witnessed_at: datetime | None

    @property
    def stands(self) -> bool:
        """Whether somebody witnessed it."""
        return self.witnessed_at is not None


@dataclass(frozen=True, slots=True)
class Signing:
    """An agreement and who signed it: ``signers`` who must, ``signed`` by signer, ``before`` how many had
    signed a version that was replaced since, ``page`` whether its page of signatures is issued."""

    document: UUID
    version: int
    made_at: datetime
    signers: tuple[str, ...]
    signed: dict[str, Signed]
    before: int = 0
    page: UUID | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Who has not signed this version yet."""
        return tuple(one for one in self.signers if one not in self.signed)

    @property
    def unwitnessed(self) -> tuple[str, ...]:
        """Whose signature nobody witnessed yet."""
        return tuple(name for name, one in self.signed.items() if not one.stands)

    @property
    def is_whole(self) -> bool:
        """Everybody signed this version, each before a witness."""
        return not self.missing and not self.unwitnessed


@dataclass(frozen=True, slots=True)
class Given:
    """A signature as it is given: drawn ``strokes`` on the screen, or ``presence`` said before the staff, or
    a ``paper`` with its time, its scanned page and who was there."""

    signer: str
    way: str
    strokes: tuple[tuple[tuple[int, int], ...], ...] = ()
    signed_at: datetime | None = None
    witness: str = ""
    attachment: UUID | None = None
