"""Facilities, a repair under way and a place, made by the services; run as a module beside the site. Prints the id of the
broken lamp and of the place.
"""

import json
import secrets
from dataclasses import replace


def main() -> None:
    """Cameras, lamps and a barrier in three grids; one lamp is broken and reported; one camera is due."""
    import django

    django.setup()
    from gantang.kit import clock
    from gantang.matters import service as matters
    from gantang.matters.types import Report
    from gantang.territory import queries, service
    from gantang.territory.types import NewPlace, ServiceView
    from tests.territory.test_facilities import ADMIN, looked, made
    from tests.world import World

    world, now = World(clock.now().date()), clock.now()
    keeper = world.unit(world.county)
    kinds = {one.code: one for one in queries.facility_kinds()}
    camera = replace(kinds["camera"], inspect_days=30, needs={"basic": 1}, basis="示例〔2026〕1号")
    service.set_facility_kind(actor=ADMIN, kind=camera, now=now)
    for grid, name in (
        (world.grid, "示例村口东侧"),
        (world.next_grid, "示例小学门前"),
        (world.other_grid, "示例渡口"),
    ):
        made(grid, name=name, keeper=keeper, code=f"示例-{grid[6:]}-01")
    lamp = made("", "lamp", name="示例巷口路灯", point=world.point, keeper=keeper)
    made(world.village, "barrier", name="示例桥头阻车桩", condition="out_of_service")
    looked(lamp, "working", actor=world.cast.grid_worker, key=secrets.token_hex(8))
    looked(lamp, "faulty", actor=world.cast.grid_worker, faults=["dark", "cable"], key=secrets.token_hex(8))
    report = Report(
        words="示例：巷口这盏灯连着三晚不亮。",
        channel="patrol",
        class_code="facility.lighting",
        anonymous=True,
        on_behalf=True,
        facility=lamp,
    )
    matters.intake(actor=world.cast.receiver, report=report, key=secrets.token_hex(8), now=now)
    for code, zh in (("legal", "示例：法律咨询"), ("mediation", "示例：人民调解")):
        service.set_place_service(
            actor=ADMIN, service=ServiceView(code, zh, "Sample", basis="示例〔2026〕2号"), now=now
        )
    place = NewPlace(
        "示例社会治理综合体",
        world.grid,
        "示例路1号",
        services=("legal", "mediation"),
        hours="周一至周五 9:00–17:00",
        phone="0792-0000000",
    )
    made_place = service.make_place(actor=ADMIN, place=place, now=now)
    print(json.dumps({"lamp": str(lamp), "place": str(made_place)}))


if __name__ == "__main__":
    main()
