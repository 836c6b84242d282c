"""The grid code: made, shown, typed, numbered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gantang.territory import facts
from gantang.territory.rules import cn15, schemes

VILLAGE = "360428101200"
CN15 = facts.schemes()["cn15"]


def test_check_character_agrees_with_worked_examples() -> None:
    assert cn15.check_character("0794") == "5"  # the example of ISO 7064
    assert cn15.show("360428100001003") == "360428100001003-5"


@given(st.integers(0, 10**15 - 1), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: int, place: int, shift: int) -> None:
    code = f"{number:015d}"
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    assert cn15.check_character(code) != cn15.check_character(wrong)


@pytest.mark.parametrize(
    "text",
    ["360428101200001", " 360428 101200 001 ", "３６０４２８１０１２００００１－６", "360428101200001-6"],
)
def test_code_is_read_as_people_type_it(text: str) -> None:
    assert cn15.parse(text) == "360428101200001"


@pytest.mark.parametrize(
    "text", ["", "36042810120000", "360428101200001-4", "360428101200000", "360428101200800", "乡镇"]
)
def test_what_is_no_code_is_refused(text: str) -> None:
    assert cn15.parse(text) is None


@pytest.mark.parametrize("sequence", [0, 800, 1000])
def test_sequences_outside_both_blocks_are_refused(sequence: int) -> None:
    with pytest.raises(ValueError, match="sequence"):
        schemes.make(CN15, VILLAGE, sequence)


def test_new_number_follows_the_highest_ever_given() -> None:
    assert schemes.next_sequence(CN15, "basic", []) == 1
    assert schemes.next_sequence(CN15, "basic", [1, 2, 7, 801]) == 8
    assert schemes.next_sequence(CN15, "dedicated", [1, 2]) == 801


def test_full_village_gets_no_number() -> None:
    assert schemes.next_sequence(CN15, "basic", [799]) is None


def test_grids_are_numbered_west_to_east_then_north_to_south() -> None:
    centres = {"east": (116.3, 29.2), "west south": (116.1, 29.1), "west north": (116.1, 29.3)}
    assert cn15.numbered(centres) == ["west north", "west south", "east"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (21, "二十一"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (799, "七百九十九"),
    ],
)
def test_grids_are_named_in_chinese_numerals(number: int, text: str) -> None:
    assert cn15.numeral(number) == text


def test_dedicated_grids_count_from_their_own_first() -> None:
    assert cn15.title(VILLAGE + "003") == "第三网格"
    assert cn15.title(VILLAGE + "801") == "专属第一网格"
