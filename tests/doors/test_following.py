"""Perhaps somebody told it already: what is offered to a stranger, and what a follower sees and may do."""

import re
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from gantang.kit import clock, numbers
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.matters import queries, service
from gantang.matters.errors import MatterNotFoundError
from tests.doors.test_portal import given, shown
from tests.journeys import plant
from tests.matters.acting import fresh
from tests.matters.test_course import holder_of
from tests.matters.test_rebuild import found, rebuild

if TYPE_CHECKING:
    from tests.matters.acting import Course
    from tests.world import World

pytestmark = pytest.mark.django_db
ALIKE = "村口三盏路灯又不亮了，老人晚上看不见台阶。"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


def in_work(world: "World", class_code: str = "facility.lighting") -> "Course":
    """A street lamp that a unit works on."""
    course = plant._told(world, "村口三盏路灯不亮有一个星期了，老人晚上出门看不见台阶。", days=0.2)
    course.by(world.cast.receiver, "accept", **{"class": class_code, "track": "ordinary"})
    return course


def offers(client: Client, world: "World", **more: str) -> str:
    return client.post("/report/near/", given(client, world, words=ALIKE, **more)).content.decode()


def test_a_neighbour_is_offered_the_beginning_of_a_gist_and_nothing_else(client: Client, world: "World"):
    course = in_work(world)
    page = offers(client, world)
    assert "村口三盏路灯不亮" in page and "已经分派" in page
    told = (numbers.show(course.receipt.number), course.receipt.number, str(course.receipt.matter))
    assert not [one for one in told if one in page]


def test_nothing_is_offered_before_somebody_of_the_staff_has_read_it(client: Client, world: "World"):
    plant._told(
        world, "村口三盏路灯不亮有一个星期了，老人晚上出门看不见台阶。", class_code="facility.lighting"
    )
    assert "就是这件" not in offers(client, world)


def test_what_has_people_in_it_is_never_offered(client: Client, world: "World"):
    in_work(world, "safety.order")
    assert "就是这件" not in offers(client, world)


def test_nothing_is_offered_of_another_village_or_for_a_wider_ground(client: Client, world: "World"):
    in_work(world)
    elsewhere = {f"at{digits}": world.other_grid[:digits] for digits in (9, 12, 15)}
    assert "就是这件" not in offers(client, world, **elsewhere)
    assert "就是这件" not in offers(client, world, at12="", at15="")


def test_what_is_not_alike_is_not_offered(client: Client, world: "World"):
    in_work(world)
    page = client.post("/report/near/", given(client, world, words="自来水从昨天起就没有了")).content.decode()
    assert "就是这件" not in page


def test_a_follower_gets_a_code_of_ones_own_once_however_often_it_is_sent(client: Client, world: "World"):
    course = in_work(world)
    form = given(client, world, words=ALIKE)
    word = _word(client.post("/report/near/", form).content.decode())
    pages = [client.post("/report/follow/", {**form, "follow": word}).content.decode() for _ in range(2)]
    number, code = shown(pages[0])
    assert shown(pages[1]) == (number, code)
    assert code != course.receipt.access_code
    assert "1人关注" in offers(client, world)


def _word(page: str) -> str:
    found = re.search(r'name="follow" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.fixture
def followed(world: "World") -> tuple["Course", str]:
    """A matter in work with a reply and a talk, and the code of one who follows it."""
    course = in_work(world)
    taken = service.follow(
        actor=Actor(client="follow:test"), matter=course.receipt.matter, key=fresh(), now=clock.now()
    )
    handler = holder_of(course, world)
    course.by(handler, "take_on")
    course.by(handler, "ask_reporter", question="是桥头那三盏，还是小学门口那三盏？")
    course.by_reporter("supplement", supplement="是我家门口那三盏。")
    course.by(handler, "answer", result="resolved", reply="给王家门口换了三盏灯。")
    return course, taken.access_code or ""


def test_a_follower_sees_public_steps_and_nothing_of_anybody(client: Client, followed: tuple["Course", str]):
    course, code = followed
    page = client.post("/track/", {"code": code}, follow=True).content.decode()
    assert numbers.show(course.receipt.number) in page and "每一步" in page and "您在关注这件事" in page
    for hidden in ("村口三盏路灯", "小学门口", "我家门口", "王家门口", "问题解决了吗", 'name="words"'):
        assert hidden not in page


def test_a_follower_can_do_nothing(followed: tuple["Course", str]):
    _course, code = followed
    actor, matter = service.open_by_code(code)
    tracked = queries.track(code, now=clock.now())
    assert (
        not [one for one in tracked.moves if one.allowed] and tracked.messages == () and tracked.words == ""
    )
    for tried in (
        lambda: service.send(actor=actor, matter=matter, words="示例", key=fresh(), now=clock.now()),
        lambda: service.attach(
            actor=actor, matter=matter, data=plant.photo(), public=False, key=fresh(), now=clock.now()
        ),
        lambda: service.say_willing(actor=actor, matter=matter, willing=True, key=fresh(), now=clock.now()),
        lambda: service.act(
            actor=actor, matter=matter, move="confirm", answers={}, key=fresh(), now=clock.now()
        ),
    ):
        with pytest.raises(ForbiddenError):
            tried()


def test_a_follower_is_no_party_on_the_desk(world: "World", followed: tuple["Course", str]):
    course, _code = followed
    told = queries.people(world.cast.receiver, course.receipt.matter)
    assert [one.role for one in told] == ["reporter"]


def test_what_is_not_offered_is_not_followed(world: "World"):
    private, over = in_work(world, "safety.order"), plant.closed(world)
    for matter in (private.receipt.matter, over.receipt.matter, UUID(int=1)):
        with pytest.raises(MatterNotFoundError):
            service.follow(actor=Actor(client="follow:test"), matter=matter, key=fresh(), now=clock.now())


def test_a_follower_stands_in_the_ledger_and_is_found_again_by_it(followed: tuple["Course", str]):
    assert found(rebuild()) == []
