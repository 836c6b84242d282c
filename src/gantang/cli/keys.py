"""`gantang keys`: new keys while everything goes on, and an outside key service."""

import typer

from gantang.cli import surroundings
from gantang.cli.screen import bar, say


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(no_args_is_help=True, help="密钥。 Keys.")
    group.callback()(lambda: None)
    for name, command in (("list", listed), ("master", master), ("index", index), ("enclose", enclose)):
        group.command(name)(command)
    app.add_typer(group, name="keys")


def listed() -> None:
    """用哪个主密钥，各封着多少，换到哪里了。 Which master key wraps how much; how far rotations are."""
    with surroundings.django():
        from gantang.kit import crypto
        from gantang.vault import queries

        newest = crypto.newest_master()
        say(f"主密钥 master key: {newest}")
        for number, count in sorted(queries.masters().items()):
            old = "（旧 old）" if number < newest else ""
            say(f"主密钥 {number}{old} 封着 wraps: {count}")
        for one in queries.rotations():
            state = f"完成 done {one.done_at:%Y-%m-%d}" if one.done_at else "进行中 under way"
            say(f"{one.kind} {one.number}  {one.looked}/{one.total}  换过 taken over: {one.done}  {state}")


def master() -> None:
    """换主密钥，不停机：新数据即用新的，旧数据分批换；可以中断，后台任务会接着做。

    A new master key without an interruption: new data use it at once, data keys are wrapped anew in batches;
    may be stopped, the worker goes on. The old key files stay.
    """
    _turn("new_master")


def index() -> None:
    """换盲索引的密钥，不停机：换的时候照样查得到。

    A new key for the blind indexes without an interruption: people are found all the while.
    """
    _turn("new_index")


def enclose() -> None:
    """请外部密钥服务（GANTANG_KMS）封装还是明文的密钥文件。 Have the key service close the key files."""
    with surroundings.django(database=False):
        from django.conf import settings

        from gantang.kit import crypto

        if not settings.GANTANG_KMS:
            raise typer.BadParameter("请先设置 GANTANG_KMS … set GANTANG_KMS first")
        for name in (done := crypto.enclose()):
            say(name)
        say(f"{len(done)} 个文件已封装 files closed")


def _turn(which: str) -> None:
    with surroundings.django():
        from gantang.kit import clock
        from gantang.kit.actor import Actor
        from gantang.vault import queries, service

        number = getattr(service, which)(actor=Actor(client="command", admin=True), now=clock.now())
        say(f"新密钥 new key: {number}")
        with bar("换密钥 … taking over") as progress:
            while service.go_on(now=clock.now()):
                one = queries.rotations()[0]
                progress(one.looked, max(one.total, one.looked))
        one = queries.rotations()[0]
        say(f"换过 taken over: {one.done}，看过 looked at: {one.looked}")
        say(f"还用旧主密钥的 left on older master keys: {queries.left_on_old_keys()}")
