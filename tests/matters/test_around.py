"""What no pack says: merging, transfer, links, messages, files, codes; and what the clock does by itself."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.files.rules.office import OFFICE
from gantang.kit import clock, crypto, numbers
from gantang.kit.errors import ForbiddenError
from gantang.matters import queries, service
from gantang.matters.errors import (
    AnswerInvalidError,
    CodeNotFoundError,
    LinkInvalidError,
    MatterNotFoundError,
    MoveRefusedError,
)
from gantang.matters.types import Contact, Filters
from gantang.outbox.models import Row
from gantang.tallies import queries as tallies
from tests.files.made import office
from tests.matters.acting import CLASS, Course, fresh, image, row_of, told
from tests.matters.test_course import handled

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(world: "World") -> Course:
    return Course(told(world.grid))


def test_a_merged_matter_keeps_its_original_and_its_reporter_keeps_code_and_verdict(
    course: Course, world: "World"
):
    other = Course(told(world.grid, "路灯一直没修。"), course.now)
    other.by(world.cast.receiver, "merge", into=str(course.id), children="withdraw")
    assert other.seen_by(world.cast.receiver).outcome == "merged"
    handler = handled(course, world)
    course.by(handler, "answer", result="resolved", reply="修好了。")
    tracked = queries.track(other.receipt.access_code or "", now=course.now)
    assert (tracked.number, tracked.status) == (course.receipt.number, "answered")
    other.now = course.now
    actor, matter = service.open_by_code(other.receipt.access_code or "")
    assert matter == course.id
    acted = service.act(
        actor=actor,
        matter=matter,
        move="object",
        answers={"objection": "没修。"},
        key=fresh(),
        now=course.now,
    )
    assert acted.status == "reopened"
    kinds = {one.kind for one in queries.links(world.cast.receiver, course.id)}
    assert kinds == {"merged"}


def test_a_matter_is_never_merged_into_itself_or_out_of_sight(course: Course, world: "World"):
    with pytest.raises(LinkInvalidError):
        course.by(world.cast.receiver, "merge", into=str(course.id), children="withdraw")
    for number in (told(world.foreign_grid).number, numbers.take(3610)):  # out of sight, and not there
        with pytest.raises(AnswerInvalidError):
            course.by(world.cast.receiver, "merge", into=number, children="withdraw")
    assert course.seen_by(world.cast.receiver).ended_at is None


def test_a_transfer_takes_clocks_uses_people_and_files_along(course: Course, world: "World"):
    actor, _ = service.open_by_code(course.receipt.access_code or "")
    service.attach(actor=actor, matter=course.id, data=image(), public=False, key=fresh(), now=course.now)
    before = course.seen_by(world.cast.receiver)
    course.by(world.cast.receiver, "move_away", ground=world.foreign_township, children="carry")
    old = course.seen_by(world.cast.receiver)
    assert old.outcome == "moved"
    tracked = queries.track(course.receipt.access_code or "", now=course.now)
    assert tracked.number != course.receipt.number
    assert tracked.words == "村口路灯不亮有一个星期了。"
    assert len(tracked.attachments) == 1
    new = queries.get(world.cast.foreign_receiver, tracked.number, now=course.now)
    assert new.opened_at == before.opened_at
    assert {one.of: one.due_at for one in new.clocks} == {one.of: one.due_at for one in before.clocks}
    with pytest.raises(MatterNotFoundError):
        queries.get(world.cast.receiver, tracked.number, now=course.now)


def test_a_transfer_counts_neither_closed_there_nor_opened_here(course: Course, world: "World"):
    def stock(ground: str) -> int:
        found = {
            name: tallies.total(name, ground=ground) for name in ("in", "out", "reopened", "transferred")
        }
        return found["in"] - found["out"] + found["reopened"] - found["transferred"]

    here, there, whole = stock("3604"), stock("3610"), stock("36")
    course.by(world.cast.receiver, "move_away", ground=world.foreign_township, children="withdraw")
    assert (stock("3604"), stock("3610"), stock("36")) == (here - 1, there + 1, whole)


def test_links_are_two_rows_and_unlinking_removes_both(course: Course, world: "World"):
    other = told(world.grid, "另一盏路灯也不亮。")
    receiver = world.cast.receiver
    for _ in range(2):
        service.link(
            actor=receiver, matter=course.id, other=other.matter, kind="related", key=fresh(), now=course.now
        )
    assert [one.number for one in queries.links(receiver, course.id)] == [other.number]
    assert [one.number for one in queries.links(receiver, other.matter)] == [course.receipt.number]
    service.unlink(
        actor=receiver, matter=other.matter, other=course.id, kind="related", key=fresh(), now=course.now
    )
    assert queries.links(receiver, course.id) == []


def test_messages_reach_their_person_and_nobody_else(course: Course, world: "World"):
    actor, _ = service.open_by_code(course.receipt.access_code or "")
    service.send(actor=actor, matter=course.id, words="请快一点。", key=fresh(), now=course.now)
    later = course.now + timedelta(seconds=1)
    service.send(actor=world.cast.receiver, matter=course.id, words="已经转办。", key=fresh(), now=later)
    tracked = queries.track(course.receipt.access_code or "", now=course.now)
    assert [one.words for one in tracked.messages] == ["请快一点。", "已经转办。"]
    with pytest.raises(MatterNotFoundError):
        service.send(actor=world.cast.neighbour, matter=course.id, words="?", key=fresh(), now=course.now)


def test_files_are_sealed_and_served_through_the_sight_of_their_matter(course: Course, world: "World"):
    data = image()
    id_ = service.attach(
        actor=world.cast.receiver, matter=course.id, data=data, public=False, key=fresh(), now=course.now
    )
    again = service.attach(
        actor=world.cast.receiver, matter=course.id, data=data, public=False, key=fresh(), now=course.now
    )
    assert again == id_
    assert queries.attachment(world.cast.receiver, course.id, id_).media == "image/jpeg"
    with pytest.raises(MatterNotFoundError):
        queries.attachment(world.cast.neighbour, course.id, id_)
    assert queries.track(course.receipt.access_code or "", now=course.now).attachments == ()


def test_a_new_code_revokes_the_old_one_and_leaves_by_mail_only(world: "World"):
    receipt = told(world.grid, reporter=Contact(email="c@example.org"), anonymous=False)
    now = clock.now()
    service.reissue_code(actor=world.cast.receiver, matter=receipt.matter, person=0, key=fresh(), now=now)
    with pytest.raises(CodeNotFoundError):
        service.open_by_code(receipt.access_code or "")
    rows = Row.objects.filter(stream=receipt.matter, kind="matters.receipt").order_by("version")
    assert [row.refs["issue"] for row in rows] == [1, 2]


def test_a_field_of_a_person_opens_with_a_reason_for_a_holder_of_a_duty(world: "World"):
    receipt = told(world.grid, reporter=Contact(name="示例丙", phone="13900001111"), anonymous=False)
    now = clock.now()
    shown = queries.people(world.cast.receiver, receipt.matter)[0].masked
    assert shown["phone"] != "13900001111"
    opened = service.open_person(
        actor=world.cast.receiver, matter=receipt.matter, person=0, field="phone", reason="call_back", now=now
    )
    assert opened == "13900001111"
    with pytest.raises(MatterNotFoundError):
        service.open_person(
            actor=world.cast.neighbour,
            matter=receipt.matter,
            person=0,
            field="phone",
            reason="call_back",
            now=now,
        )


def test_the_clock_moves_what_is_due_and_a_second_time_changes_nothing(course: Course, world: "World"):
    handler = handled(course, world)
    course.by(handler, "answer", result="resolved", reply="修好了。")
    later = course.now + timedelta(days=30)
    assert service.wake(now=later) == 1
    row = row_of(course.id)
    assert row.state == "checking"
    version = row.version
    assert service.wake(now=later) == 0
    assert row_of(course.id).version == version


def test_a_class_mended_later_moves_the_whole_history_of_counts(course: Course, world: "World"):
    def opened(klass: str) -> int:
        return tallies.total("in", ground=world.grid, filters={"klass": klass})

    before = opened(CLASS)
    service.classify(
        actor=world.cast.receiver, matter=course.id, class_code=CLASS, key=fresh(), now=course.now
    )
    assert opened(CLASS) == before + 1


def test_only_who_triages_mends_class_and_gist(course: Course, world: "World"):
    handler = handled(course, world)
    with pytest.raises(ForbiddenError):
        service.mend_gist(actor=handler, matter=course.id, gist="路灯", key=fresh(), now=course.now)
    service.mend_gist(
        actor=world.cast.receiver, matter=course.id, gist="一处路灯不亮", key=fresh(), now=course.now
    )
    assert course.seen_by(world.cast.receiver).gist == "一处路灯不亮"


@pytest.mark.parametrize(("folder", "kind"), [("word", "docx"), ("xl", "xlsx"), ("ppt", "pptx")])
def test_office_files_are_kept_with_their_long_media_types(
    course: Course, world: "World", folder: str, kind: str
):
    actor = world.cast.receiver
    id_ = service.attach(
        actor=actor, matter=course.id, data=office(folder), public=False, key=fresh(), now=course.now
    )
    assert queries.attachment(actor, course.id, id_).media == OFFICE[kind][1]


def test_a_mended_gist_undoes_guesses_and_shows_neither_numbers_nor_people_of_the_matter(world: "World"):
    reporter = Contact(name="示例欧阳", phone="13900007715", email="o@example.org")
    course = Course(told(world.grid, "示例：路灯不亮", reporter=reporter, anonymous=False))
    spoken = "139-0000-7715 １３９００００８８２６ 11010519491231002X 赣G·7K39Q，o@example.org"
    gist = f"示例欧阳 {spoken} 说，李四路旁的灯不亮"
    service.mend_gist(actor=world.cast.receiver, matter=course.id, gist=gist, key=fresh(), now=course.now)
    seen = course.seen_by(world.cast.receiver).gist
    assert seen.endswith("说，李四路旁的灯不亮") and "示例欧阳" not in seen, seen
    assert not re.search(r"[0-9０-９]{5}|7K39Q|o@|002X", seen), seen
    told_ = row_of(course.id)
    assert bytes(told_.gist_mac) == crypto.mac("gist", told_.gist.encode()), "the step speaks of what is kept"


def test_supervision_only_rises_until_it_is_cancelled(course: Course, world: "World"):
    for level in ("normal", "yellow", "red"):
        course.by(world.cast.supervisor, "supervise", level=level)
        assert course.seen_by(world.cast.supervisor).supervision == level
    with pytest.raises(MoveRefusedError):
        course.by(world.cast.supervisor, "supervise", level="yellow")
    course.by(world.cast.supervisor, "cancel_supervision", cancel_ground="back_on_track")
    assert course.seen_by(world.cast.supervisor).supervision == ""


def test_lists_show_what_is_in_sight_and_pages_follow_each_other(world: "World"):
    numbers = [told(world.grid).number for _ in range(5)]
    now, seen, cursor = clock.now(), [], None
    while True:
        page = queries.queue(
            world.cast.receiver, filters=Filters(view="received"), cursor=cursor, now=now, size=2
        )
        seen += [one.number for one in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert set(numbers) <= set(seen) and len(seen) == len(set(seen))
    assert queries.queue(world.cast.neighbour, filters=Filters(), now=now).items == []
    exported = list(queries.export_rows(world.cast.receiver, filters=Filters(), now=now))
    assert len(exported) == len(seen)


def test_an_act_on_a_version_that_is_gone_changes_nothing(course: Course, world: "World"):
    from gantang.matters.errors import StaleError

    with pytest.raises(StaleError):
        service.act(
            actor=world.cast.receiver,
            matter=course.id,
            move="pass_on",
            answers={},
            key=fresh(),
            now=course.now,
            version=1,
        )
    assert course.seen_by(world.cast.receiver).state == "received"
