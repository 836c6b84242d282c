"""What a pack says of a document: for whom, and what it uses; one that is only produced is for the staff."""

from gantang.engine import Procedure, Words
from gantang.engine.model import Document

STAFF = "staff"


def declared(procedure: Procedure, kind: str) -> Document:
    """The document of that name."""
    return procedure.documents.get(kind) or Document(kind, Words(kind, kind), STAFF)
