"""A place of a time: one each, given back, found by its code, forgotten."""

import json
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from gantang.kit.errors import KeyReusedError
from gantang.ledger import queries as ledger
from gantang.outbox.models import Row
from gantang.reception import errors, mails, queries, service
from gantang.reception.models import Booking
from gantang.reception.types import NewListing, NewOffer, Visitor
from gantang.vault import queries as vault
from gantang.vault.errors import ErasedError
from gantang.vault.rules import registry
from gantang.vault.service import open_for_system
from tests.copies import copied
from tests.reception.booths import MONDAY, NINE, TOMORROW, WEEK, Place, book, stranger

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def left(place: Place, at: object = TOMORROW) -> int:
    days = queries.days(queries.listing(place.centre), queries.offer(place.centre, "advice"), MONDAY)
    return next(one.left for day in days for one in day.times if one.starts_at == at)


# --- booking ------------------------------------------------------------------------------------------


def test_a_time_has_as_many_places_as_the_offer_says_and_no_more(place: Place):
    place.book(place.offer, TOMORROW)
    assert left(place) == 1
    place.book(place.offer, TOMORROW)
    assert left(place) == 0
    with pytest.raises(errors.FullError):
        place.book(place.offer, TOMORROW)


def test_the_same_form_sent_twice_books_once_and_shows_the_same_code(place: Place):
    who, key = stranger(), uuid4().hex
    first = book(place.offer, TOMORROW, actor=who, key=key, name="示例")
    assert book(place.offer, TOMORROW, actor=who, key=key, name="示例").code == first.code
    assert left(place) == 1
    with pytest.raises(KeyReusedError):
        book(place.offer, TOMORROW, actor=who, key=key, name="另一个示例")


def test_a_form_sent_again_is_answered_though_the_time_is_full_by_then(place: Place):
    who, key = stranger(), uuid4().hex
    first = book(place.offer, TOMORROW, actor=who, key=key)
    place.book(place.offer, TOMORROW)
    assert book(place.offer, TOMORROW, actor=who, key=key).code == first.code


@pytest.mark.parametrize(
    "at",
    [
        NINE - timedelta(days=1),  # a Sunday, and past
        TOMORROW + timedelta(minutes=10),  # no time begins then
        TOMORROW.replace(hour=12),  # the doors are closed
        TOMORROW + timedelta(days=4),  # a Saturday
        TOMORROW + timedelta(days=21),  # too far ahead
        MONDAY.replace(hour=7, minute=30),  # past
    ],
)
def test_only_a_time_of_the_offer_that_is_to_come_is_booked(place: Place, at: object):
    with pytest.raises(errors.NoTimeError):
        place.book(place.offer, at)


def test_what_is_offered_no_longer_is_not_booked(place: Place):
    service.end_offer(actor=place.admin, centre=place.centre, service="advice", now=MONDAY)
    with pytest.raises(errors.NoServiceError):
        place.book(place.offer, TOMORROW)


def test_a_centre_that_is_not_shown_takes_no_booking(place: Place):
    hidden = NewListing("示例路1号", "", WEEK, shown=False)
    service.set_listing(actor=place.admin, centre=place.centre, listing=hidden, now=MONDAY)
    with pytest.raises(errors.NoServiceError):
        place.book(place.offer, TOMORROW)
    with pytest.raises(errors.NoCentreError):
        queries.listing(place.centre)


# --- the code -----------------------------------------------------------------------------------------


def test_the_code_holds_128_bits_and_finds_its_booking_however_it_is_typed(place: Place):
    made = place.book(place.offer, TOMORROW)
    plain = made.code.replace("-", "")
    assert len(plain) == 28  # 26 characters of 5 bits, and two that check them
    assert queries.by_code(plain.lower().replace("0", "o")).id == made.view.id


def test_only_a_keyed_hash_of_the_code_is_kept(place: Place):
    made = place.book(place.offer, TOMORROW)
    row = Booking.objects.get(pk=made.view.id)
    assert made.code.replace("-", "").encode() not in bytes(row.code)
    assert len(bytes(row.code)) == 33


@pytest.mark.parametrize("code", ["", "0" * 28, "X" * 28, "示例", "0" * 2000])
def test_a_code_of_nothing_says_no_more_than_one_that_is_wrong(place: Place, code: str):
    with pytest.raises(errors.NoBookingError):
        queries.by_code(code)


# --- cancelling ---------------------------------------------------------------------------------------


def test_a_cancelled_place_is_free_again_and_cancelling_twice_is_once(place: Place):
    made = place.book(place.offer, TOMORROW)
    for _turn in range(2):
        gone = service.cancel(actor=stranger(), code=made.code, now=MONDAY)
        assert (gone.state, left(place)) == ("cancelled", 2)


