"""The sample's fund beside the journeys' site, and a line that waits; prints the fund, its year and the line."""

import json

import django

django.setup()

from gantang.fund import queries  # noqa: E402
from gantang.fund.types import Which  # noqa: E402
from gantang.kit import clock  # noqa: E402
from gantang.sample import fund  # noqa: E402
from tests.world import World  # noqa: E402


def main() -> None:
    now = clock.now()
    leader = World(on=now.date()).cast.county_leader
    fund.make(now=now)
    (one,) = queries.funds(leader)
    (line,) = queries.entries(leader, one.id, Which("awaiting")).items
    print(json.dumps({"fund": one.id, "year": now.year - 1, "entry": str(line.id)}))


if __name__ == "__main__":
    main()
