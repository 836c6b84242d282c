"""The weekly report as a PDF: the leader's page as sentences and tables, up to the last Sunday."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import override

from gantang.files import service as files
from gantang.files.types import About, Answer, Issuer, Paper
from gantang.screen.leader import answers
from gantang.screen.measures import Asked
from gantang.screen.sight import Seen
from gantang.territory import queries as territory

TEMPLATE = Path(__file__).resolve().parent / "data" / "weekly.typ"
NOTHING = About(number="", class_name="", procedure="", place="", opened="", gist="")


def last_sunday(today: date) -> date:
    """The last day of the newest whole week."""
    return today - timedelta(days=today.isoweekday() % 7)


def report(seen: Seen, asked: Asked, *, unit: str, now: datetime) -> bytes:
    """PDF/A-2a, in Chinese as papers are. Errors: FontsMissingError."""
    with override("zh-hans"):
        told = answers(seen, asked)
        place = " ".join(territory.path(seen.ground)[-1:])
        paper = Paper(
            title=f"{place}社会治理周报",
            number="",
            version=1,
            made_at=now,
            unit=Issuer(unit),
            matter=NOTHING,
            link="",
            answers=_parts(told, asked),
        )
        return files.render(TEMPLATE.read_text(encoding="utf-8"), paper)


def _parts(told: dict[str, Any], asked: Asked) -> dict[str, Answer]:
    until = asked.today
    since = until - timedelta(days=27)
    span = f"{since.year}年{since.month}月{since.day}日至{until.year}年{until.month}月{until.day}日"
    return {
        "head": Answer("", f"统计时间为{span}，共四周。件数取自系统按日记下的数，按现在的辖区。"),
        "open": Answer("有多少没办完", _open(told)),
        "units": _units(told),
        "rising": _rising(told),
        "refused": _refused(told),
        "people": Answer("群众认不认", _people(told)),
        "foot": Answer("", "本报只列单位、类别和地方，不列个人。"),
    }


def _open(told: dict[str, Any]) -> str:
    change = told["change"]
    way = f"多{change}件" if change > 0 else f"少{-change}件" if change < 0 else "一样多"
    return f"在办{told['open']}件，与四周前相比{way}；四周内超期{told['late']}次。"


def _units(told: dict[str, Any]) -> Answer:
    rows = tuple((one.name, str(one.closed), str(one.late), f"{one.share}%") for one in told["shares"])
    first = told["shares"][0] if told["shares"] else None
    said = f"{first.name}按时办结率最低，为{first.share}%。" if first else "没有单位办结满30件，不作比较。"
    return Answer("谁那里最慢", said, ("单位", "办结", "逾期", "按时率"), rows)


def _rising(told: dict[str, Any]) -> Answer:
    rows = tuple((one.title, str(one.now), f"{one.usual:g}") for one in told["rises"])
    first = told["rises"][0] if told["rises"] else None
    said = (
        f"{first.title}最近一周{first.now}件，前四周平均每周{first.usual:g}件。"
        if first
        else "没有类别明显上升。"
    )
    return Answer("什么在上升", said, ("类别", "最近一周", "平常一周"), rows)


def _refused(told: dict[str, Any]) -> Answer:
    rows = tuple((one.title, str(one.n)) for one in told["refusals"])
    return Answer("什么事在来回退", f"四周内退单{told['refused']}次。", ("类别", "退单"), rows)


def _people(told: dict[str, Any]) -> str:
    rating = f"，平均{told['rating']}分" if told["rating"] else ""
    closed, disputed, reopened = told["closed"], told["disputed"], told["reopened"]
    return f"办结{closed}件，群众不认可{disputed}次，重新办理{reopened}次；评价{told['rated']}次{rating}。"
