"""`gantang client …`: programs that act for a post, within scopes."""

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
    group.command("end")(end)
    app.add_typer(group, name="client")


def make(
    name: Annotated[str, typer.Argument(help="叫什么。 What it is called.")], post: Post, scope: Scopes
) -> None:
    """开一个接口账号；令牌只显示这一次。 Make a client; its token is shown this once."""
    with surroundings.django():
        from gantang.identity import service
        from gantang.kit import clock
        from gantang.posts import queries as posts

        posts.post(post)
        scopes = [one.value for one in scope]
        say(service.make_client(actor=_actor(), name=name, post=post, scopes=scopes, now=clock.now()))


def list_(post: Post) -> None:
    """一个岗位的接口账号。 The clients of a post."""
    with surroundings.django():
        from gantang.identity import queries

        for one in queries.clients_of(post):
            ended = f" 已停 ended {one.disabled_at:%Y-%m-%d %H:%M}" if one.disabled_at else ""
            say(f"{one.id} {one.name} {' '.join(sorted(one.scopes))}{ended}")


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
