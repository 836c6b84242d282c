"""Attachments and documents of a matter."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from gantang.kit.pieces import Content


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file of a matter; its bytes are read through the same scope."""

    id: UUID
    media: str
    size: int
    added_at: datetime
    public: bool


@dataclass(frozen=True, slots=True)
class AttachmentData:
    """A file's bytes, opened for the reader piece by piece."""

    media: str
    content: Content = field(repr=False)

    @property
    def data(self) -> bytes:
        """All of them at once."""
        return b"".join(self.content.pieces())


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document that was issued: what it is, which version, by which unit; a later version stands in its
    place from ``superseded_at``. ``audience`` is whom it is for: reporter, party, staff or public."""

    id: UUID
    kind: str
    title: str
    version: int
    number: str
    audience: str
    unit: int | None
    size: int
    made_at: datetime
    superseded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DocumentData:
    """A document with its bytes (PDF), opened for the reader."""

    view: DocumentView
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Verified:
    """What a square code proves: the document it leads to; ``same`` says whether a file is that document,
    None where no file was given."""

    view: DocumentView
    same: bool | None = None
