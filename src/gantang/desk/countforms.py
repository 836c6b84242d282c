"""What the forms of counts have in common: grounds to choose from, and the answer that is a workbook."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import StreamingHttpResponse
from django.utils.translation import gettext_lazy

from gantang.sheets import service as sheets
from gantang.territory import queries as territory

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: How counts are split; ground that is wider than a village is neither town nor country.
URBAN = {
    "urban": gettext_lazy("城镇"),
    "rural": gettext_lazy("乡村"),
    "none": gettext_lazy("不分城乡（落在村、社区以上）"),
}
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


def urban_of(text: str) -> str:
    """The split that an address names, "" for all of it."""
    return text if text in URBAN else ""


def day_of(text: str) -> date | None:
    """A day as an address writes it, None where it does not fit."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year >= 2000 else None


def signed(n: int) -> str:
    """A change with its sign."""
    return f"+{n}" if n > 0 else str(n)
