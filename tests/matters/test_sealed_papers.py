"""The papers of protected tips: a letter of hand-over, a sheet for a half, a statement; none of them is kept."""

from typing import TYPE_CHECKING

import pytest

from gantang.files.binding import pages_of
from gantang.files.rendering import data_of
from gantang.files.types import Paper
from gantang.kit import clock
from gantang.kit.work import work
from gantang.matters.errors import OpeningError, PaperError, ReceiptNotFoundError, TipNotFoundError
from gantang.matters.service import sealed
from gantang.matters.service.sealed import opening, saying, stream
from tests.journeys import plant
from tests.matters.sealing import WORDS, Holders, Told, holders, passphrase, tell

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db

NAME, CONTACT = "示例举报人", "13900000000"
GIVEN = {
    "authority": "discipline",
    "way": "in_person",
    "letter": "示例函〔2026〕密1号",
    "organ": "示例市纪委监委",
}


@pytest.fixture
def county(world: "World") -> Holders:
    return holders(world, world.county)


def handed_over(world: "World", county: Holders) -> Told:
    """A tip with two photos, a name under seal and something added, opened and handed over."""
    told = tell(
        world,
        kind="shelter",
        accused_name="示例某人",
        name=NAME,
        contact=CONTACT,
        pictures=(plant.photo(), plant.photo()),
    )
    sealed.say(receipt=told.receipt, move="add", words="示例：还有一处砂场。", now=told.later(hours=1))
    county.open(told.id, told.later(hours=1))
    county.act("first", told.id, "hand_over", told.now, **GIVEN)
    return told


def letter(county: Holders, told: Told, side: str = "first") -> bytes:
    return sealed.letter(
        actor=county.actor(side), tip=told.id, passing=county.passing.get(side, ""), now=told.now
    )


def paper(county: Holders, told: Told) -> Paper:
    """Everything that the letter can print."""
    actor = county.actor("first")
    with work(actor, ids=[told.id]) as w:
        hand = opening.take(w, actor, told.id, told.now)
        private = opening.key(w, hand, actor, county.passing["first"], told.now)
        assert private is not None
        return saying.letter(hand.kept.procedure, stream.read(told.id, private), hand.box.unit)


# --- the letter ---------------------------------------------------------------------------------------


def test_the_letter_says_what_is_handed_over_to_whom_how_many_pieces_and_when(
    world: "World", county: Holders
):
    told = handed_over(world, county)
    made = paper(county, told)
    assert (made.title, made.number, made.version, made.link) == ("线索移送函", GIVEN["letter"], 1, "")
    assert made.made_at == told.now.replace(microsecond=made.made_at.microsecond)
    assert made.answers["organ"].text == GIVEN["organ"]
    assert made.answers["authority"].text == "纪检监察机关"
    assert made.answers["way"].text == "专人送达"
    assert made.answers["pieces"].rows == (("举报内容", "1份"), ("补充材料", "1份"), ("照片", "2张"))
    assert made.answers["words"].text == WORDS
    assert [row[1] for row in made.answers["added"].rows] == ["示例：还有一处砂场。"]
    assert ("被举报的人", "示例某人") in made.answers["accused"].rows
    assert made.matter.until["record_slip"]
    assert len(made.pictures) == 2


def test_nothing_that_the_letter_can_print_names_the_reporter(world: "World", county: Holders):
    printed = data_of(paper(county, handed_over(world, county)))
    assert WORDS in printed
    assert NAME not in printed and CONTACT not in printed


def test_the_letter_is_the_same_whenever_and_by_whichever_holder_it_is_asked_for(
    world: "World", county: Holders
):
    told = handed_over(world, county)
    first = letter(county, told)
    sealed.say(receipt=told.receipt, move="add", words="示例：后来又有一处。", now=told.later(minutes=5))
    county.act("first", told.id, "record_slip", told.now, slip="示例：收讫")
    assert first.startswith(b"%PDF")
    assert letter(county, told, "second") == first
    read = county.page("first", told.id, told.now).read
    assert read is not None
    assert read.handed_over and len(read.printed) == 2