def test_nothing_is_cancelled_once_it_has_begun(place: Place):
    made = place.book(place.offer, TOMORROW)
    with pytest.raises(errors.TooLateError):
        service.cancel(actor=stranger(), code=made.code, now=TOMORROW)


def test_what_was_done_stands_on_the_ledger_without_a_word_of_who(place: Place):
    made = place.book(place.offer, TOMORROW, name="示例", phone="13900000000")
    service.cancel(actor=stranger(), code=made.code, now=MONDAY)
    from gantang.kit.actor import SYSTEM
    from gantang.kit.work import reading

    with reading(SYSTEM, ids=[made.view.id]):
        steps = ledger.steps(made.view.city, made.view.id)
    assert [one.name for one in steps] == ["booking.made", "booking.cancelled"]
    assert "13900000000" not in repr(steps)


def test_the_calendar_file_says_when_where_and_what_to_bring_and_never_the_code(place: Place):
    made = place.book(place.offer, TOMORROW)
    file = queries.calendar_file(made.view, now=MONDAY).decode()
    assert "DTSTART:20261201T010000Z" in file
    assert "身份证\\n合同" in file.replace("\r\n ", "")
    assert made.code not in file and made.code.replace("-", "") not in file


def test_the_calendar_rings_by_what_is_left_when_the_file_is_fetched(place: Place):
    made = place.book(place.offer, TOMORROW)
    rings = [
        queries.calendar_file(made.view, now=TOMORROW - timedelta(hours=left)).decode()
        for left in (30, 20, 1)
    ]
    assert "TRIGGER:-P1D" in rings[0]
    assert "TRIGGER:-PT2H" in rings[1]
    assert "VALARM" not in rings[2]


# --- who comes ----------------------------------------------------------------------------------------


def test_who_comes_lies_in_the_vault_alone(place: Place):
    made = place.book(place.offer, TOMORROW, name="示例", phone="13900000000", email="a@example.cn")
    entry = made.view.entry
    assert entry is not None
    kept = open_for_system(city=made.view.city, matter=made.view.id, entry=entry)
    assert kept == {"name": "示例", "phone": "13900000000", "email": "a@example.cn"}


def test_what_is_asked_of_a_visitor_is_what_the_register_says():
    rows = {name: one for (where, name), one in registry.register().items() if where == registry.ROOM}
    asked = {f"reception.booking.{name}" for name in Visitor.__slots__}
    assert asked == {name for name in rows if name.startswith("reception.booking.")}
    assert {rows[name].purpose for name in asked} == {"appointment"}


def test_who_comes_is_forgotten_on_the_day_the_register_names_and_not_before(place: Place):
    made = place.book(place.offer, TOMORROW, name="示例", email="a@example.cn")
    last = TOMORROW + timedelta(days=30)
    assert service.forget_due(now=last) == 0
    assert service.forget_due(now=last + timedelta(days=1)) == 1
    assert service.forget_due(now=last + timedelta(days=1)) == 0
    row = Booking.objects.get(pk=made.view.id)
    assert (row.entry, row.reachable) == (None, False)
    assert made.view.entry is not None
    with pytest.raises(ErasedError):
        open_for_system(city=made.view.city, matter=made.view.id, entry=made.view.entry)


def test_the_staff_of_the_centre_see_the_day_with_names_masked(place: Place, world: "World"):
    made = place.book(place.offer, TOMORROW, name="王小明", phone="13900000000")
    receiver = world.cast.county_receiver
    (one,) = queries.day_of(receiver, place.centre, TOMORROW.date())
    assert one.id == made.view.id
    (card,) = vault.cards(receiver, city=one.city, matter=one.id, holds_duty=True)
    assert card.shown["name"] == "王**" and "0000000" not in card.shown["phone"]


@pytest.mark.parametrize("who", ["neighbour", "foreigner", "receiver", "admin", "city_leader"])
def test_nobody_else_sees_who_comes(place: Place, world: "World", who: str):
    place.book(place.offer, TOMORROW, name="示例")
    with pytest.raises(errors.NotStaffError):
        queries.day_of(getattr(world.cast, who), place.centre, TOMORROW.date())


def test_a_unit_stationed_in_the_centre_works_there(place: Place, world: "World"):
    assert queries.day_of(world.cast.department_handler, place.centre, TOMORROW.date()) == []


# --- mail ---------------------------------------------------------------------------------------------


def rows(made: object) -> list[Row]:
    return list(Row.objects.filter(stream=made.view.id).order_by("version"))  # type: ignore[attr-defined]


