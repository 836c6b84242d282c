"""`python -m tests.faults.casework`: the whole site under its real supervisor, with the tests' small world.

It differs from `gantang up` in its preparation, which also makes the world and a program's token, and, where a test
asks for it, in its clock.
"""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from gantang.host.options import options
from gantang.host.supervisor import Supervisor, commands, web_command
from tests.faults import shifted

TOKEN = "token"
#: Where the clients report, by the programs' post: the desk of a township.
GROUND = "360428101001001"


def prepare() -> int:
    """What `gantang prepare` does, then the world."""
    done = subprocess.run([sys.executable, "-P", "-m", "gantang", "prepare"]).returncode
    if done == 0 and not (options().data_dir / TOKEN).exists():
        _make_world(options().data_dir / TOKEN)
    return done


def _make_world(note: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "gantang.site.settings"
    import django

    django.setup()
    from gantang.identity.service import make_client
    from gantang.kit.actor import SYSTEM
    from gantang.kit.clock import now
    from tests.world import CAST, World, build_world

    build_world()
    post = World(now().date()).post(*CAST["receiver"])
    note.write_text(make_client(actor=SYSTEM, name="load", post=post, now=now()), encoding="ascii")


def main() -> None:
    """Serve until a signal."""
    if sys.argv[1:] == ["prepare"]:
        sys.exit(prepare())
    ours = replace(
        commands(options(), "prepare"),
        prepare=[sys.executable, "-m", "tests.faults.casework", "prepare"],
    )
    if shifted.FOLDER in os.environ:
        ours = replace(
            ours,
            web=web_command(options(), "tests.faults.shifted:application"),
            worker=[sys.executable, "-m", "tests.faults.shifted"],
        )
    say = lambda line: print(line, flush=True)  # noqa: E731
    Supervisor(options(), ours, say=say, ready=lambda: say("ready")).run()


if __name__ == "__main__":
    main()
