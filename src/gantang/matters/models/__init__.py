"""Tables of the room; each row that belongs to a matter lies in the matter's city."""

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

__all__ = [
    "AccessCode",
    "Attachment",
    "Document",
    "DocumentCode",
    "DocumentSeries",
    "Link",
    "Matter",
    "Message",
    "Party",
    "Share",
]
