"""A line tells that a matter changed, to whoever sees it at that moment, and nothing else."""

from typing import TYPE_CHECKING

from tests.live.conftest import Lines, Signed, heard
from tests.matters.acting import CLASS, Course, told

if TYPE_CHECKING:
    from tests.world import World


def accepted(world: "World", course: Course) -> None:
    course.by(world.cast.receiver, "accept", **{"class": CLASS, "track": "ordinary"})


def test_an_act_is_heard_once_it_is_committed_and_nothing_of_the_matter_stands_in_it(
    open_world: "World", lines: Lines, signed: Signed
) -> None:
    course = Course(told(open_world.grid))
    line = lines.to(course.receipt.number, signed.session("receiver"))
    assert line.status == 200 and line.headers["Content-Type"].startswith("text/event-stream")
    assert line.readline() == b"retry: 3000\n"
    accepted(open_world, course)
    assert heard(line) == "changed"
    assert line.readline() == b"data: -\n"
    course.by(open_world.cast.department_handler, "take_on")
    assert heard(line) == "changed"


def test_a_line_to_a_matter_out_of_sight_is_as_one_to_none(
    open_world: "World", lines: Lines, signed: Signed
) -> None:
    number = told(open_world.grid).number
    for session in (
        "",
        "nobody",
        signed.session("foreigner"),
        signed.session("neighbour"),
        signed.session("admin"),
    ):
        assert lines.to(number, session).status == 404
    assert lines.to("JW9999999", signed.session("receiver")).status == 404


def test_a_line_ends_when_the_sign_in_has_ended(open_world: "World", lines: Lines, signed: Signed) -> None:
    course = Course(told(open_world.grid))
    key = signed.session("receiver")
    line = lines.to(course.receipt.number, key)
    line.readline()
    signed.end(key)
    accepted(open_world, course)
    assert heard(line) == "gone"
    assert line.read() in (b"data: -\n\n", b"")


def test_only_pages_of_the_site_may_read_it(open_world: "World", lines: Lines, signed: Signed) -> None:
    from django.conf import settings

    number, key = told(open_world.grid).number, signed.session("receiver")
    own = f"http://127.0.0.1:{settings.GANTANG_PORT}"
    assert lines.to(number, key, own).headers["Access-Control-Allow-Origin"] == own
    assert "Access-Control-Allow-Origin" not in lines.to(number, key, "http://127.0.0.1:1").headers
    assert "Access-Control-Allow-Origin" not in lines.to(number, key, "https://example.org").headers


def test_a_sign_in_has_twenty_lines_and_no_more(open_world: "World", lines: Lines, signed: Signed) -> None:
    from gantang.live.lines import EACH

    number, key = told(open_world.grid).number, signed.session("receiver")
    for _ in range(EACH):
        line = lines.to(number, key)
        assert line.status == 200
        line.readline()
    assert lines.to(number, key).status == 429
    assert lines.to(number, signed.session("leader")).status == 200
