"""Protected tips: received, protected, opened by two, handed over, answered; and forgotten."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from django.db import connection

from gantang.kit import boxes, clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError, InvalidError
from gantang.kit.work import reading
from gantang.matters.errors import (
    MoveRefusedError,
    OpeningError,
    PaperError,
    PassphraseError,
    PictureError,
    ReceiptNotFoundError,
    StaleError,
    TipNotFoundError,
    WeakPassphraseError,
)
from gantang.matters.models import SealedBox, SealedPiece, SealedTip
from gantang.matters.service import sealed
from gantang.matters.service.sealed import comparing, holding, kept, opening, receipts, stream
from gantang.matters.types import Tip
from tests.matters.sealing import SECOND, WORDS, Holders, holders, passphrase, tell

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(world: "World") -> Holders:
    return holders(world, world.county)


@pytest.fixture
def city(world: "World") -> Holders:
    return holders(world, "3604")


def row_of(tip: UUID) -> SealedTip:
    with reading(Actor(client="test"), ids=[tip]):
        return SealedTip.objects.get(pk=tip)


def kept_of(tip: UUID) -> kept.Kept:
    return kept.of(row_of(tip))


# --- coming in ----------------------------------------------------------------------------------------


def test_the_same_form_gives_the_same_receipt_and_one_tip(world: "World", county: Holders):
    first = tell(world, token="one")
    again = tell(world, token="one")
    assert (first.receipt, first.id) == (again.receipt, again.id)
    assert county.listed() == [first.id]
    assert [one.words for one in first.read().said] == [WORDS]


def test_the_same_form_with_other_words_adds_them_so_that_nothing_sent_is_lost(
    world: "World", county: Holders
):
    first = tell(world, token="one")
    tell(world, token="one", words="示例：补一句。")
    assert [one.words for one in first.read().said] == [WORDS, "示例：补一句。"]


def test_a_receipt_has_eighty_bits_or_more_and_wrong_ones_are_answered_alike(world: "World", county: Holders):
    told = tell(world)
    assert re.fullmatch(r"(\w{4}-){4}\w{4}", told.receipt)
    plain = told.receipt.replace("-", "")
    assert 5 * (len(plain) - 2) >= 80
    other = receipts.derive("nobody sent this")
    for wrong in (other, "", "示例", plain[:-1], plain + "0", "x" * 5000):
        with pytest.raises(ReceiptNotFoundError) as caught:
            sealed.told(receipt=wrong, now=told.now)
        assert caught.value.details == {}
    assert sealed.told(receipt=f" {plain.lower()} ", now=told.now).said[0].words == WORDS


def test_the_token_is_kept_nowhere_so_that_the_server_cannot_derive_the_receipt_again(
    world: "World", county: Holders
):
    told = tell(world, token="only-the-browser-has-this")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kit_idempotencykey")
        assert cursor.fetchone() == (0,)
    found = _all_of_the_database(told.id)
    assert receipts.mark(told.receipt).hex().encode() in found
    for secret in (b"only-the-browser", told.receipt.encode(), told.receipt.replace("-", "").encode()):
        assert secret not in found
        assert secret.hex().encode() not in found


def _all_of_the_database(*streams: UUID) -> bytes:
    """Every row that a tip left, as the database spells it."""
    with reading(Actor(client="test"), ids=streams), connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'sealed%%'")
        names = [name for (name,) in cursor.fetchall()]
        assert len(names) >= 7
        found = b""
        for name in names:
            cursor.execute(f"SELECT {name}::text FROM {name}")
            found += "\n".join(text for (text,) in cursor.fetchall()).encode()
    return found


def test_only_pictures_are_taken_and_they_lose_what_tells_of_their_maker(world: "World", county: Holders):
    from tests.journeys import plant

    voice = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(64)
    for refused in (voice, b"%PDF-1.4 something", b"nothing that is known"):
        with pytest.raises(PictureError):
            tell(world, pictures=(refused,))
    assert county.listed() == []
    told = tell(world, pictures=(plant.photo(),))
    page = county.open(told.id, told.now)
    assert page.read is not None
    (seq,) = page.read.pictures
    shown = sealed.picture(
        actor=county.actor("first"), tip=told.id, seq=seq, passing=county.passing["first"], now=told.now
    )
    assert b"Exif" in plant.photo()
    assert b"Exif" not in shown


def test_pieces_have_few_sizes_whatever_they_hold(world: "World", county: Holders):
    short, long = tell(world, words="示例。"), tell(world, words="示例：" + "长" * 300)
    sizes = {}
    for told in (short, long):
        with reading(Actor(client="test"), ids=[told.id]):
            pieces = SealedPiece.objects.filter(stream=told.id).order_by("seq")
            sizes[told.id] = [(len(one.sealed), len(one.told or b"")) for one in pieces]
        assert len(bytes(row_of(told.id).kept)) == len(bytes(row_of(short.id).kept))
    assert sizes[short.id] == sizes[long.id]


# --- routing ------------------------------------------------------------------------------------------


def test_the_unit_above_the_accused_receives_and_the_accused_own_box_does_not(
    world: "World", county: Holders, city: Holders
):
    about_county = tell(world, accused_unit=world.unit(world.county))
    about_township = tell(world)
    assert county.listed() == [about_township.id]
    assert city.listed() == [about_county.id]


def test_a_department_of_the_level_is_left_out_with_it(world: "World", county: Holders, city: Holders):
    told = tell(world, accused_unit=world.unit("360428:housing"))
    assert county.listed() == []
    assert city.listed() == [told.id]


def test_a_conflict_declared_before_keeps_the_box_out(world: "World", county: Holders, city: Holders):
    sealed.declare(actor=county.actor("second"), units=[world.unit(world.township)], now=clock.now())
    told = tell(world)
    assert county.listed() == []
    assert city.listed() == [told.id]
    with pytest.raises(TipNotFoundError):
        sealed.declare(actor=world.cast.receiver, units=[], now=clock.now())


def test_a_box_both_of_whose_posts_one_person_holds_receives_nothing(world: "World", county: Holders):
    from gantang.posts import service as posts
    from gantang.posts.models import Appointment
    from gantang.sample.service import BUILDER

    second = world.post(world.county, SECOND)
    held = Appointment.objects.get(post_id=second)
    posts.end_appointment(actor=BUILDER, appointment=held.pk, valid_to=world.on, now=clock.now())
    assert kept_of(tell(world).id).box is None
    posts.appoint(
        actor=BUILDER,
        post=second,
        account=county.actor("first").account or 0,
        valid_from=world.on,
        now=clock.now(),
    )
    assert kept_of(tell(world).id).box is None


def test_the_province_accused_ends_on_paper_with_a_receipt_like_any_other(world: "World", county: Holders):
    holders(world, "36")
    told = tell(world, accused_unit=world.unit("36"))
    read = told.read()
    assert (read.state, read.outcome) == ("closed", "on_paper")
    assert len(told.receipt) == len(tell(world).receipt)
    assert kept_of(told.id).chain == ()


# --- opening ------------------------------------------------------------------------------------------


def test_nothing_is_read_before_two_have_opened_it_and_then_all_of_it(world: "World", county: Holders):
    told = tell(world, accused_name="示例某人", name="示例举报人", contact="13800000000")
    page = county.page("first", told.id, told.now)
    assert page.read is None
    opened = county.open(told.id, told.now).read
    assert opened is not None
    assert opened.words == WORDS
    assert (opened.told["who"], opened.told["name"]) == ("示例某人", "示例举报人")
    other = county.page("second", told.id, told.now).read
    assert other == opened
    assert kept_of(told.id).case.state == "opening"


def test_one_alone_does_not_open_it(world: "World", county: Holders):
    told = tell(world)
    county.passing["first"] = sealed.ask(
        actor=county.actor("first"),
        tip=told.id,
        passphrase=passphrase(county.unit, "first"),
        reason="first_reading",
        now=told.now,
    )
    page = county.page("first", told.id, told.now)
    assert page.read is None
    assert page.waiting
    with pytest.raises(OpeningError):
        sealed.join(
            actor=county.actor("first"),
            tip=told.id,
            passphrase=passphrase(county.unit, "first"),
            reason="first_reading",
            now=told.now,
        )


def test_the_second_must_come_within_a_quarter_of_an_hour(world: "World", county: Holders):
    told = tell(world)
    sealed.ask(
        actor=county.actor("first"),
        tip=told.id,
        passphrase=passphrase(county.unit, "first"),
        reason="first_reading",
        now=told.now,
    )
    with pytest.raises(OpeningError):
        sealed.join(
            actor=county.actor("second"),
            tip=told.id,
            passphrase=passphrase(county.unit, "second"),
            reason="first_reading",
            now=told.now + opening.TOGETHER + timedelta(seconds=1),
        )


def test_an_opening_ends_and_another_browser_reads_nothing(world: "World", county: Holders):
    told = tell(world)
    assert county.open(told.id, told.now).read is not None
    county.page("second", told.id, told.now)
    kept_passing = dict(county.passing)
    county.passing = {"first": "00" * 32, "second": kept_passing["first"]}
    assert county.page("first", told.id, told.now).read is None
    assert county.page("second", told.id, told.now).read is None
    county.passing = kept_passing
    assert county.page("first", told.id, told.now + opening.READING + timedelta(seconds=1)).read is None


def test_a_wrong_passphrase_opens_nothing_and_leaves_nothing(world: "World", county: Holders):
    told = tell(world)
    with pytest.raises(PassphraseError):
        sealed.ask(
            actor=county.actor("first"),
            tip=told.id,
            passphrase=passphrase(county.unit, "second"),
            reason="first_reading",
            now=told.now,
        )
    assert not county.page("first", told.id, told.now).asked
    assert kept_of(told.id).case.uses == {}


def test_at_rest_the_server_has_nothing_that_opens_a_tip(world: "World", county: Holders):
    """Everything the database holds and every key file is tried: no pair of what is there gives the tip's key."""
    told = tell(world)
    county.open(told.id, told.now)
    box = SealedBox.objects.get(pk=county.box)
    looks = [holding.looks_of(county.actor(side).account or 0, box.pk) for side in ("first", "second")]
    found = _all_of_the_database(told.id, *looks)
    assert bytes(row_of(told.id).kept).hex().encode() in found
    page = county.page("first", told.id, told.now)
    assert page.read is not None
    first = holding.half_of(box, "first", passphrase(county.unit, "first"))
    second = holding.half_of(box, "second", passphrase(county.unit, "second"))
    private = holding.key_of(box, first, second)
    tip_key = boxes.open_with(
        private,
        opening.keys_of(row_of(told.id))[box.pk],
        b"sealed key" + told.id.bytes + box.pk.to_bytes(8, "big"),
    )
    for secret in (first, second, private, tip_key, bytes.fromhex(county.passing["first"])):
        assert secret.hex().encode() not in found
    for text in (WORDS, "示例", "砂场"):
        assert text.encode() not in found


