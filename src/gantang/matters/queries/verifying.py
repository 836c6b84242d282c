"""What a document's square code leads to, for everybody: that it was issued, by whom, when, and whether
it still stands. Nothing of the matter, nothing of a person."""

from gantang.files.service import check_size
from gantang.kit import crypto, keys
from gantang.kit.actor import SYSTEM
from gantang.kit.errors import InvalidError
from gantang.kit.work import reading
from gantang.matters.errors import DocumentNotFoundError
from gantang.matters.models import Document, DocumentCode, Matter
from gantang.matters.queries.documents import view_of
from gantang.matters.types import Verified


def verify(code: str, *, data: bytes | None = None) -> Verified:
    """The document behind a code; with the bytes of a file, whether it is that very document.

    Errors: DocumentNotFoundError, alike for every code that leads nowhere; TooLargeError.
    """
    if data is not None:
        check_size(len(data))
    found = _found(code)
    with reading(SYSTEM, ids=[found.matter_id]):
        row = Matter.objects.filter(city=found.matter_city, id=found.matter_id).first()
        one = Document.objects.filter(city=found.matter_city, id=found.document).first()
        if row is None or one is None:
            raise DocumentNotFoundError
        same = None if data is None else crypto.same_mac(bytes(one.mac), "document", data)
        return Verified(view_of(row, one), same)


def _found(code: str) -> DocumentCode:
    try:
        city, hashes = keys.access_city(code), keys.document_hashes(code)
    except InvalidError:
        raise DocumentNotFoundError from None
    found = DocumentCode.objects.filter(city=city, hash__in=hashes).first()
    if found is None:
        raise DocumentNotFoundError
    return found
