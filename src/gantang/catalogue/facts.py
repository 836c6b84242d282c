"""What ships with the program: classes, causes, channels, kinds of a fund, legal periods, slots, the
national days 2004–2026.

Days: the State Council's yearly notices (国务院办公厅放假安排). Dates are facts.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gantang.catalogue.models import Day, Period, Slot, Term, Year

_DATA = Path(__file__).parent / "data"
_FILES = {"class": "classes.csv", "cause": "causes.csv", "channel": "channels.csv", "fund": "fund.csv"}
_SOURCES = {
    "class": "甘棠初始分类（参照 GB/T 30428.2-2013 和矛盾纠纷统计类别）",
    "cause": "甘棠初始起因表（甘棠默认值，非公开标准，可改）",
    "channel": "甘棠初始渠道表",
    "fund": "甘棠初始收支项目表（参照河南省见义勇为条例的基金来源和用途，可改）",
}
_NOTICE = "国务院办公厅关于{year}年部分节假日安排的通知"
_OURS = "甘棠默认值，非法定，可改"
#: Every day of these years was compared with the notices.
YEARS = range(2004, 2027)


def terms() -> Iterator[Term]:
    for kind, file in _FILES.items():
        for position, row in enumerate(_rows(file)):
            yield Term(
                kind=kind,
                code=row["code"],
                zh=row["zh"],
                en=row["en"],
                position=position,
                source=_SOURCES[kind],
            )


def periods() -> Iterator[Period]:
    for row in _rows("periods.csv"):
        since = date.fromisoformat(row["valid_from"]) if row["valid_from"] else None
        yield Period(**{**row, "valid_from": since})


def days() -> Iterator[Day]:
    for row in _rows("days-2004-2026.csv"):
        on = date.fromisoformat(row["on"])
        source = _NOTICE.format(year=notice_of(on))
        yield Day(ground="", on=on, kind=row["kind"], zh=row["zh"], en=row["en"], source=source)


def years() -> Iterator[Year]:
    for year in YEARS:
        yield Year(year=year, source=_NOTICE.format(year=year))


def slots() -> Iterator[Slot]:
    """Values that no public source gives; where one stands here it is an editable default of ours."""
    for position, row in enumerate(_rows("slots.csv")):
        value: object = int(row["value"]) if row["form"] == "number" and row["value"] else row["value"]
        yield Slot(
            code=row["code"],
            position=position,
            zh=row["zh"],
            en=row["en"],
            form=row["form"],
            value=value or None,
            ours=bool(value),
            source=_OURS if value else "",
            basis=row["basis"],
        )


def notice_of(on: date) -> int:
    """The last days of December belong to next year's notice where they touch its New Year."""
    return on.year + 1 if (on.month, on.day) >= (12, 29) and on.year + 1 in YEARS else on.year


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (_DATA / file).open(encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)
