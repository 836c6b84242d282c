"""``python -m bench [what …]``; without a word everything is measured and written down."""

import argparse
from collections.abc import Callable
from typing import Any

from bench.site import running

Measure = Callable[[argparse.Namespace], dict[str, Any]]


def main() -> None:
    """Measure what is named, or all of it."""
    parser = argparse.ArgumentParser(prog="bench", description="Figures beside their ceilings.")
    parser.add_argument("what", nargs="*", help=f"of {', '.join([*_alone(), *_parts()])}; all without a word")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each side of a pair (default 3)")
    parser.add_argument("--seconds", type=float, default=12.0, help="length of one run (default 12)")
    parser.add_argument("--turns", type=int, default=40, help="how often a page is asked for (default 40)")
    parser.add_argument("--matters", type=int, default=100_000, help="to measure among (default 100,000)")
    parser.add_argument("--acts", type=int, default=50_000, help="of `day` (default 50,000)")
    parser.add_argument("--streams", type=int, default=100_000, help="of `verify` (default 100,000)")
    parser.add_argument("--instance", default="", help="file of Instance1, for `roster`")
    given = parser.parse_args()
    wanted = [one for one in given.what if one != "all"] or [*_alone(), *_parts()]
    for name in wanted:
        if name in _alone():
            _keep(name, _alone()[name], given)
    wanted = [one for one in wanted if one not in _alone()]
    if not wanted:
        return
    with running():
        from bench import growth, report, seed, tidy

        report.keep("site", {"matters": seed.fill(given.matters)}, of=given.matters)
        for name in wanted:
            tidy.tidy()
            _keep(name, _parts()[name], given)
        tidy.tidy()
        report.write_page()
        growth.write_page()


def _keep(name: str, measure: Measure, given: argparse.Namespace) -> None:
    from bench import report

    print(name, flush=True)
    report.keep(name, measure(given), of=given.matters)


def _alone() -> dict[str, Measure]:
    """What needs no site, or brings its own."""
    from bench import dates, faces, ground, locate, rosters, search, triage, verify

    return {
        "faces": lambda given: faces.measure(),
        "time": lambda given: dates.measure(rounds=given.rounds),
        "locate": lambda given: locate.measure(),
        "ground": lambda given: ground.measure(),
        "search": lambda given: search.measure(matters=given.matters, turns=given.turns),
        "triage": lambda given: triage.measure(),
        "roster": lambda given: rosters.measure(given.instance),
        "verify": lambda given: verify.measure(streams=given.streams),
    }


def _parts() -> dict[str, Measure]:
    from bench import blind, client, counts, day, imports, reads, writes

    return {
        "load": lambda given: client.measure(seconds=given.seconds / 2),
        "queue": lambda given: reads.queue(turns=given.turns),
        "matter": lambda given: reads.matter(turns=given.turns),
        "create": lambda given: writes.create(rounds=given.rounds, seconds=given.seconds),
        "move": lambda given: writes.move(rounds=given.rounds, seconds=given.seconds),
        "counts": lambda given: counts.measure(turns=given.turns),
        "import": lambda given: imports.measure(rounds=given.rounds),
        "day": lambda given: day.measure(acts=given.acts),
        "blind": lambda given: blind.measure(),
    }


if __name__ == "__main__":
    main()
