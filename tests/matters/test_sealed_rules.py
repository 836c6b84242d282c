"""Protected tips, the pure half: who receives, a key in two halves, a half on paper, sizes that tell nothing."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gantang.matters.rules.sealed_halves import from_paper, join, on_paper, split
from gantang.matters.rules.sealed_routing import Accused, Standing, accused_of, level_of, route
from gantang.matters.rules.sealed_sizes import SMALLEST, STRIDE, bucket, padded, unpadded

GROUNDS = ("36", "3604", "3607", "360428", "360429", "360428101", "360428102", "360428101001", "360428101200")
KEYS = st.binary(min_size=32, max_size=32)


@st.composite
def trees(draw: st.DrawFn) -> dict[int, Standing]:
    """Units anywhere, below anything: also trees that nobody should have built."""
    count = draw(st.integers(2, 14))
    return {
        number: Standing(
            number,
            draw(st.integers(1, 5)),
            draw(st.sampled_from(GROUNDS)),
            draw(st.none() | st.integers(1, count)),
        )
        for number in range(1, count + 1)
    }


def above(unit: int, units: Mapping[int, Standing]) -> set[int]:
    """The unit and all it stands below, written another way than the rule."""
    found: set[int] = set()
    while unit in units and unit not in found:
        found.add(unit)
        unit = units[unit].parent or 0
    return found


@pytest.mark.slow
@settings(max_examples=400)
@given(trees(), st.data())
def test_the_receiving_unit_is_never_the_accused_nor_below_it_nor_in_conflict_and_is_the_nearest_fit(
    units: dict[int, Standing], data: st.DataObject
):
    unit = units[data.draw(st.sampled_from(sorted(units)))]
    seats = data.draw(st.sets(st.sampled_from(sorted(units))))
    declared = data.draw(
        st.dictionaries(st.sampled_from(sorted(units)), st.lists(st.integers(1, 15), max_size=2), max_size=3)
    )
    accused = accused_of(unit=unit, province="36")
    found = route(accused, seats=seats, units=units, conflicts=declared)
    assert set(found) <= seats
    for seat in found:
        one = units[seat]
        assert seat != unit.id
        assert unit.id not in above(seat, units)
        assert one.level < unit.level and one.level < level_of(unit.ground)
        assert unit.ground.startswith(one.ground)
        assert not set(declared.get(seat, ())) & above(unit.id, units)
    lowest = [max(units[seat].level, level_of(units[seat].ground)) for seat in found]
    assert lowest == sorted(lowest, reverse=True)
    left_out = seats - set(found)
    for seat in left_out:
        one = units[seat]
        assert (
            unit.id in above(seat, units)
            or max(one.level, level_of(one.ground)) >= min(unit.level, level_of(unit.ground))
            or not unit.ground.startswith(one.ground)
            or set(declared.get(seat, ())) & above(unit.id, units)
        )


TREE = {
    1: Standing(1, 1, "36"),
    2: Standing(2, 2, "3604", 1),
    3: Standing(3, 3, "360428", 2),
    4: Standing(4, 4, "360428101", 3),
    5: Standing(5, 5, "360428101001", 4),
    6: Standing(6, 3, "360428", 7),  # a county department below a city one
    7: Standing(7, 2, "3604", 1),
}


def received(accused: Accused, conflicts: Mapping[int, list[int]] | None = None) -> tuple[int, ...]:
    return route(accused, seats=[1, 2, 3, 4], units=TREE, conflicts=conflicts or {})


def test_an_accused_unit_is_received_by_the_level_above_and_then_further_up():
    assert received(accused_of(unit=TREE[5], province="36")) == (4, 3, 2, 1)
    assert received(accused_of(unit=TREE[6], province="36")) == (2, 1)


def test_unknown_is_the_level_above_the_place():
    assert received(accused_of(place="360428101001", province="36")) == (4, 3, 2, 1)
    assert received(accused_of(place="360428", province="36")) == (2, 1)


def test_a_level_stands_for_every_unit_of_it_on_the_place():
    assert received(accused_of(level=3, place="360428101001", province="36")) == (2, 1)
    assert received(accused_of(level=5, place="360428", province="36")) == (2, 1)


def test_nothing_known_at_all_goes_to_the_province():
    assert received(accused_of(province="36")) == (1,)
    assert received(accused_of(level=5, province="36")) == (1,)


def test_the_province_accused_is_received_by_nobody_so_that_it_is_handed_over_on_paper():
    assert received(accused_of(unit=TREE[1], province="36")) == ()
    assert received(accused_of(level=1, place="360428", province="36")) == ()
    assert received(accused_of(level=1, province="36")) == ()


def test_a_unit_that_calls_itself_lower_than_its_ground_counts_as_high_as_its_ground():
    assert received(accused_of(unit=Standing(9, 4, "36"), province="36")) == ()


def test_a_conflict_with_a_unit_reaches_what_stands_below_it():
    accused = accused_of(unit=TREE[6], province="36")
    assert received(accused, {2: [7]}) == (1,)
    assert received(accused, {2: [5]}) == (2, 1)


def test_where_the_accused_is_not_named_a_conflict_with_whatever_it_may_be_counts():
    assert received(accused_of(level=3, place="360428", province="36"), {2: [6], 1: [4]}) == ()
    assert received(accused_of(level=3, place="360428", province="36"), {2: [99]}) == (1,)


@given(KEYS, KEYS)
def test_two_halves_are_the_key_and_one_half_is_whatever_chance_made_of_it(key: bytes, chance: bytes):
    first, second = split(key, chance)
    assert join(first, second) == join(second, first) == key
    assert first == chance
    other_key = bytes(32)
    assert split(other_key, join(second, other_key))[0] == second  # any key could stand behind either half


def test_a_key_of_another_length_is_not_split():
    with pytest.raises(ValueError, match="32 bytes"):
        split(b"short", bytes(32))


@given(KEYS)
def test_a_half_comes_back_from_paper_in_any_spelling(half: bytes):
    lines = on_paper(half)
    assert [len(line) for line in lines] == [17] * 4
    assert from_paper("\n".join(lines)) == half
    assert from_paper(" ".join(lines).lower().replace("0", "o").replace("1", "l")) == half


@given(KEYS, st.integers(0, 59), st.integers(1, 31))
def test_a_wrong_character_on_paper_is_found(half: bytes, place: int, by: int):
    from gantang.kit.base32 import ALPHABET

    typed = "".join(on_paper(half)).replace("-", "")
    wrong = ALPHABET[(ALPHABET.index(typed[place]) + by) % 32]
    assert from_paper(typed[:place] + wrong + typed[place + 1 :]) is None
    assert from_paper(typed[:-1]) is None


@given(st.binary(max_size=3 * SMALLEST))
def test_what_is_padded_comes_back(plain: bytes):
    whole = padded(plain)
    assert unpadded(whole) == plain
    assert len(whole) == bucket(len(plain) + 4)


@given(st.integers(1, 40 * STRIDE))
def test_there_are_few_sizes_and_each_holds_its_content(size: int):
    found = bucket(size)
    assert found >= size
    assert found in {SMALLEST << n for n in range(10)} or found % STRIDE == 0