def test_a_second_hand_over_has_a_letter_of_its_own_with_what_was_added_since(
    world: "World", county: Holders
):
    told = handed_over(world, county)
    county.act("first", told.id, "return_answer", told.now, answer="示例：查无此事。")
    sealed.say(receipt=told.receipt, move="object", words="示例：只问了他本人。", now=told.now)
    county.act("first", told.id, "hand_over", told.now, **{**GIVEN, "letter": "示例函〔2026〕密2号"})
    made = paper(county, told)
    assert (made.number, made.version) == ("示例函〔2026〕密2号", 2)
    assert [row[1] for row in made.answers["added"].rows][-1] == "示例：只问了他本人。"


def test_there_is_no_letter_without_both_holders_or_before_a_hand_over(world: "World", county: Holders):
    told = tell(world)
    with pytest.raises(OpeningError):
        letter(county, told)
    county.open(told.id, told.now)
    with pytest.raises(TipNotFoundError):
        letter(county, told)
    county.act("first", told.id, "hand_over", told.now, **GIVEN)
    assert letter(county, told).startswith(b"%PDF")
    sealed.close(actor=county.actor("first"), tip=told.id, now=told.now)
    with pytest.raises(OpeningError):
        letter(county, told)


def test_nobody_else_has_the_letter(world: "World", county: Holders):
    told = handed_over(world, county)
    passing = county.passing["first"]
    for actor in (world.cast.county_leader, world.cast.receiver, world.cast.admin):
        with pytest.raises(TipNotFoundError):
            sealed.letter(actor=actor, tip=told.id, passing=passing, now=told.now)


def test_the_reporter_reads_neither_the_letter_s_number_nor_which_authority(world: "World", county: Holders):
    told = handed_over(world, county)
    said = [one.words for one in told.read().said]
    assert GIVEN["letter"] not in said and GIVEN["organ"] not in said


# --- a half on its sheet ------------------------------------------------------------------------------


def shown(county: Holders, side: str) -> str:
    """The four lines that a holder is shown once."""
    word = passphrase(county.unit, side)
    lines = sealed.paper(actor=county.actor(side), box=county.box, passphrase=word, now=clock.now())
    return " ".join(lines)


def test_the_sheet_of_a_half_is_one_page_as_often_as_its_own_lines_are_sent(world: "World", county: Holders):
    lines = shown(county, "first")
    for _turn in range(2):
        made = sealed.sheet(actor=county.actor("first"), box=county.box, typed=lines, now=clock.now())
        assert pages_of(made) == 1


def test_a_sheet_is_set_for_one_s_own_half_and_for_nothing_else(world: "World", county: Holders):
    first, second = (shown(county, side) for side in ("first", "second"))
    for side, typed in (("first", second), ("second", first), ("first", ""), ("first", first[:-1])):
        with pytest.raises(PaperError):
            sealed.sheet(actor=county.actor(side), box=county.box, typed=typed, now=clock.now())
    for actor in (world.cast.county_leader, world.actor(world.county, "督办岗")):
        with pytest.raises(TipNotFoundError):
            sealed.sheet(actor=actor, box=county.box, typed=first, now=clock.now())


# --- what the reporter hands in -----------------------------------------------------------------------


def test_where_nobody_may_receive_it_the_reporter_gets_the_own_words_to_hand_in(
    world: "World", county: Holders
):
    told = tell(world, accused_level=1, accused_unit=None)
    assert told.read().outcome == "on_paper"
    made = sealed.statement(receipt=told.receipt, now=told.now)
    assert made.startswith(b"%PDF") and pages_of(made) == 1


def test_a_tip_that_a_unit_holds_is_not_to_be_handed_in(world: "World", county: Holders):
    told = tell(world)
    for receipt in (told.receipt, "AAAA-AAAA-AAAA-AAAA-AAAA"):
        with pytest.raises(ReceiptNotFoundError):
            sealed.statement(receipt=receipt, now=told.now)