def test_each_opening_is_on_the_account_s_own_stream_which_only_the_two_read(world: "World", county: Holders):
    told = tell(world)
    county.open(told.id, told.now)
    box = SealedBox.objects.get(pk=county.box)
    private = holding.key_of(
        box,
        holding.half_of(box, "first", passphrase(county.unit, "first")),
        holding.half_of(box, "second", passphrase(county.unit, "second")),
    )
    for side in ("first", "second"):
        looks = holding.looks_of(county.actor(side).account or 0, box.pk)
        with reading(Actor(client="test"), ids=[looks]):
            (piece,) = stream.read(looks, private)
        assert piece.head["tip"] == str(told.id)
        assert (piece.head["post"], piece.head["reason"]) == (county.actor(side).post, "first_reading")


# --- who holds ----------------------------------------------------------------------------------------


def test_whoever_holds_no_box_finds_nothing_at_all(world: "World", county: Holders, city: Holders):
    told = tell(world)
    everybody = [world.actor("360428", "负责岗"), city.actor("first"), world.cast.admin, world.cast.receiver]
    for actor in (*everybody, world.cast.province_leader, Actor(client="nobody")):
        assert told.id not in [one.tip for one in sealed.listed(actor=actor, now=told.now)]
        for unknown in (told.id, uuid4()):
            with pytest.raises(TipNotFoundError):
                sealed.page(actor=actor, tip=unknown, passing="", now=told.now)
            with pytest.raises(TipNotFoundError):
                sealed.ask(actor=actor, tip=unknown, passphrase="x", reason="first_reading", now=told.now)


