"""What a pack says of a document: for whom, and what it uses; one that is only produced is for the staff."""

from gantang.engine import Procedure, Words
from gantang.engine.model import Document
from gantang.matters.rules.sessions import PAGE

STAFF = "staff"
#: What the house itself issues, whatever the pack: the page of signatures on an agreement.
OWN = {PAGE: Document(PAGE, Words("签署页", "Page of signatures"), "party")}


def declared(procedure: Procedure, kind: str) -> Document:
    """The document of that name."""
    return procedure.documents.get(kind) or OWN.get(kind) or Document(kind, Words(kind, kind), STAFF)
