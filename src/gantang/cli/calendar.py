"""`gantang calendar …`: working days of the country and of grounds, from files, each change an edition."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say

if TYPE_CHECKING:
    from gantang.catalogue.types import CalendarChange
    from gantang.kit.actor import Actor

File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="CSV 或 xlsx：日期、类型、名称、时间。 The table.")
]
Ground = Annotated[str, typer.Option(help="区划代码；全国不写。 Division code; without it the country.")]
Source = Annotated[str, typer.Option(help="依据哪份文件。 By which paper.")]
Year = Annotated[
    int | None, typer.Option(help="发布这一年的全国安排。 Publish the national notice of this year.")
]
Whole = Annotated[
    bool,
    typer.Option(
        "--whole", help="表里就是这些年的全部，别的取消。 The table is all; the rest is taken back."
    ),
]
Since = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="从哪天起生效，默认马上。 In force from; at once by default."),
]
Yes = Annotated[bool, typer.Option("--yes", help="不再询问。 Take it without asking.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(no_args_is_help=True, help="工作日历。 The working calendar.")
    group.callback()(lambda: None)
    group.command("import")(import_)
    group.command("list")(list_)
    group.command("show")(show)
    app.add_typer(group, name="calendar")


def import_(
    file: File,
    source: Source,
    ground: Ground = "",
    year: Year = None,
    whole: Whole = False,
    since: Since = None,
    yes: Yes = False,
) -> None:
    """先说会变什么，再问要不要生效；有行出错时不生效，退出码为 1。

    Tells what would change, then asks; with a faulty row nothing is taken and it ends with 1.
    """
    with surroundings.django():
        from dataclasses import replace

        from gantang.catalogue import service
        from gantang.kit import clock

        change, faults = service.read_days(file, ground=ground, source=source, year=year, whole=whole)
        for fault in faults:
            say(f"{fault.row:>7}  {fault.reason}")
        if faults:
            raise typer.Exit(1)
        change = replace(change, since=since.replace(tzinfo=clock.ZONE) if since else None)
        _tell(change)
        if yes or typer.confirm("生效吗？ Take it?"):
            _take(change)


def _actor() -> "Actor":
    """Whoever runs commands on the machine administers."""
    from gantang.kit.actor import Actor

    return Actor(client="command", admin=True)


def _tell(change: "CalendarChange") -> None:
    from gantang.catalogue import queries
    from gantang.kit import clock
    from gantang.matters import queries as matters

    now = clock.now()
    put, cleared = queries.differences(change, at=now)
    for day in sorted(put, key=lambda one: one.on):
        say(f"+ {day.on} {day.kind:<7} {day.title.zh} {_hours(day.hours)}")
    for day in cleared:
        say(f"- {day.on} {day.kind:<7} {day.title.zh}")
    touched = matters.touched_by(_actor(), change, now=now)
    more = "（还有更多 and more）" if touched.more else ""
    say(f"日子 days: +{len(put)} -{len(cleared)}")
    say(
        f"在办期限 open deadlines: {touched.later} 推后 later, {touched.earlier} 提前 earlier, "
        f"{touched.settled} 由暂定变确定 settled; 共看了 of {touched.looked}{more}"
    )


def _take(change: "CalendarChange") -> None:
    from gantang.catalogue import service
    from gantang.kit import clock

    edition = service.change_calendar(actor=_actor(), change_=change, now=clock.now())
    if edition is None:
        say("没有变化。 Nothing changes.")
        return
    say(f"第 {edition.number} 版 edition，{edition.known_from:%Y-%m-%d %H:%M} 起生效 in force")
    say("在办期限由后台任务重算。 The worker counts open deadlines again.")


def list_() -> None:
    """各地日历的每一版。 Every edition of every calendar."""
    with surroundings.django():
        from gantang.catalogue import queries

        for one in queries.editions(limit=500):
            year = f" {one.year}" if one.year else ""
            say(
                f"{one.ground or '全国'}{year} 第{one.number}版 {one.known_from:%Y-%m-%d %H:%M} "
                f"+{one.put} -{one.cleared} {one.source}"
            )


def show(
    ground: Annotated[str, typer.Argument(help="区划代码；全国不写。 Division code.")] = "",
    year: Annotated[int | None, typer.Option(help="哪一年，默认今年。 Which year.")] = None,
) -> None:
    """一年里与周一至周五上班不同的日子。 The days of a year that differ from Monday to Friday."""
    with surroundings.django():
        from gantang.catalogue import queries
        from gantang.kit import clock

        wanted = year or clock.now().year
        calendar = queries.calendar_for(ground)
        say(f"{ground or '全国'} {wanted} {calendar.version}")
        if not queries.is_published(wanted):
            say("放假安排还没有公布，期限暂定。 The notice is not out: deadlines are provisional.")
        for on in _days_of(wanted):
            day = calendar.day(on)
            if day.hours or calendar.is_working(on) != (on.weekday() < 5):
                say(f"{on} {day.kind:<7} {day.name('zh')} {_hours(day.hours)}")


def _days_of(year: int) -> "list[date]":
    first = date(year, 1, 1).toordinal()
    return [date.fromordinal(one) for one in range(first, date(year + 1, 1, 1).toordinal())]


def _hours(hours: "tuple[tuple[str, str], ...] | None") -> str:
    return " ".join(f"{since}-{until}" for since, until in hours or ())