def test_only_whoever_administers_the_unit_itself_designates_its_holders(world: "World"):
    posts = {"first": world.post("3604", "受理岗"), "second": world.post("3604", SECOND)}
    for actor in (world.cast.admin, world.cast.city_leader):
        with pytest.raises(GantangError):
            sealed.designate(actor=actor, unit=world.unit("3604"), now=clock.now(), **posts)


def test_a_weak_passphrase_is_refused(world: "World", county: Holders):
    for weak in ("short", "aaaaaaaaaaaaaaaaaaaaaaaa"):
        with pytest.raises(WeakPassphraseError):
            sealed.set_passphrase(actor=county.actor("first"), passphrase=weak, now=clock.now())


@pytest.mark.slow
def test_a_change_of_holder_wraps_the_half_anew_and_the_old_one_opens_no_more(
    world: "World", county: Holders
):
    told = tell(world)
    successor = world.actor(world.county, "督办岗")
    new = "示例新人的口令 明月几时有 把酒问青天"
    with pytest.raises(InvalidError):  # not before the successor has a passphrase
        sealed.hand_on(
            actor=county.actor("first"),
            box=county.box,
            passphrase=passphrase(county.unit, "first"),
            to=successor.post or 0,
            now=told.now,
        )
    sealed.set_passphrase(actor=successor, passphrase=new, now=told.now)
    sealed.hand_on(
        actor=county.actor("first"),
        box=county.box,
        passphrase=passphrase(county.unit, "first"),
        to=successor.post or 0,
        now=told.now,
    )
    with pytest.raises(TipNotFoundError):
        county.page("first", told.id, told.now)
    passing = sealed.ask(actor=successor, tip=told.id, passphrase=new, reason="first_reading", now=told.now)
    sealed.join(
        actor=county.actor("second"),
        tip=told.id,
        passphrase=passphrase(county.unit, "second"),
        reason="first_reading",
        now=told.now,
    )
    page = sealed.page(actor=successor, tip=told.id, passing=passing, now=told.now)
    assert page.read is not None and page.read.words == WORDS


