"""When and where a picture was taken is gone with all its other remarks, unless whoever sends it says that it shows
the place: then the vault keeps it for those who handle the matter, and it is forgotten with the matter."""

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from gantang.files import rules
from gantang.files.errors import TooManyFilesError
from gantang.kit import clock
from gantang.matters import queries, service
from tests.dumped import dump, stands
from tests.matters import paths
from tests.matters.acting import Course, fresh

if TYPE_CHECKING:
    from tests.world import World

SAID = "2026-11-01 09:30 +08:00, 28.123457, -115.500000"


def photo(*, place: bool = True, moment: bool = True, shade: int = 30) -> bytes:
    """A picture as a telephone makes it."""
    tags, made = Image.Exif(), BytesIO()
    if moment:
        inner = tags.get_ifd(0x8769)
        inner[0x9003], inner[0x9011] = "2026:11:01 09:30:05", "+08:00"
    if place:
        gps = tags.get_ifd(0x8825)
        gps[1], gps[2] = "N", (IFDRational(28), IFDRational(7), IFDRational(244444, 10000))
        gps[3], gps[4] = "W", (IFDRational(115), IFDRational(30), IFDRational(0))
    Image.new("RGB", (8, 8), (shade, 90, 30)).save(made, "JPEG", exif=tags)
    return made.getvalue()


def attached(world: "World", course: Course, data: bytes, *, shows_place: bool) -> list[str]:
    """What the matter's texts say after it."""
    actor, now = world.cast.receiver, clock.now()
    given = {"actor": actor, "matter": course.id, "public": False, "key": fresh(), "now": now}
    service.attach(**given, data=data, shows_place=shows_place)
    texts = queries.texts(actor, course.id, now=now)
    return [said["taken"] for said in texts.values() if "taken" in said]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (photo(), SAID),
        (photo(place=False), "2026-11-01 09:30 +08:00"),
        (photo(moment=False), "28.123457, -115.500000"),
        (photo(place=False, moment=False), ""),
        (b"%PDF-1.7 no picture", ""),
        (b"", ""),
    ],
)
def test_it_is_read_as_far_as_the_picture_tells_it(data: bytes, said: str):
    assert rules.taken(BytesIO(data)) == said


@pytest.mark.django_db
def test_it_is_kept_only_where_the_sender_says_that_the_picture_shows_the_place(world: "World"):
    course = paths.begun(world)
    assert attached(world, course, photo(), shows_place=False) == []
    assert attached(world, course, photo(shade=31), shows_place=True) == [SAID]
    assert service.rebuild(now=clock.now()).sound


def test_it_stands_in_the_vault_alone_and_goes_with_the_matter(open_world: "World"):
    course = paths.begun(open_world)
    assert attached(open_world, course, photo(), shows_place=True) == [SAID]
    assert not stands("28.123457", dump()) and not stands("-115.5000", dump())
    course.by_reporter("withdraw")
    from datetime import timedelta

    from gantang.kit.actor import SYSTEM
    from gantang.kit.work import reading
    from gantang.matters.models import Matter

    with reading(SYSTEM, ids=[course.id]):
        Matter.objects.filter(id=course.id).update(ended_at=clock.now() - timedelta(days=366 * 6))
    assert service.forget_due(now=clock.now()) == 1
    texts = queries.texts(open_world.cast.receiver, course.id, now=clock.now())
    assert [said for said in texts.values() if said.get("taken")] == []


@pytest.mark.django_db
def test_a_matter_takes_so_many_files_and_no_more(world: "World", settings: pytest.FixtureRequest):
    settings.GANTANG_MAX_ATTACHMENTS = 2  # type: ignore[attr-defined]
    course = paths.begun(world)
    given = {"actor": world.cast.receiver, "matter": course.id, "public": False, "now": clock.now()}
    for shade in (1, 2):
        service.attach(**given, data=photo(shade=shade), key=fresh())
    with pytest.raises(TooManyFilesError) as told:
        service.attach(**given, data=photo(shade=3), key=fresh())
    assert told.value.status == 422 and "2" in told.value.words
    assert len(queries.attachments(world.cast.receiver, course.id)) == 2
