"""A case file bound into one PDF: cover, index, what was issued, what was attached, back cover.

The pages of PDFs are taken over as they are, so the whole is plain PDF: the typesetter embeds no PDF in
PDF/A. Each document is kept as PDF/A by itself.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from gantang.files.errors import BrokenFileError
from gantang.files.lent import lent
from gantang.files.rendering import LAYOUT, inputs_of, typeset
from gantang.files.types import CaseFile, Filed

TEMPLATE = LAYOUT / "casefile.typ"
#: What our own documents say of themselves in their metadata (XMP).
_PAGES = re.compile(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>")


def bind(case_file: CaseFile) -> bytes:
    """The case file as PDF, the same bytes for the same input. Errors: FontsMissingError, TemplateError,
    BrokenFileError for a document that is none of ours."""
    pieces = list(_numbered(case_file.pieces))
    told = {"cover": case_file.cover, "pieces": pieces, "total": sum(one["count"] for one in pieces)}
    inputs = {**inputs_of(case_file.paper), "file": json.dumps(told, ensure_ascii=False)}
    named = {one["file"]: piece.data for one, piece in zip(pieces, case_file.pieces, strict=True)}
    with lent({name: data for name, data in named.items() if data}) as root:
        (made,) = typeset(TEMPLATE.read_bytes(), inputs, case_file.paper.made_at, "pdf", root=root)
    return made


def _numbered(pieces: tuple[Filed, ...]) -> Iterator[dict[str, Any]]:
    """The pieces with their pages in the file, which begin behind the index, and each one's name there."""
    first = 1
    for at, one in enumerate(pieces, start=1):
        form = one.form or "pdf"
        count = one.count if one.form or not one.data else pages_of(one.data)
        last = first + count - 1
        yield {
            "title": one.title,
            "number": one.number,
            "remark": one.remark,
            "count": count,
            "first": first,
            "pages": "" if not count else str(first) if count == 1 else f"{first}–{last}",
            "form": form,
            "file": f"piece{at}.{form}",
        }
        first += count


def pages_of(data: bytes) -> int:
    """How many pages a document of ours has. Errors: BrokenFileError."""
    found = _PAGES.search(data)
    if found is None:
        raise BrokenFileError(details={"type": "pdf"})
    return int(found[1])