def test_a_half_comes_back_from_paper_which_is_given_out_once(world: "World", county: Holders):
    lines = sealed.paper(
        actor=county.actor("first"),
        box=county.box,
        passphrase=passphrase(county.unit, "first"),
        now=clock.now(),
    )
    with pytest.raises(OpeningError):
        sealed.paper(
            actor=county.actor("first"),
            box=county.box,
            passphrase=passphrase(county.unit, "first"),
            now=clock.now(),
        )
    told = tell(world)
    successor, new = world.actor(world.county, "督办岗"), "示例新人的口令 明月几时有 把酒问青天"
    sealed.set_passphrase(actor=successor, passphrase=new, now=told.now)
    for wrong in ("", "\n".join(lines[:3]), "\n".join(reversed(lines))):
        with pytest.raises(PaperError):
            sealed.take_over(actor=successor, box=county.box, side="first", typed=wrong, now=told.now)
    with pytest.raises(PaperError):  # it is the other side's half
        sealed.take_over(actor=successor, box=county.box, side="second", typed="\n".join(lines), now=told.now)
    with pytest.raises(TipNotFoundError):  # another unit's
        sealed.take_over(
            actor=world.cast.city_leader, box=county.box, side="first", typed="\n".join(lines), now=told.now
        )
    sealed.take_over(actor=successor, box=county.box, side="first", typed="\n".join(lines), now=told.now)
    passing = sealed.ask(actor=successor, tip=told.id, passphrase=new, reason="first_reading", now=told.now)
    sealed.join(
        actor=county.actor("second"),
        tip=told.id,
        passphrase=passphrase(county.unit, "second"),
        reason="first_reading",
        now=told.now,
    )
    assert sealed.page(actor=successor, tip=told.id, passing=passing, now=told.now).read is not None


# --- the way of a tip ---------------------------------------------------------------------------------


