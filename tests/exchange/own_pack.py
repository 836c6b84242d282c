"""A site whose deployment has a pack of its own: brought up as `gantang up` brings it up, then served.

Run as `python -m tests.exchange.own_pack PORT FOLDER FILE PASSWORD`, with the environment of a test process.
"""

import json
import os
import sys
from pathlib import Path

from tests.journeys.serve import _give, become


def main() -> None:
    """Bring the database up to the folder's packs, hand out a program and passwords, serve."""
    port, folder, told, password = sys.argv[1:5]
    os.environ |= {"GANTANG_PACKS_DIR": folder, "GANTANG_PORT": port}
    os.environ["DJANGO_SETTINGS_MODULE"] = "gantang.site.settings"
    import django

    django.setup()
    from gantang.kit import clock
    from gantang.site.migrate import migrate
    from tests.exchange.seed import token_of
    from tests.world import World

    refused = [str(error) for error in migrate(verbosity=0)]
    world = World(clock.now().date())
    names = {name: world.username_of(name) for name in ("receiver",)}
    sown = {"refused": refused, "token": token_of(world, "receiver"), "grid": world.grid, "names": names}
    Path(told).write_text(json.dumps(sown), encoding="utf-8")
    _give(password)
    become(port)


if __name__ == "__main__":
    main()