def worded(row: Row) -> object:
    from gantang.outbox import registry as worders
    from gantang.outbox.types import Parcel

    return worders.render(
        Parcel(row.id, row.destination, row.kind, row.city, row.stream, row.version, row.refs)
    )


def test_whoever_left_a_mail_address_is_confirmed_at_once_and_reminded_a_day_ahead(place: Place):
    friday = TOMORROW + timedelta(days=3)
    made = place.book(place.offer, friday, email="a@example.cn")
    confirmed, reminder = rows(made)
    assert (confirmed.kind, reminder.kind) == (mails.BOOKED, mails.REMINDER)
    assert reminder.next_at == friday - timedelta(days=1)
    assert made.code in worded(confirmed).body  # type: ignore[attr-defined]
    assert worded(reminder).to == "a@example.cn"  # type: ignore[attr-defined]
    assert made.code not in worded(reminder).body  # type: ignore[attr-defined]


def test_a_time_within_a_day_needs_no_reminder_and_nobody_without_address_gets_mail(place: Place):
    assert [one.kind for one in rows(place.book(place.offer, NINE, email="a@example.cn"))] == [mails.BOOKED]
    assert rows(place.book(place.offer, TOMORROW, phone="13900000000")) == []


def test_a_cancelled_appointment_reminds_nobody(place: Place):
    made = place.book(place.offer, TOMORROW + timedelta(days=3), email="a@example.cn")
    service.cancel(actor=stranger(), code=made.code, now=MONDAY)
    assert [worded(one) for one in rows(made)] == [None, None]


# --- many at once -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_sixteen_at_once_never_overbook():
    """Threads with connections of their own on a copy of the database, where each commits."""
    with copied("crowd") as env:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.reception.crowd"], env=env, capture_output=True, text=True
        )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {"told": {"booked": 2, "full": 14}, "standing": 2}


# --- the directory ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["county_receiver", "county_leader", "grid_worker"])
def test_only_an_administering_post_changes_the_directory(place: Place, world: "World", who: str):
    actor = getattr(world.cast, who)
    for act in (
        lambda: service.set_listing(
            actor=actor, centre=place.centre, listing=NewListing("示例", "", WEEK), now=MONDAY
        ),
        lambda: service.set_offer(
            actor=actor, centre=place.centre, offer=NewOffer("advice", 30, 1), now=MONDAY
        ),
        lambda: service.end_service(actor=actor, code="advice", now=MONDAY),
    ):
        with pytest.raises(errors.NotAdminError):
            act()


def test_an_administrator_changes_no_centre_beyond_the_own_ground(place: Place, world: "World"):
    with pytest.raises(errors.NotAdminError):
        service.set_listing(
            actor=place.admin,
            centre=world.unit("361028"),
            listing=NewListing("示例", "", WEEK),
            now=MONDAY,
        )


@pytest.mark.parametrize(
    "offer", [NewOffer("advice", 4, 1), NewOffer("advice", 30, 100), NewOffer("none", 30, 1)]
)
def test_an_offer_that_cannot_be_is_refused(place: Place, offer: NewOffer):
    with pytest.raises(errors.EntryError):
        service.set_offer(actor=place.admin, centre=place.centre, offer=offer, now=MONDAY)


def test_bookings_outlast_a_change_of_hours(place: Place):
    made = place.book(place.offer, TOMORROW)
    later = NewListing("示例路1号", "", {0: WEEK[0]})
    service.set_listing(actor=place.admin, centre=place.centre, listing=later, now=MONDAY)
    assert queries.by_code(made.code).state == "booked"


def test_whoever_left_a_number_alone_is_reminded_by_sms_of_when_and_where_and_of_nothing_else(
    place: Place, settings: object
):
    friday = TOMORROW + timedelta(days=3)
    assert rows(place.book(place.offer, friday, phone="13900000000")) == []  # no gateway: nobody is promised
    settings.GANTANG_SMS_URL = "https://sms.internal/gantang"  # type: ignore[attr-defined]
    made = place.book(place.offer, friday, name="示例甲", phone="13900000000")
    (reminder,) = rows(made)
    assert (reminder.kind, reminder.destination) == (mails.REMINDER, "sms")
    assert reminder.next_at == friday - timedelta(days=1)
    told = worded(reminder)
    said = f"{told.subject} {told.body} {told.number}"  # type: ignore[attr-defined]
    assert told.to == "13900000000" and "12-04 09:00" in said  # type: ignore[attr-defined]
    assert all(one not in said for one in (made.code, "示例甲", "法律咨询", "13900000000"))
    service.cancel(actor=stranger(), code=made.code, now=MONDAY)
    assert worded(reminder) is None