def test_from_the_tip_to_the_authority_and_back_to_the_reporter(world: "World", county: Holders):
    told = tell(world)
    county.open(told.id, told.now)
    county.act("first", told.id, "message", told.later(minutes=1), message="示例：请问是哪一天？")
    sealed.say(receipt=told.receipt, move="add", words="示例：上个月三号。", now=told.later(minutes=1))
    county.act(
        "first",
        told.id,
        "hand_over",
        told.later(minutes=1),
        authority="discipline",
        way="in_person",
        letter="示例函〔2026〕1号",
    )
    county.act("first", told.id, "record_slip", told.later(minutes=1), slip="示例签收单")
    county.act("first", told.id, "return_answer", told.later(minutes=1), answer="示例：已经立案。")
    read = told.read()
    assert read.state == "answered"
    assert [(one.by, one.words) for one in read.said] == [
        ("reporter", WORDS),
        ("holders", "示例：请问是哪一天？"),
        ("reporter", "示例：上个月三号。"),
        ("holders", "示例：已经立案。"),
    ]
    assert {"confirm", "object", "add"} == set(read.moves)
    page = county.page("second", told.id, told.now).read
    assert page is not None
    assert "示例函〔2026〕1号" in [one.words for one in page.said]
    sealed.say(receipt=told.receipt, move="confirm", now=told.later(minutes=1))
    assert (told.read().state, told.read().outcome) == ("closed", "answered")


def test_without_an_opening_in_force_nobody_acts_on_it(world: "World", county: Holders):
    told = tell(world)
    county.open(told.id, told.now)
    county.passing = {}
    with pytest.raises(OpeningError):
        county.act(
            "first", told.id, "hand_over", told.now, authority="discipline", way="in_person", letter="示例"
        )


def test_a_form_sent_twice_is_made_once(world: "World", county: Holders):
    told = tell(world)
    version = county.open(told.id, told.now).version
    for turn in range(2):
        given = {
            "actor": county.actor("first"),
            "tip": told.id,
            "move": "message",
            "answers": {"message": "示例"},
            "passing": county.passing["first"],
            "version": version,
            "now": told.now,
        }
        if turn == 0:
            sealed.act(**given)
        else:
            with pytest.raises(StaleError):
                sealed.act(**given)


def test_a_declared_conflict_hands_it_up_unread_and_the_next_two_open_it(
    world: "World", county: Holders, city: Holders
):
    told = tell(world)
    county.act("second", told.id, "second_declares", told.now, conflict_ground="kin")
    assert county.listed() == []
    assert city.listed() == [told.id]
    assert [one.words for one in told.read().said] == [WORDS]
    opened = city.open(told.id, told.later(minutes=1)).read
    assert opened is not None and opened.words == WORDS


def test_the_last_unit_cannot_hand_it_up_and_says_paper(world: "World", county: Holders):
    told = tell(world)
    with pytest.raises(MoveRefusedError):
        county.act("first", told.id, "declare_conflict", told.now, conflict_ground="kin")
    county.act("first", told.id, "to_paper", told.now)
    assert told.read().outcome == "on_paper"


def test_a_tip_nobody_opens_goes_up_by_the_clock_late_or_twice_alike(
    world: "World", county: Holders, city: Holders
):
    start = datetime(2026, 11, 16, 9, 0, tzinfo=clock.ZONE)
    early, late = tell(world, now=start), tell(world, now=start)
    for day in range(1, 12):
        sealed.wake(now=start + timedelta(days=day))
        sealed.wake(now=start + timedelta(days=day))
    one = kept_of(early.id)
    assert (one.unit, one.at) == (city.box and world.unit("3604"), 1)
    assert county.listed() == []
    assert set(city.listed()) == {early.id, late.id}
    assert kept_of(late.id).case == one.case
    assert {unit for unit, _at in one.told} == {world.unit(world.county), world.unit("3604")}
    heard = sealed.heard(actor=city.actor("first"), now=start + timedelta(days=12))
    assert heard and heard == sealed.heard(actor=city.actor("second"), now=start + timedelta(days=12))
    assert sealed.heard(actor=county.actor("first"), now=start + timedelta(days=12)) == []


def test_a_late_clock_gives_the_same_end_as_a_punctual_one(world: "World", county: Holders, city: Holders):
    start = datetime(2026, 11, 16, 9, 0, tzinfo=clock.ZONE)
    punctual = tell(world, now=start)
    for day in range(1, 40):
        sealed.wake(now=start + timedelta(days=day))
    sleepy = tell(world, now=start)
    sealed.wake(now=start + timedelta(days=39))
    assert kept_of(sleepy.id).case == kept_of(punctual.id).case
    assert kept_of(sleepy.id).told == kept_of(punctual.id).told


# --- the ledger of it, and forgetting -----------------------------------------------------------------


