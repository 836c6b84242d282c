"""Matters in every state that the pages show, made by the services; run as a module beside the site.

`python -m tests.journeys.plant [NAME…]` with the environment of the site prints one JSON object: for each story
(all of them, or those named) its number and its access code. What the clock owes is left to the worker where
stories are named.
"""

import io
import json
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gantang.kit.actor import Actor
    from tests.matters.acting import Course
    from tests.world import World

LONG = "周溪镇老街东头卫生院往南第三条巷子口的下水井盖松动，晚上有人骑车经过时翻了，附近没有路灯，请尽快来人先围起来再换"


def main() -> None:
    """Make the stories and print where they are."""
    wanted = sys.argv[1:] or list(STORIES)
    import django

    django.setup()
    from gantang.kit import clock
    from gantang.matters import service
    from tests.world import World

    world = World(clock.now().date())
    told = {name: STORIES[name](world) for name in wanted}
    while not sys.argv[1:] and service.wake(now=clock.now()):
        pass
    found = {name: (one.receipt.number, one.receipt.access_code) for name, one in told.items()}
    print(json.dumps(found))


def photo() -> bytes:
    """A picture that says where it was taken."""
    from PIL import Image

    picture = Image.new("RGB", (640, 480), (96, 128, 96))
    exif = Image.Exif()
    exif[0x010F] = "示例相机"
    exif[0x8825] = {1: "N", 2: (29.0, 16.0, 0.0), 3: "E", 4: (116.0, 12.0, 0.0)}
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def _told(world: "World", words: str, *, days: float = 0, **given: object) -> "Course":
    from gantang.kit import clock
    from tests.matters.acting import Course, told

    at = clock.now() - timedelta(days=days)
    return Course(told(world.grid, words, now=at, **given), at)


def _handled(world: "World", course: "Course", track: str = "ordinary") -> "Actor":
    from tests.matters.acting import CLASS
    from tests.matters.test_course import holder_of

    course.by(world.cast.receiver, "accept", **{"class": CLASS, "track": track})
    handler = holder_of(course, world)
    course.by(handler, "take_on")
    return handler


def answered(world: "World") -> "Course":
    """Asked and answered, with a photo; the reporter is to verify."""
    course = _told(
        world, "村口三盏路灯不亮有一个星期了，老人晚上出门看不见台阶。", days=0.2, files=(photo(),)
    )
    handler = _handled(world, course)
    course.by(handler, "progress", note="到现场看过，是控制箱进水。")
    course.by(handler, "ask_reporter", question="是桥头那三盏，还是小学门口那三盏？")
    course.by_reporter("supplement", supplement="是桥头那三盏。")
    course.by(
        handler,
        "answer",
        result="resolved",
        reply="桥头三盏路灯的控制箱进水短路，已换控制箱1个、灯头3个，当晚亮灯。再坏请直接反映。",
    )
    return course


def late(world: "World") -> "Course":
    """Nobody took it on for three weeks: late, and supervised by the clock."""
    from tests.matters.acting import CLASS

    course = _told(world, "机耕道涵管堵了，一下雨水就漫到田里。", days=21)
    course.by(world.cast.receiver, "accept", **{"class": CLASS, "track": "ordinary"})
    return course


def paused(world: "World") -> "Course":
    """Waits for the reporter."""
    course = _told(world, "楼上漏水，说了几次都没有人来。", days=0.1)
    course.by(_handled(world, course), "ask_reporter", question="请问是几栋几单元几楼？")
    return course


def contested(world: "World") -> "Course":
    """Refused twice: the arbiter is to rule."""
    from tests.matters.acting import CLASS
    from tests.matters.test_course import holder_of

    course = _told(world, "河边堆了建筑垃圾，两个单位都说不归自己管。", days=0.1)
    course.by(world.cast.receiver, "accept", **{"class": CLASS, "track": "ordinary"})
    handler = holder_of(course, world)
    course.by(handler, "refuse", refusal_ground="not_our_remit", note="河道边的垃圾不归照明维护管。")
    course.by(world.cast.dispatcher, "route", **{"class": CLASS, "track": "ordinary"})
    course.by(handler, "contest", refusal_ground="several_units", note="涉及水务和城管，请裁定。")
    return course


def long(world: "World") -> "Course":
    """A title as long as titles get, thirty steps, a talk."""
    from gantang.matters import service
    from tests.matters.acting import fresh

    course = _told(world, LONG, days=3)
    handler = _handled(world, course, "complex")
    for n in range(26):
        course.by(handler, "progress", note=f"第{n + 1}次到现场：" + "围挡还在，等井盖到货。" * (1 + n % 3))
    actor, matter = service.open_by_code(course.receipt.access_code or "")
    said = [
        (actor, "什么时候能换好？小孩上学要从这里走。"),
        (handler, "井盖已经订货，到货当天换。围挡加了反光条。"),
    ]
    for who, words in said:
        course.now += timedelta(minutes=1)
        service.send(actor=who, matter=matter, words=words, key=fresh(), now=course.now)
    return course


def objected(world: "World") -> "Course":
    """The reporter is not content."""
    course = answered(world)
    course.by_reporter("object", objection="只亮了两盏，第三盏还是不亮。")
    return course


def closed(world: "World") -> "Course":
    """Verified by the reporter."""
    course = answered(world)
    course.by_reporter("confirm", rating=5)
    return course


def known(world: "World") -> "Course":
    """Told by phone by somebody who left name and number; the number of letters of a name stays hidden."""
    from gantang.matters.types import Contact

    return _told(
        world,
        "邻居把杂物堆在楼道里，消防门打不开。",
        reporter=Contact(name="示例甲", phone="13900007715", email="shili@example.org"),
        urgent=True,
    )


STORIES: dict[str, Callable[["World"], "Course"]] = {
    each.__name__: each for each in (answered, late, paused, contested, long, objected, closed, known)
}

if __name__ == "__main__":
    main()
