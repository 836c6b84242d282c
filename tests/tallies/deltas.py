"""Generated deltas of two small cities."""

from datetime import date, timedelta
from random import Random

from gantang.tallies.types import Delta

GROUNDS = ["36", "3604", "360428", "360428101", "360428101200", "360428101200001", "360428101200002"]
GROUNDS += ["360428102201001", "360481100001001", "360481100001"]


def random_delta(random: Random) -> Delta:
    then = random.choice(GROUNDS)
    return Delta(
        day=date(2026, 10, 28) + timedelta(days=random.randrange(9)),
        scope="~12" if random.random() < 0.1 else then,
        grid_then=then,
        grid_now=then if random.random() < 0.7 else random.choice(GROUNDS),
        klass=random.choice(["facility", "facility.lighting", "facility.drain", "dispute", "facilities"]),
        procedure=random.choice(["request", "dispute"]),
        unit=random.choice([0, 3, 17]),
        channel=random.choice(["portal", "phone"]),
        urban=random.choice(["urban", "rural", ""]),
        cause=random.choice(["", "wear"]),
        measure=random.choice(["in", "closed", "end.resolved", "days", "fen"]),
        n=random.choice([1, 1, 1, -1, 5, 12000]),
    )
