"""Notices: comments within the period alone, sealed, counted, read by those who answer for the matter."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from gantang.kit import numbers
from gantang.kit.clock import ZONE
from gantang.matters import queries as matters
from gantang.reception import errors, queries, service
from gantang.reception.models import Comment
from gantang.reception.types import NewNotice
from tests.matters.ways.decisions import begun
from tests.reception.booths import stranger

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 16, 10, 0, tzinfo=ZONE)
TEXT = NewNotice("示例：公园改造方案", "示例正文。", "7 working days", basis="示例〔2026〕1号")


@pytest.fixture
def notice(world: "World") -> UUID:
    return service.publish_notice(actor=world.cast.admin, notice=TEXT, now=NOW)


def say(notice: UUID, words: str = "示例意见", *, now: datetime = NOW, key: str = "") -> str:
    made = service.comment(actor=stranger(), notice=notice, words=words, key=key or uuid4().hex, now=now)
    return made.code


def test_the_period_is_counted_by_the_calendar_to_the_end_of_its_last_day(notice: UUID):
    one = queries.notice(notice)
    assert one.until == datetime(
        2026, 11, 26, 0, 0, tzinfo=ZONE
    )  # seven working days after a Monday, at 24:00


def test_a_comment_is_taken_within_the_period_alone(notice: UUID):
    until = queries.notice(notice).until
    assert say(notice, now=until - timedelta(seconds=1))
    for at in (until, NOW - timedelta(seconds=1)):
        with pytest.raises(errors.OverError):
            say(notice, now=at)
    assert queries.notice(notice).comments == 1


def test_the_same_form_sent_twice_is_one_comment_with_one_receipt(notice: UUID):
    who, key = stranger(), uuid4().hex
    codes = {
        service.comment(actor=who, notice=notice, words="示例", key=key, now=NOW).code for _turn in range(2)
    }
    assert len(codes) == 1
    assert queries.notice(notice).comments == 1


@pytest.mark.parametrize("words", ["", "   ", "x" * 4001, "a\0b"])
def test_a_comment_that_cannot_be_kept_is_refused(notice: UUID, words: str):
    with pytest.raises(errors.CommentError):
        say(notice, words)


def test_the_words_are_published_nowhere_and_stand_in_no_column(notice: UUID, client: object):
    say(notice, "一句谁也不该看到的话")
    page = client.get(f"/notices/{notice}/").content.decode()  # type: ignore[attr-defined]
    assert "收到1条意见" in page and "不该看到" not in page
    (row,) = Comment.objects.filter(notice=notice)
    assert {field.name for field in row._meta.concrete_fields} == {
        "id",
        "notice",
        "entry",
        "receipt",
        "made_at",
    }


def test_the_unit_that_published_it_reads_the_comments_and_nobody_else(notice: UUID, world: "World"):
    say(notice, "示例意见")
    found = queries.comments(world.cast.county_receiver, notice, now=NOW)
    assert [one.text for one in found] == ["示例意见"]
    for who in ("receiver", "neighbour", "foreigner", "city_leader"):
        with pytest.raises(errors.NotHolderError):
            queries.comments(getattr(world.cast, who), notice, now=NOW)


def test_what_came_of_it_is_published_after_the_period_by_those_who_answer(notice: UUID, world: "World"):
    actor, over = world.cast.county_receiver, queries.notice(notice).until
    with pytest.raises(errors.EntryError):
        service.sum_up(actor=actor, notice=notice, summary="示例", now=NOW)
    with pytest.raises(errors.NotHolderError):
        service.sum_up(actor=world.cast.receiver, notice=notice, summary="示例", now=over)
    service.sum_up(actor=actor, notice=notice, summary="采纳一条（示例）", now=over)
    assert queries.notice(notice).summary == "采纳一条（示例）"


def test_a_notice_taken_back_is_gone_for_everybody(notice: UUID, world: "World"):
    service.withdraw_notice(actor=world.cast.admin, notice=notice, now=NOW)
    with pytest.raises(errors.NoNoticeError):
        queries.notice(notice)
    with pytest.raises(errors.NoNoticeError):
        say(notice)


def test_without_a_matter_only_an_administering_post_publishes(world: "World"):
    with pytest.raises(errors.NotAdminError):
        service.publish_notice(actor=world.cast.county_leader, notice=TEXT, now=NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        NewNotice("", "x", "7 days"),
        NewNotice("x", "", "7 days"),
        NewNotice("x", "x", "soon"),
        NewNotice("x", "x", "7 days", link="http://example.cn"),
    ],
)
def test_a_notice_without_title_text_period_or_safe_link_is_refused(world: "World", wrong: NewNotice):
    with pytest.raises(errors.EntryError):
        service.publish_notice(actor=world.cast.admin, notice=wrong, now=NOW)


def test_comments_stay_until_a_term_is_set_and_are_forgotten_after_it(notice: UUID, world: "World"):
    from gantang.catalogue import service as catalogue

    say(notice)
    later = queries.notice(notice).until + timedelta(days=31)
    assert service.forget_comments_due(now=later) == 0
    catalogue.set_slot(
        actor=world.cast.admin,
        code="retention.comments",
        value=30,
        source="示例文件",
        valid_from=NOW.date(),
        now=NOW,
    )
    assert service.forget_comments_due(now=later) == 1
    assert queries.comments(world.cast.county_receiver, notice, now=later) == []
    assert queries.notice(notice).comments == 1


def test_a_matter_that_waits_for_the_public_gives_the_period_and_its_holders_read_the_comments(
    world: "World",
):
    """Whatever the pack is: here the assessment of a decision, whose draft is out for thirty days."""
    course = begun(world, "decision.assessment")
    course.make("publish", scope="plan", course="ordinary")
    now = course.now
    matter = matters.get(world.cast.county_leader, course.id, now=now)
    (clock,) = [one for one in matter.clocks if one.of == "state"]
    text = NewNotice("示例：拟新建一条路", "示例正文。", "", number=numbers.show(matter.number))
    made = service.publish_notice(actor=world.cast.county_leader, notice=text, now=now)
    assert queries.notice(made).until == clock.due_at
    say(made, now=now)
    assert len(queries.comments(world.cast.county_leader, made, now=now)) == 1
    with pytest.raises(errors.NotHolderError):
        queries.comments(world.cast.neighbour, made, now=now)
