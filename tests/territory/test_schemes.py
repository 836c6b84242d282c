"""Code schemes as data: what the primary one proves, and codes of others as second codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gantang.territory import facts
from gantang.territory.rules import checks, schemes

SHIPPED = facts.schemes()
CN15, CJ349 = SHIPPED["cn15"], SHIPPED["cj349-20"]
VILLAGE = "360428101200"


def custom(**changes: object) -> dict[str, object]:
    data = {
        "code": "local",
        "segments": [
            {"of": "county", "length": 6},
            {"of": "township", "length": 3},
            {"of": "village", "length": 3},
            {"of": "sequence", "length": 3},
        ],
        "blocks": {"basic": [1, 499], "dedicated": [500, 999]},
    }
    return data | changes


def test_shipped_schemes_have_the_lengths_of_their_standards() -> None:
    assert {code: one.length for code, one in SHIPPED.items()} == {
        "cn15": 15,
        "gb30428-15": 15,
        "cj213-14": 14,
        "cj349-20": 20,
    }


@pytest.mark.parametrize(
    ("code", "faults"),
    [("cn15", []), ("gb30428-15", []), ("cj213-14", ["no_prefix"]), ("cj349-20", ["no_prefix"])],
)
def test_only_a_prefix_scheme_can_be_the_primary_one(code: str, faults: list[str]) -> None:
    assert list(schemes.primary_faults(SHIPPED[code])) == faults


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"segments": []}, "segments"),
        ({"segments": [{"of": "county", "length": 5}, *custom()["segments"][1:]]}, "lengths"),  # type: ignore[index]
        ({"blocks": {"basic": [1, 1000], "dedicated": [1, 9]}}, "blocks"),
        ({"blocks": {"basic": [9, 1], "dedicated": [1, 9]}}, "blocks"),
        ({"blocks": {"basic": [1, 9]}}, "blocks"),
        ({"check": "luhn"}, "check"),
        ({"code": "Local Scheme"}, "name"),
        ({"segments": [{"of": "county"}]}, "incomplete"),
    ],
)
def test_a_scheme_that_says_something_impossible_is_refused_by_name(
    changes: dict[str, object], fault: str
) -> None:
    with pytest.raises(schemes.SchemeError) as told:
        schemes.read(custom(**changes))
    assert told.value.fault == fault


def test_a_custom_scheme_numbers_in_its_own_blocks() -> None:
    scheme = schemes.read(custom(check="mod97_10"))
    assert schemes.next_sequence(scheme, "dedicated", [1, 2, 502]) == 503
    assert schemes.next_sequence(scheme, "basic", [499]) is None
    assert schemes.show(scheme, schemes.make(scheme, VILLAGE, 7)) == "360428101200007-" + checks.mod97_10(
        "360428101200007"
    )


@pytest.mark.parametrize(("check", "shown"), [("mod11_10", "5"), ("mod11_2", "0"), ("mod97_10", "44")])
def test_check_characters_are_those_of_the_standards_example(check: str, shown: str) -> None:
    assert checks.CHECKS[check]("0794") == shown


@given(st.text("0123456789", min_size=15, max_size=15), st.integers(0, 14), st.integers(1, 9))
def test_a_check_finds_every_single_wrong_digit(code: str, place: int, step: int) -> None:
    wrong = code[:place] + str((int(code[place]) + step) % 10) + code[place + 1 :]
    for check in checks.CHECKS.values():
        assert check(code) != check(wrong)


def test_the_proof_names_every_code_that_breaks_the_promise() -> None:
    codes = [
        (VILLAGE + "001", VILLAGE, True),
        (VILLAGE + "002", VILLAGE, False),
        (VILLAGE + "002", VILLAGE, True),
        (VILLAGE + "001", VILLAGE, True),
        (VILLAGE + "800", VILLAGE, True),
        ("360428101201001", VILLAGE, True),
        ("36042810120x001", VILLAGE, True),
        ("360428101999001", "360428101999", True),
    ]
    found = {(one.code[12:], one.fault) for one in schemes.prove(CN15, codes, frozenset({VILLAGE}))}
    assert found == {
        ("002", "reused"),
        ("001", "twice"),
        ("800", "range"),
        ("001", "outside"),
        ("001", "form"),
        ("001", "unknown"),
    }


def test_a_sound_set_of_codes_has_no_finding() -> None:
    codes = [(schemes.make(CN15, VILLAGE, n), VILLAGE, n % 2 == 0) for n in (1, 2, 799, 801, 999)]
    assert list(schemes.prove(CN15, codes, frozenset({VILLAGE}))) == []


@pytest.mark.parametrize(
    ("code", "faults"),
    [
        ("01010136042810120000", []),  # the whole village
        ("01010136042810120003", []),
        ("01010136042810160103", []),  # joint villages have numbers of their own
        ("01010136042910120003", ["county"]),
        ("01010136042810220003", ["township"]),
        ("01010136042810120103", ["village"]),
        ("0101013604281012003", ["form"]),
    ],
)
def test_a_code_of_digital_communities_is_held_to_its_village(code: str, faults: list[str]) -> None:
    assert list(schemes.alias_faults(CJ349, code, VILLAGE + "003")) == faults
