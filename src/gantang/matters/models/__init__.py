"""Tables of the room; each row that belongs to a matter lies in the matter's city."""

from gantang.matters.models.askings import Asking
from gantang.matters.models.belongings import (
    AccessCode,
    Attachment,
    Document,
    DocumentCode,
    DocumentSeries,
    Link,
    Message,
    Party,
    Share,
)
from gantang.matters.models.matter import Matter
from gantang.matters.models.sealed import (
    SealedBox,
    SealedConflict,
    SealedHead,
    SealedHolder,
    SealedNotice,
    SealedOpening,
    SealedPiece,
    SealedTip,
)
from gantang.matters.models.sessions import Session, Signature
from gantang.matters.models.sweeps import Moved, Sweep

__all__ = [
    "AccessCode",
    "Asking",
    "Attachment",
    "Document",
    "DocumentCode",
    "DocumentSeries",
    "Link",
    "Matter",
    "Message",
    "Moved",
    "Party",
    "SealedBox",
    "SealedConflict",
    "SealedHead",
    "SealedHolder",
    "SealedNotice",
    "SealedOpening",
    "SealedPiece",
    "SealedTip",
    "Session",
    "Share",
    "Signature",
    "Sweep",
]
