"""A campaign that is under way, made by the services; run as a module beside the site. Prints its number, that of a
finding to be claimed and that of a decision that a gate barred."""

import contextlib
import json


def main() -> None:
    """One grid found nothing, one found something, a decision was tried without its assessment."""
    import django

    django.setup()
    from gantang.kit import clock
    from gantang.matters import queries
    from gantang.matters.errors import MoveRefusedError
    from tests.matters.deciding import assessed_by, prepared
    from tests.matters.screening import by, matters_of, opened, ordered
    from tests.matters.ways import duties
    from tests.world import World

    world = World(clock.now().date())
    campaign = ordered(world, repeat="weekly", basis="示例：综治工作通知")
    opened(campaign)
    found, cast = matters_of(campaign), world.cast
    by(cast.grid_worker, found[world.grid], "report_nothing", ways=["visit"])
    village = world.actor("360428101001", "网格员002")
    what = "两家因为屋后排水沟往哪边走争了几次，想请村里来看看（示例）。"
    by(village, found[world.next_grid], "report", found_class="dispute.neighbour", what=what)
    (finding,) = queries.findings(cast.dispatcher, campaign.id).items
    decision = prepared(world)
    assessed_by(world, decision)
    with contextlib.suppress(MoveRefusedError):
        decision.by(cast.county_leader, "discuss")
    listed, first, _second = duties.issued(world)
    first.go("progress", "done", "strike_off")
    group = duties.formed(world)
    meeting = group.child(group.make("convene"))
    told = {"campaign": campaign.id, "finding": finding.number, "decision": decision.receipt.number}
    told |= {"list": listed.row.number, "meeting": meeting.row.number}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
