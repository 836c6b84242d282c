"""Quorum, majority, seats at their edges: what holds, and that a refusal names both numbers and the bound."""

from __future__ import annotations

from typing import Any

import pytest

from gantang import engine
from gantang.engine.run.against import guard_refusal
from gantang.engine.run.answers import MAYBE
from gantang.engine.run.decide import holds
from gantang.engine.vocabulary import Context
from tests.engine.sample import Walk, procedures
from tests.engine.walking import STAFF

ELECT, REST, AGAIN = "elect", "elect_rest", "too_few_voted"


def context(move: str, answers: dict[str, Any], name: str = "election") -> Context:
    procedure, walk = procedures()[name], Walk()
    return Context(
        procedure, walk.case, procedure.moves[move], "cooperator", STAFF[0], answers, engine.Facts(), walk.now
    )


def against(move: str, guard: str, answers: dict[str, Any], name: str = "election") -> tuple[str, str] | None:
    """What the guard of that name says, in both languages; None where it holds."""
    at = context(move, answers, name)
    found = next(one for one in at.move.needs if one.name == guard)
    if holds(at, found):
        return None
    said = guard_refusal(at, found).sentence
    return said.zh, said.en


def elected(*votes: int) -> list[dict[str, Any]]:
    return [{"candidate": at, "votes": each, "seat": "member"} for at, each in enumerate(votes, 1)]


@pytest.mark.parametrize(
    ("registered", "ballots", "bound"),
    [(1000, 500, 501), (1001, 500, 501), (1, 0, 1), (2, 1, 2), (3, 1, 2)],
)
def test_half_of_the_voters_is_not_enough_and_the_refusal_says_how_many_are(
    registered: int, ballots: int, bound: int
) -> None:
    zh, en = against(ELECT, "more_than_half", {"registered": registered, "ballots": ballots}) or ("", "")
    assert zh == f"“参加投票人数”（{ballots}）没有超过“登记参加人数”（{registered}）的半数：至少要{bound}。"
    assert f"({ballots})" in en and f"({registered})" in en and f"{bound} at least" in en
    assert against(ELECT, "more_than_half", {"registered": registered, "ballots": bound}) is None


@pytest.mark.parametrize(("registered", "most"), [(1000, 500), (1001, 500), (3, 1)])
def test_a_vote_is_void_for_half_at_most_and_valid_for_one_more(registered: int, most: int) -> None:
    assert against(AGAIN, "at_most_half", {"registered": registered, "ballots": most}) is None
    zh, _en = against(AGAIN, "at_most_half", {"registered": registered, "ballots": most + 1}) or ("", "")
    assert f"（{most + 1}）" in zh and f"（{registered}）" in zh and f"最多{most}" in zh
    assert against(ELECT, "more_than_half", {"registered": registered, "ballots": most + 1}) is None


@pytest.mark.parametrize(("ballots", "votes", "bound"), [(600, 300, 301), (601, 300, 301)])
def test_each_one_elected_has_more_than_half_of_the_ballots(ballots: int, votes: int, bound: int) -> None:
    given = {"ballots": ballots, "elected": elected(ballots, votes, bound)}
    zh, en = against(ELECT, "each_more_than_half", given) or ("", "")
    assert zh == f"“当选的·得票”（{votes}）没有超过“参加投票人数”（{ballots}）的半数：至少要{bound}。"
    assert "Elected: Votes" in en
    assert against(ELECT, "each_more_than_half", given | {"elected": elected(ballots, bound)}) is None


@pytest.mark.parametrize(("ballots", "bound"), [(600, 200), (601, 201), (602, 201), (1, 1)])
def test_in_a_further_vote_a_third_of_the_ballots_is_enough_and_one_less_is_not(
    ballots: int, bound: int
) -> None:
    given = {"ballots": ballots, "elected": elected(bound)}
    assert against(REST, "each_one_third", given) is None
    zh, _en = against(REST, "each_one_third", given | {"elected": elected(bound - 1)}) or ("", "")
    assert f"（{bound - 1}）" in zh and f"（{ballots}）" in zh and f"至少要{bound}" in zh


def test_all_seats_are_filled_by_as_many_as_there_are_seats() -> None:
    three = {"elected": elected(400, 400, 400)}
    assert against(ELECT, "equal", three | {"seats": 3}) is None
    assert against(ELECT, "equal", three | {"seats": 4}) == (
        "“当选的”（3）和“应选名额”（4）不相等。",
        "“Elected” (3) is not as many as “Seats” (4).",
    )
    assert against(ELECT, "equal", three | {"seats": 2}) is not None
    assert against("elect_some", "fewer", three | {"seats": 4}) is None
    assert against("elect_some", "fewer", three | {"seats": 3}) is not None


def test_there_are_more_candidates_than_seats() -> None:
    assert against("publish_candidates", "fewer", {"seats": 3, "candidates": 4}) is None
    assert against("publish_candidates", "fewer", {"seats": 3, "candidates": 3}) == (
        "“应选名额”（3）不比“候选人数”（3）少。",
        "“Seats” (3) is not fewer than “Candidates” (3).",
    )


@pytest.mark.parametrize(
    ("expected", "present", "bound"), [(30, 19, 20), (31, 20, 21), (32, 21, 22), (1, 0, 1)]
)
def test_two_thirds_of_an_uneven_number_is_rounded_up(expected: int, present: int, bound: int) -> None:
    given = {"expected": expected, "present": present}
    zh, _en = against("hold_representatives", "two_thirds", given, "deliberation") or ("", "")
    assert f"（{present}）" in zh and f"（{expected}）" in zh and f"至少要{bound}" in zh
    given["present"] = bound
    assert against("hold_representatives", "two_thirds", given, "deliberation") is None


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            {"registered": 1000, "ballots": 1001},
            "“参加投票人数”（1001）比“登记参加人数”（1000）还多：请核对。",
        ),
        ({"registered": 0, "ballots": 0}, "“登记参加人数”是0：请核对。"),
        ({"registered": 1000, "ballots": -1}, "“参加投票人数”不能是-1。"),
    ],
)
def test_numbers_that_cannot_be_are_told_as_such(answers: dict[str, int], said: str) -> None:
    assert (against(ELECT, "more_than_half", answers) or ("", ""))[0] == said


def test_a_number_that_is_missing_is_no_majority_and_one_not_asked_yet_may_be() -> None:
    zh, _en = against(ELECT, "more_than_half", {"registered": 1000}) or ("", "")
    assert zh == "“参加投票人数”没有超过“登记参加人数”的半数。"
    assert against(ELECT, "more_than_half", {"registered": MAYBE, "ballots": MAYBE}) is None
    assert against(ELECT, "each_more_than_half", {"ballots": MAYBE, "elected": MAYBE}) is None


def test_a_village_is_told_the_article_of_the_law() -> None:
    at = context(ELECT, {"registered": 1000, "ballots": 500}, "election+village")
    guard = next(one for one in at.move.needs if one.name == "more_than_half")
    assert guard_refusal(at, guard).law == "村民委员会组织法第十五条"
