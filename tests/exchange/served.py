"""The API as it really runs, on a database of its own with matters in it: what is in it goes into a file, then granian
serves in this process.

Run as `python -m tests.exchange.served PORT FILE MATTERS`, with the environment of a test process.
"""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

from tests.journeys.serve import become


def main() -> None:
    """Sow, tell what was sown, serve until told to stop."""
    port, told, matters = sys.argv[1:4]
    os.environ["DJANGO_SETTINGS_MODULE"] = "gantang.site.settings"
    os.environ["GANTANG_PORT"] = port
    import django

    django.setup()
    Path(told).write_text(json.dumps(_sown(int(matters))), encoding="utf-8")
    become(port, "tests.exchange.patient:application")


def _sown(matters: int) -> dict[str, object]:
    from gantang.kit import clock
    from tests.exchange.seed import sown
    from tests.world import World, _foreign_grid

    world = replace(World(clock.now().date()), foreign_grid=_foreign_grid())
    return sown(world, matters=matters)


if __name__ == "__main__":
    main()