def key_of(county: Holders, tip: UUID) -> bytes:
    box = SealedBox.objects.get(pk=county.box)
    private = holding.key_of(
        box,
        holding.half_of(box, "first", passphrase(county.unit, "first")),
        holding.half_of(box, "second", passphrase(county.unit, "second")),
    )
    from gantang.matters.service.sealed.receiving import key_binding

    return boxes.open_with(private, opening.keys_of(row_of(tip))[box.pk], key_binding(tip, box.pk))


def test_the_row_follows_from_the_pieces(world: "World", county: Holders):
    told = tell(world)
    county.open(told.id, told.now)
    county.act(
        "first",
        told.id,
        "hand_over",
        told.later(minutes=1),
        authority="public_security",
        way="in_person",
        letter="示例",
    )
    assert comparing.rebuilt(told.id, key_of(county, told.id)) == kept_of(told.id)


def test_a_year_after_its_end_the_keys_go_the_chain_holds_and_a_tombstone_is_left(
    world: "World", county: Holders
):
    told = tell(world)
    private = key_of(county, told.id)
    county.act("first", told.id, "to_paper", told.now)
    sealed.wake(now=told.now + timedelta(days=300))
    assert row_of(told.id).keys is not None
    sealed.wake(now=told.now + timedelta(days=370))
    row = row_of(told.id)
    assert (row.keys, row.talk) == (None, None)
    assert comparing.rebuilt(told.id, private) is None
    with pytest.raises(ReceiptNotFoundError):
        told.read()
    assert county.listed() == []
    with pytest.raises(TipNotFoundError):
        county.page("first", told.id, told.now)


def test_an_answer_never_stands_in_what_the_server_can_read(world: "World", county: Holders):
    told = tell(world)
    county.open(told.id, told.now)
    county.act(
        "first",
        told.id,
        "hand_over",
        told.later(minutes=1),
        authority="discipline",
        way="in_person",
        letter="示例",
    )
    text = kept_of(told.id).case.to_json()
    assert "discipline" not in text and "in_person" not in text
    assert kept_of(told.id).case.chosen == {}


def test_unknown_tips_do_not_exist_for_the_unit_of_work_either(world: "World", county: Holders):
    tell(world)
    with reading(county.actor("first")):
        assert SealedTip.objects.count() == 0
    with reading(world.actor("36", "负责岗")):
        assert SealedTip.objects.count() == 0


def test_a_report_to_a_unit_of_no_office_is_routed_as_unknown(world: "World", county: Holders):
    told = sealed.receive(
        token="gone", tip=Tip(words=WORDS, accused_unit=10**9, place=world.township), now=clock.now()
    )
    assert sealed.told(receipt=told, now=clock.now()).state == "received"


# --- calendars and outages ----------------------------------------------------------------------------


def due_of(tip: UUID) -> datetime:
    clock_ = kept_of(tip).case.clock
    assert clock_ is not None
    return clock_.due


def test_a_changed_calendar_of_the_country_moves_a_tips_deadline_and_is_in_no_figure(
    world: "World", county: Holders
):
    from gantang.catalogue import service as catalogue
    from gantang.catalogue.types import LocalDay
    from gantang.engine import Words
    from gantang.matters import queries, service
    from gantang.outbox import service as outbox

    told = tell(world)
    before, now = due_of(told.id), clock.now()
    day = LocalDay("", before.date(), "rest", Words("停工日", "day off"), None, "示例通知")
    catalogue.set_day(actor=world.cast.admin, day=day, now=now)
    while outbox.deliver_once(now=now):
        pass
    while service.sweep(now=clock.now()):
        pass
    assert due_of(told.id) > before
    (found,) = queries.sweeps(kind="calendar")
    assert (found.looked, found.moved, found.settled) == (0, 0, 0)


def test_an_outage_everywhere_stops_a_tips_clock_once_and_one_of_a_ground_does_not(
    world: "World", county: Holders
):
    from gantang.matters import service

    told = tell(world)
    before, now = due_of(told.id), clock.now()
    for ground in (world.county, "", ""):
        service.enter_outage(
            actor=world.cast.admin,
            ground=ground,
            since=now,
            until=now + timedelta(days=9),
            reason="power",
            now=now,
        )
        while service.sweep(now=clock.now()):
            pass
        assert (due_of(told.id) > before) is (not ground)
    assert len(kept_of(told.id).case.clock.stops) == 1
