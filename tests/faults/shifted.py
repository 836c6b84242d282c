"""The web server's application and the worker, with a clock that goes by a file; `casework` runs them so when it
is told where the file lies.

What ``gantang.kit.clock`` takes for the machine's clock is shifted, and what Django and the sessions look at goes with
it. The database keeps the machine's own time, as one on another machine would.
"""

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FOLDER = "TEST_CLOCKS"
WEB, WORKER = "web", "worker"


def shift(role: str) -> None:
    """From now on this process's clock is as many seconds off as the role's file says at each moment."""
    place, real = Path(os.environ[FOLDER]) / role, time.time

    def off() -> float:
        return float(place.read_text())

    from django.utils import timezone

    from gantang.kit import clock

    clock.here = lambda: datetime.now(clock.ZONE) + timedelta(seconds=off())
    timezone.now = lambda: datetime.now(UTC) + timedelta(seconds=off())
    time.time = lambda: real() + off()


def __getattr__(name: str) -> Any:
    """``application``, once the web server asks for it."""
    if name != "application":
        raise AttributeError(name)
    shift(WEB)
    from gantang.site.wsgi import application

    return application


if __name__ == "__main__":
    shift(WORKER)
    from gantang.cli import main

    sys.argv[1:] = ["work"]
    main()
