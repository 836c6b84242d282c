"""Published years, for everybody."""

from typing import Any

from gantang.engine import Words
from gantang.fund.errors import NoYearError
from gantang.fund.models import Publication
from gantang.fund.rules.booking import Sums
from gantang.fund.types import Published, PublishedLine
from gantang.kit import clock

MOST = 60


def publications() -> list[Published]:
    """The latest years of every fund, the newest first, the widest ground before the others."""
    rows = Publication.objects.select_related("fund").order_by("-year", "fund__scope", "fund_id")
    return [_view(row) for row in rows[:MOST]]


def published(fund: int, year: int) -> Published:
    """A year of a fund. Errors: NoYearError."""
    row = Publication.objects.select_related("fund").filter(fund=fund, year=year).first()
    if row is None:
        raise NoYearError
    return _view(row)


def _view(row: Publication) -> Published:
    told = row.figures
    opening, income, use, _closing = told["sums"]
    return Published(
        fund=row.fund_id,
        title=Words(row.fund.zh, row.fund.en),
        ground=row.fund.scope,
        year=row.year,
        sums=Sums(opening, income, use),
        income=_lines(told["income"]),
        use=_lines(told["use"]),
        together=told["together"],
        receipts=told["receipts"],
        payments=told["payments"],
        published_at=row.published_at.astimezone(clock.ZONE),
    )


def _lines(told: list[Any]) -> tuple[PublishedLine, ...]:
    return tuple(PublishedLine(kind, Words(zh, en), fen) for kind, zh, en, fen in told)
