"""What the forms of counts have in common: grounds to choose from, and the answer that is a workbook."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from django.http import StreamingHttpResponse

from gantang.sheets import service as sheets
from gantang.territory import queries as territory

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Of so many grounds those next below are offered, too.
OPENED = 3


def offered(tops: Sequence[str]) -> list[tuple[str, str]]:
    """Some grounds and those next below them, each with its name."""
    found = [(top, " ".join(territory.path(top)[-2:])) for top in tops]
    for top in tops[:OPENED]:
        found += [(one.prefix, f"　{one.name}") for one in territory.children(top)]
    return list(dict.fromkeys(found))


def workbook(
    name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], *, sheet: str
) -> StreamingHttpResponse:
    """A table to keep, under a name."""
    answer = StreamingHttpResponse(sheets.write_xlsx(heads, rows, sheet=sheet), content_type=WORKBOOK)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
