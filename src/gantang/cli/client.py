"""`gantang client …`: programs that act for a post, within scopes."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say

if TYPE_CHECKING:
    from gantang.kit.actor import Actor


class Scope(StrEnum):
    """What a program may be given."""

    read = "read"
    write = "write"
    people = "people"


Post = Annotated[int, typer.Option(help="代哪个岗位办事（编号）。 The post it acts for.")]
Scopes = Annotated[
    list[Scope],
    typer.Option(
        "--scope", help="权限：read看，write办，people看个人信息；可写多次。 What it may do; repeatable."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(no_args_is_help=True, help="接口账号。 API clients.")
    group.callback()(lambda: None)
    group.command("make")(make)
    group.command("list")(list_)
    group.command("rotate")(rotate)
    group.command("end")(end)
    app.add_typer(group, name="client")


def make(
    name: Annotated[str, typer.Argument(help="叫什么。 What it is called.")],
    post: Post,
    scope: Scopes,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="用到哪天，含当天；不写就不到期。 Its last day."),
    ] = None,
) -> None:
    """开一个接口账号；令牌只显示这一次。 Make a client; its token is shown this once."""
    with surroundings.django():
        from gantang.identity import service
        from gantang.kit import clock
        from gantang.posts import queries as posts

        posts.post(post)
        scopes = [one.value for one in scope]
        end = (until + timedelta(days=1)).replace(tzinfo=clock.ZONE) if until else None
        who = _actor()
        say(
            service.make_client(
                actor=who, name=name, post=post, scopes=scopes, expires_at=end, now=clock.now()
            )
        )


def list_(post: Post) -> None:
    """一个岗位的接口账号。 The clients of a post."""
    with surroundings.django():
        from gantang.identity import queries

        for one in queries.clients_of(post):
            ended = f" 已停 ended {one.disabled_at:%Y-%m-%d %H:%M}" if one.disabled_at else ""
            until = f" 到 until {one.expires_at:%Y-%m-%d}" if one.expires_at else ""
            waits = " 密钥待领 not taken yet" if one.waiting else ""
            say(f"{one.id} {one.name} {' '.join(sorted(one.scopes))}{until}{waits}{ended}")


def rotate(
    number: Annotated[int, typer.Argument(help="接口账号的编号。 Number of the client.")],
    hours: Annotated[
        int, typer.Option(min=0, max=720, help="旧令牌还用几小时。 Hours that the old token works as well.")
    ] = 24,
) -> None:
    """换令牌；新令牌只显示这一次。 A new token, shown this once."""
    with surroundings.django():
        from gantang.identity import service
        from gantang.kit import clock

        overlap = timedelta(hours=hours)
        say(service.renew_client(actor=_actor(), client=number, overlap=overlap, now=clock.now()))


def end(number: Annotated[int, typer.Argument(help="接口账号的编号。 Number of the client.")]) -> None:
    """停用一个接口账号，马上失效。 Take a client's token back, at once."""
    with surroundings.django():
        from gantang.identity import service
        from gantang.kit import clock

        service.disable_client(actor=_actor(), client=number, now=clock.now())
        say(f"{number} 已停用 ended")


def _actor() -> "Actor":
    """Whoever runs commands on the machine administers."""
    from gantang.kit.actor import Actor

    return Actor(client="command", admin=True)
