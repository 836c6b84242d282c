"""`gantang person`: what a person asks of whoever keeps something about it: tell me, put it right.

Values are asked for, never given as arguments: arguments stand in lists of processes and in histories.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say

if TYPE_CHECKING:
    from gantang.kit.actor import Actor

Field = Annotated[str, typer.Option(help="phone、id_number 或 name。 By what the person is found.")]
Answers = Annotated[
    str,
    typer.Option(
        "--account", help="办理人的登录名；查询记在这个人名下。 Who answers, by the name to sign in."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(no_args_is_help=True, help="本人查询和更正。 A person's own requests.")
    group.callback()(lambda: None)
    group.command("held")(held)
    group.command("correct")(correct)
    app.add_typer(group, name="person")


def held(account: Answers, field: Field = "phone") -> None:
    """本人请求：保存了我的什么、为什么、到什么时候；只说有什么，不说内容。查询本身留有记录。

    What is held about a person, why, on which ground of law, until when; no content. The asking is on record.
    """
    value = typer.prompt("号码或姓名 … the value", hide_input=True)
    with surroundings.django():
        from gantang.kit import clock, numbers
        from gantang.matters import service

        found = service.held_about(actor=_actor(account), field=field, value=value, now=clock.now())
        for one in found:
            until = f"{one.until:%Y-%m-%d}" if one.until else "–"
            say(f"{numbers.show(one.number)}  {one.kind}  {one.since:%Y-%m-%d} → {until}")
            say(f"    {one.purpose[0]} {one.purpose[1]}; {one.basis[0]} {one.basis[1]}")
            for _name, text in one.content:
                say(f"    {text}")
        say(f"{len(found)} 项 held")


def correct(
    account: Answers,
    number: Annotated[str, typer.Argument(help="事项编号。 The matter's number.")],
    field: Annotated[str, typer.Option(help="name、phone、email、address 或 id_number。 Which field.")],
    person: Annotated[int, typer.Option(help="第几人，0 是反映人。 Which person, 0 the reporter.")] = 0,
) -> None:
    """按本人请求更正一项个人信息；步骤里只写改了哪一项。 Put one field of a person right, on record."""
    value = typer.prompt("正确的内容 … what is right", hide_input=True)
    with surroundings.django():
        import secrets

        from gantang.kit import clock
        from gantang.matters import queries, service

        actor = _actor(account)
        service.correct_person(
            actor=actor,
            matter=queries.in_sight(actor, number),
            person=person,
            field=field,
            value=value,
            key=secrets.token_urlsafe(16),
            now=clock.now(),
        )
        say("已更正 corrected")


def _actor(username: str) -> "Actor":
    """Who answers, in the first post it holds today. Errors: BadParameter for a name that is nobody's."""
    from gantang.identity import queries as identity
    from gantang.kit import clock
    from gantang.posts import queries as posts

    found = identity.account_named(username)
    if found is None:
        raise typer.BadParameter(f"没有这个账号 … no such account: {username}")
    return posts.actor_of(account=found.id, post=None, on=clock.now().date())
