"""The case: canonical, replayed byte for byte, never decided again."""

from __future__ import annotations

import json

import pytest

from gantang import engine
from tests.engine.sample import Walk, at, calendar, doer, facts, handling


def test_the_case_goes_through_json_unchanged() -> None:
    walk = handling()
    walk.go("ask_reporter", "handler", question="x")
    text = walk.case.to_json()
    assert engine.Case.from_json(text) == walk.case
    assert engine.Case.from_json(json.loads(text)).to_json() == text


def test_the_schema_of_a_case_is_stable() -> None:
    assert " ".join(sorted(handling().case.to_dict())) == (
        "changed_at chosen clock closed_at entered_at hash holders made opened_at outcome pause procedure"
        " reopened schema state supervision total until uses version visit wish"
    )


def test_another_schema_is_refused() -> None:
    data = {**handling().case.to_dict(), "schema": 99}
    with pytest.raises(ValueError, match="schema"):
        engine.Case.from_dict(data)


def test_steps_hold_no_text_of_people() -> None:
    walk = handling()
    walk.go("ask_reporter", "handler", question="村口老王家")
    walk.go("answer", "handler", result="resolved", reply="已更换")
    written = json.dumps([step.data for step in walk.steps], ensure_ascii=False)
    assert "老王" not in written and "更换" not in written
    assert walk.steps[-1].data["kept"] == ["reply"]


def test_steps_are_json() -> None:
    walk = handling()
    walk.wait("2027-06-01 09:00")
    for step in walk.steps:
        assert json.loads(json.dumps(step.data)) == step.data


def test_replay_applies_and_never_decides() -> None:
    walk = handling()
    first, *rest = walk.steps
    case = engine.apply(None, first)
    for step in rest:
        case = engine.apply(case, step)
    assert case.to_json() == engine.replay(walk.steps).to_json()


def test_a_foreign_key_in_a_step_is_left_alone() -> None:
    walk = handling()
    with_more = [engine.Step(step.name, {**step.data, "vault": {"reply": "x"}}) for step in walk.steps]
    assert engine.replay(with_more) == walk.case


def test_a_wrong_first_step_is_an_error() -> None:
    with pytest.raises(engine.StepError):
        engine.replay(handling().steps[1:])
    with pytest.raises(engine.StepError):
        engine.replay([])


def test_at_most_counts_per_matter_for_ever() -> None:
    walk = Walk()
    accept = {"class": "a", "track": "ordinary"}
    walk.go("accept", "receiver", **accept)
    walk.go("refuse", "handler", refusal_ground="not_our_remit")
    walk.go("route", "dispatcher", **accept)
    assert walk.refused("refuse", "handler", refusal_ground="not_our_remit") == ["move.used_up"]
    walk.go("take_on", "handler")
    walk.go("answer", "handler", result="resolved", reply="x")
    walk.go("confirm", "reporter")
    walk.go("reopen", "supervisor", redo_ground="not_done")
    walk.go("route", "dispatcher", **accept)
    assert walk.refused("refuse", "handler", refusal_ground="not_our_remit") == ["move.used_up"]


def test_after_the_ruling_nobody_refuses_any_more() -> None:
    walk = Walk()
    accept = {"class": "a", "track": "ordinary"}
    walk.go("accept", "receiver", **accept)
    walk.go("refuse", "handler", refusal_ground="not_our_remit")
    walk.go("route", "dispatcher", **accept, unit=44)
    second = engine.Doer(144, 44, 440, frozenset({"handler"}))
    assert walk.go("contest", second, refusal_ground="not_our_remit").allowed
    walk.go("rule", "arbiter", unit=3)
    assert walk.case.state == "handling" and walk.case.holders["handler"].unit == 3
    for name in ("refuse", "contest"):
        assert "move.used_up" in walk.refused(name, "handler", refusal_ground="not_our_remit")


def test_children_to_open_stand_in_the_step() -> None:
    walk = handling()
    made = walk.go("cooperate", "handler", units=[4, 5], task="x")
    opened = made.steps[-1].data["opens"]
    assert [(one["procedure"], one["unit"], one["class"]) for one in opened] == [
        ("assist", 4, "facility.lighting"),
        ("assist", 5, "facility.lighting"),
    ]


def test_the_outcome_follows_the_answer_given_before() -> None:
    walk = handling()
    walk.go("answer", "handler", result="explained", reply="x")
    walk.go("confirm", "reporter")
    assert walk.case.outcome == "explained"


def test_a_past_matter_ends_at_its_own_time_and_nobody_is_told() -> None:
    past = engine.open_past(
        Walk().procedure,
        doer=doer("receiver"),
        facts=facts(imported=True),
        calendar=calendar(),
        opened_at=at("2011-03-01 09:00"),
        closed_at=at("2011-06-01 09:00"),
    )
    assert [step.name for step in past.steps] == ["opened", "moved"]
    case = engine.replay(past.steps)
    assert (case.outcome, case.closed_at) == ("recorded", at("2011-06-01 09:00"))


def test_an_imported_open_matter_keeps_its_opening_and_starts_its_clocks_now() -> None:
    walk = Walk()
    made = engine.open_case(
        walk.procedure,
        doer=doer("receiver"),
        facts=walk.facts,
        calendar=calendar(),
        now=walk.now,
        opened_at=at("2026-01-05 09:00"),
    )
    case = engine.replay(made.steps)
    assert case.opened_at == at("2026-01-05 09:00") and case.total.start == walk.now


def test_a_transfer_renews_no_clock_and_no_refusal() -> None:
    walk = Walk()
    accept = {"class": "a", "track": "ordinary"}
    walk.go("accept", "receiver", "2026-11-16 10:00", **accept)
    walk.go("refuse", "handler", "2026-11-16 11:00", refusal_ground="outside_our_ground")
    before = walk.case
    assert walk.go("move_away", "dispatcher", "2026-11-16 11:10", ground="3610", children="carry").allowed
    there = facts(holders={"dispatcher": engine.Holder(77, 770, 9)})
    step = engine.take_over(
        walk.procedure, before, there, at("2026-11-16 11:10"), origin={"city": 3604, "head": "ab12"}
    )
    case = engine.apply(None, step)
    assert (case.opened_at, case.total, case.clock) == (before.opened_at, before.total, before.clock)
    assert case.uses["refuse"] == 1 and case.made == before.made and case.holders["dispatcher"].unit == 77


def test_required_children_hold_the_parents_ends() -> None:
    walk = handling(required=1)
    walk.go("answer", "handler", result="resolved", reply="x")
    assert walk.refused("confirm", "reporter") == ["children.required"]
    assert walk.go("withdraw", "reporter", children="carry").allowed
