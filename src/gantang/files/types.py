"""What ``files`` hands across."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from gantang.kit.pieces import Content


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with stored bytes: ``missing``, or ``changed``."""

    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What an upload may come to: pixels of a picture with all its frames, bytes that a packed document
    unpacks to, pages of a PDF."""

    pixels: int = 50_000_000
    unpacked: int = 200_000_000
    pages: int = 2_000


@dataclass(frozen=True, slots=True)
class Kind:
    """What an upload really is; ``stripped`` where what it told about its maker is gone."""

    mime: str
    extension: str
    stripped: bool
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An upload made fit to keep: its real type, and its bytes without what they told about their maker."""

    kind: Kind
    content: Content = field(repr=False)

    @property
    def mime(self) -> str:
        """The media type."""
        return self.kind.mime

    @property
    def data(self) -> bytes:
        """All of the bytes at once: for what is known to be small."""
        return b"".join(self.content.pieces())


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a field, as words; a field of rows has ``columns`` (their titles) and ``rows``."""

    title: str
    text: str = field(default="", repr=False)
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the matter, as the document may show them: open, masked, or with a field left empty.

    ``side`` 1 is the reporter's, 2 and more stand against it.
    """

    no: int
    role: str
    role_title: str
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)
    side: int = 1
    minor: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """The matter a document is about, in words, as it stands once the document is issued.

    ``number`` is as people read it, ``handler`` the unit that answers for it, ``due`` the last day of the
    whole, ``turn`` the duty that is to act, ``turn_due`` until when, ``until`` the last day of moves that
    have one.
    """

    number: str
    class_name: str
    procedure: str
    place: str
    opened: str
    gist: str = field(repr=False)
    handler: str = ""
    due: str = ""
    turn: str = ""
    turn_due: str = ""
    until: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Issuer:
    """The unit that issues a document."""

    name: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything a template may print. ``number`` is the document's own (文号), ``link`` where it is
    verified, empty where it cannot be; ``children`` are what the matter opened, in figures; ``pictures`` are
    made small for print (``service.for_print``)."""

    title: str
    number: str
    version: int
    made_at: datetime
    unit: Issuer
    matter: About
    link: str
    people: tuple[Person, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    children: Answer | None = None
    pictures: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Filed:
    """One piece of a case file: its bytes, or none where it is kept on paper or is lacking.

    ``remark`` says so in words; ``number`` is the document's own. What was attached has a ``form`` (the
    ending of its kind) and ``count`` pages (``service.leaf``); a document of ours says itself how many.
    """

    title: str
    number: str = ""
    remark: str = ""
    data: bytes = field(default=b"", repr=False)
    form: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case file: the cover's lines (what, and what it is), and its pieces in order.

    ``paper`` gives the title, the unit, the moment and the matter of the cover.
    """

    paper: Paper
    cover: tuple[tuple[str, str], ...]
    pieces: tuple[Filed, ...]
