"""A case file bound into one PDF: cover, index, the pieces as they were issued, back cover.

The pages of the pieces are taken over as they are, so the whole is plain PDF: the typesetter embeds no PDF in
PDF/A. Each piece is kept as PDF/A by itself.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from gantang.files.errors import BrokenFileError
from gantang.files.rendering import LAYOUT, inputs_of, typeset
from gantang.files.types import CaseFile, Filed

TEMPLATE = LAYOUT / "casefile.typ"
#: What our own documents say of themselves in their metadata (XMP).
_PAGES = re.compile(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>")


def bind(case_file: CaseFile) -> bytes:
    """The case file as PDF, the same bytes for the same input. Errors: FontsMissingError, TemplateError,
    BrokenFileError for a piece that is none of our documents."""
    pieces = list(_numbered(case_file.pieces))
    told = {"cover": case_file.cover, "pieces": pieces, "total": sum(one["count"] for one in pieces)}
    inputs = {**inputs_of(case_file.paper), "file": json.dumps(told, ensure_ascii=False)}
    (made,) = typeset(TEMPLATE.read_bytes(), inputs, case_file.paper.made_at, "pdf")
    return made


def _numbered(pieces: tuple[Filed, ...]) -> Iterator[dict[str, Any]]:
    """The pieces with their pages in the file, which begin behind the index."""
    first = 1
    for one in pieces:
        count = pages_of(one.data) if one.data else 0
        last = first + count - 1
        yield {
            "title": one.title,
            "number": one.number,
            "remark": one.remark,
            "count": count,
            "first": first,
            "pages": "" if not count else str(first) if count == 1 else f"{first}–{last}",
            "data": list(one.data),
        }
        first += count


def pages_of(data: bytes) -> int:
    """How many pages a document of ours has. Errors: BrokenFileError."""
    found = _PAGES.search(data)
    if found is None:
        raise BrokenFileError(details={"type": "pdf"})
    return int(found[1])
