"""The code on a certificate: derived from its id and never stored, found again by a keyed hash."""

from uuid import UUID

from gantang.kit import keys
from gantang.kit.errors import InvalidError
from gantang.learning.errors import NoCertificateError

_KIND = "learning.certificate"


def code_of(certificate: UUID) -> str:
    """The code in groups: 50 bits and two check characters, in the form of a document's."""
    return keys.document_code(certificate, _KIND, 1)


def hash_of(code: str) -> bytes:
    """What is stored of a code."""
    return keys.document_hash(code)


def hashes_of(code: str) -> list[bytes]:
    """The hash under every suite. Errors: NoCertificateError for what can be no code."""
    try:
        return keys.document_hashes(code)
    except InvalidError:
        raise NoCertificateError from None
