"""`python -m tests.faults.stand`: the real supervisor, database and web server around the stub site."""

import os
import sys
import time

import psycopg

from gantang.host.options import options
from gantang.host.places import places
from gantang.host.supervisor import TRY_LATER, Commands, Supervisor, web_command

_WORK = "import signal; signal.signal(signal.SIGTERM, signal.SIG_DFL); signal.pause()"


def prepare() -> None:
    """What `gantang prepare` is to the real site."""
    try:
        with psycopg.connect(os.environ["DATABASE_URL"]) as link:
            link.execute("CREATE TABLE IF NOT EXISTS kept (id text PRIMARY KEY)")
    except psycopg.OperationalError:
        sys.exit(TRY_LATER)


def archive() -> None:
    """Receive the log after so many seconds, as on a slow machine; the end of the database ends the wait too."""
    begin = time.monotonic() + float(os.environ.get("STAND_ARCHIVE_AFTER", "0"))
    running = places(options()).data / "postmaster.pid"
    while time.monotonic() < begin:
        if not running.exists():
            return
        time.sleep(0.1)
    os.execv(sys.executable, [sys.executable, "-P", "-m", "gantang", "archive"])


def main() -> None:
    """Serve until a signal."""
    if sys.argv[1:]:
        {"prepare": prepare, "archive": archive}[sys.argv[1]]()
        return
    commands = Commands(
        prepare=[sys.executable, "-m", "tests.faults.stand", "prepare"],
        web=web_command(options(), "tests.faults.stub:application"),
        worker=[sys.executable, "-c", _WORK],
        archive=[sys.executable, "-m", "tests.faults.stand", "archive"],
    )
    say = lambda line: print(line, flush=True)  # noqa: E731
    Supervisor(options(), commands, say=say, ready=lambda: say("ready")).run()


if __name__ == "__main__":
    main()
