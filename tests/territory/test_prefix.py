"""Ground is a prefix."""

import pytest

from gantang.territory.rules import prefix


def test_levels_follow_the_length() -> None:
    codes = ["36", "3604", "360428", "360428101", "360428101200", "360428101200001"]
    assert [prefix.level_of(code) for code in codes] == [1, 2, 3, 4, 5, 6]
    assert prefix.chain(codes[-1]) == tuple(reversed(codes))


@pytest.mark.parametrize("text", ["", "3", "360", "36042810120000", "36x", "３６", "36\n"])
def test_other_texts_are_no_ground(text: str) -> None:
    assert not prefix.is_ground(text)


def test_twelve_digits_and_prefix_are_two_forms_of_one_code() -> None:
    for each in ["36", "3604", "360428", "360428101", "360428101200"]:
        assert prefix.prefix_of(prefix.code12(each)) == each


def test_city_of_a_ground_and_of_the_province() -> None:
    assert prefix.city_of("360428101200001") == 3604
    assert prefix.city_of("36") == 3600


def test_urban_by_the_range_of_the_statistical_code() -> None:
    assert prefix.village_is_urban("360428101001")
    assert prefix.village_is_urban("360428101400")
    assert not prefix.village_is_urban("360428101200")
    assert not prefix.village_is_urban("360428101500")
