"""A published year of a fund as a page and as a file: totals by kind, nobody's name."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang.fund.types import Published, PublishedLine, write_yuan
from gantang.tallies.types import SMALL

#: How wide the widest bar is drawn.
WIDTH = 1000
#: What each column of a download means.
COLUMNS = ("group", "kind", "name", "yuan", "payments")


@dataclass(frozen=True, slots=True)
class Bar:
    """A kind: ``yuan`` is empty where it is not told alone."""

    name: str
    yuan: str
    width: int


def page_of(one: Published) -> dict[str, Any]:
    """A year with its sums and a picture of each side."""
    sums = one.sums
    most = max((abs(line.fen or 0) for line in (*one.income, *one.use)), default=0)
    return {
        "one": one,
        "name": one.name(get_language() or ""),
        "opening": write_yuan(sums.opening),
        "income": write_yuan(sums.income),
        "use": write_yuan(sums.use),
        "closing": write_yuan(sums.closing),
        "together": "" if one.together is None else write_yuan(one.together),
        "small": SMALL,
        "sides": [
            (_("收入"), _bars(one.income, most), False),
            (_("支出"), _bars(one.use, most), True),
        ],
    }


def written(one: Published) -> str:
    """A year as CSV; what an empty cell means stands above it, behind a #."""
    out = io.StringIO()
    out.write(f"# {one.name(get_language() or '')} {one.year}\n# {withheld()}\n")
    lines = csv.writer(out)
    lines.writerow(COLUMNS)
    sums = one.sums
    lines.writerow(["opening", "", _("年初余额"), write_yuan(sums.opening), ""])
    lines.writerows(_rows("income", one.income))
    lines.writerow(["income", "", _("收入合计"), write_yuan(sums.income), one.receipts])
    lines.writerows(_rows("use", one.use))
    if one.together is not None:
        lines.writerow(["use", "", _("不单列的合计"), write_yuan(one.together), ""])
    payments = "" if one.payments is None else one.payments
    lines.writerow(["use", "", _("支出合计"), write_yuan(sums.use), payments])
    lines.writerow(["closing", "", _("年末余额"), write_yuan(sums.closing), ""])
    return out.getvalue()


def withheld() -> str:
    """What an empty amount means."""
    told = _("空着的：少于%(n)s笔的支出项目不单列，只在合计里；写出来就能算出它的，也不单列。")
    return told % {"n": SMALL}


def _rows(group: str, lines: Iterable[PublishedLine]) -> list[list[str]]:
    lang = get_language() or ""
    return [
        [group, one.kind, one.name(lang), "" if one.fen is None else write_yuan(one.fen), ""] for one in lines
    ]


def _bars(lines: Iterable[PublishedLine], most: int) -> list[Bar]:
    lang = get_language() or ""
    return [
        Bar(
            one.name(lang),
            "" if one.fen is None else write_yuan(one.fen),
            WIDTH * max(one.fen or 0, 0) // most if most else 0,
        )
        for one in lines
    ]
