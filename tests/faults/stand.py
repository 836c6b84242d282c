"""`python -m tests.faults.stand`: the real supervisor, database and web server around the stub site."""

import os
import sys

import psycopg

from gantang.host.options import options
from gantang.host.supervisor import TRY_LATER, Commands, Supervisor, web_command

_WORK = "import signal; signal.signal(signal.SIGTERM, signal.SIG_DFL); signal.pause()"


def prepare() -> None:
    """What `gantang prepare` is to the real site."""
    try:
        with psycopg.connect(os.environ["DATABASE_URL"]) as link:
            link.execute("CREATE TABLE IF NOT EXISTS kept (id text PRIMARY KEY)")
    except psycopg.OperationalError:
        sys.exit(TRY_LATER)


def main() -> None:
    """Serve until a signal."""
    if sys.argv[1:] == ["prepare"]:
        prepare()
        return
    after = os.environ.get(
        "STAND_ARCHIVE_AFTER", "0"
    )  # seconds until the log is received, as on a slow machine
    commands = Commands(
        prepare=[sys.executable, "-m", "tests.faults.stand", "prepare"],
        web=web_command(options(), "tests.faults.stub:application"),
        worker=[sys.executable, "-c", _WORK],
        archive=["sh", "-c", f"sleep {after}; exec {sys.executable} -P -m gantang archive"],
    )
    say = lambda line: print(line, flush=True)  # noqa: E731
    Supervisor(options(), commands, say=say, ready=lambda: say("ready")).run()


if __name__ == "__main__":
    main()
