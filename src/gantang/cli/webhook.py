"""`gantang webhook …`: who outside hears that matters go on."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say

if TYPE_CHECKING:
    from gantang.kit.actor import Actor

Number = Annotated[int, typer.Argument(help="编号。 Its number.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(no_args_is_help=True, help="对外通知（webhook）。 News to receivers outside.")
    group.callback()(lambda: None)
    group.command("add")(add)
    group.command("list")(list_)
    group.command("rotate")(rotate)
    group.command("test")(test)
    group.command("pause")(pause)
    group.command("resume")(resume)
    group.command("end")(end)
    group.command("kinds")(kinds)
    app.add_typer(group, name="webhook")


def add(
    address: Annotated[str, typer.Argument(help="接收地址，https://…。 Where it goes, https://….")],
    kind: Annotated[
        list[str], typer.Option("--kind", help="通知种类，可写多次。 Kinds of news; repeatable.")
    ],
    ground: Annotated[
        str, typer.Option(help="只通知这个区划（代码开头）。 Only this ground, the beginning of a code.")
    ] = "",
    basis: Annotated[str, typer.Option(help="依据的文件（文号）。 The document this rests on.")] = "",
) -> None:
    """登记一个接收方；密钥只显示这一次。 Register a receiver; its secret is shown this once."""
    with surroundings.django():
        from gantang.kit import clock
        from gantang.outbox import service

        number, secret = service.order_webhook(
            actor=_actor(), address=address, kinds=kind, ground=ground, basis=basis, now=clock.now()
        )
        say(f"{number}  {secret}")


def list_() -> None:
    """登记的接收方，各有多少待送。 The receivers, and what waits for each."""
    with surroundings.django():
        from gantang.outbox import queries

        for one in queries.webhooks(_actor()):
            paused = "  暂停 paused" if one.paused_at and not one.ended_at else ""
            ended = f"  已停止 ended {one.ended_at:%Y-%m-%d} {one.ended_why}" if one.ended_at else ""
            where = f"{' '.join(one.kinds)}  {one.ground or '*'}  {one.basis}"
            say(f"{one.id}  {one.address}  {where}{paused}{ended}")
            say(f"    待送 waiting {one.waiting}, 未送达 dead {one.dead}, 答复遗失 answers lost {one.unsure}")


def rotate(
    number: Number,
    hours: Annotated[
        int, typer.Option(min=0, help="旧密钥还用几小时。 Hours that the old secret signs as well.")
    ] = 24,
) -> None:
    """换密钥；新密钥只显示这一次。 A new secret, shown this once."""
    with surroundings.django():
        from gantang.kit import clock
        from gantang.outbox import service

        overlap = timedelta(hours=hours)
        say(service.rotate_webhook(actor=_actor(), id=number, now=clock.now(), overlap=overlap))


def test(number: Number) -> None:
    """试送一条，不含任何事项。 Send it a signed test of no matter."""
    with surroundings.django():
        from gantang.kit import clock
        from gantang.outbox import service

        service.try_webhook(actor=_actor(), id=number, now=clock.now())


def pause(number: Number) -> None:
    """暂停：消息留着不送。 What it is told waits from now on."""
    with surroundings.django():
        from gantang.kit import clock
        from gantang.outbox import service

        service.pause_webhook(actor=_actor(), id=number, now=clock.now())


def resume(number: Number) -> None:
    """恢复：留着的按次序送出。 What waited leaves, in its order."""
    with surroundings.django():
        from gantang.outbox import service

        service.resume_webhook(actor=_actor(), id=number)


def end(number: Number) -> None:
    """停止通知，不再恢复。 No more news to it, for good."""
    with surroundings.django():
        from gantang.kit import clock
        from gantang.outbox import service

        service.end_webhook(actor=_actor(), id=number, now=clock.now())


def kinds() -> None:
    """可以登记的通知种类。 The kinds of news there are."""
    with surroundings.django(database=False):
        from gantang.outbox import registry

        for kind, words in sorted(registry.events().items()):
            say(f"{kind}  {words}")


def _actor() -> "Actor":
    """Whoever runs commands on the server."""
    from dataclasses import replace

    from gantang.kit.actor import SYSTEM

    return replace(SYSTEM, admin=True)
