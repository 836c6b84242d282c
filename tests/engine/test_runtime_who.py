"""Who may do what: duties, holders, other_than."""

from __future__ import annotations

from gantang import engine
from tests.engine.sample import Walk, calendar, doer, facts, handling


def test_only_the_duty_named_may_move() -> None:
    assert Walk().refused("accept", "handler", **{"class": "a", "track": "urgent"}) == ["move.not_yours"]


def test_every_reason_is_given_not_the_first() -> None:
    codes = handling().refused("verify", "handler")
    assert codes == ["move.not_here", "move.not_yours", "guard.other_than"]


def test_work_is_held_by_unit_and_post_not_by_account() -> None:
    walk = handling()
    other_unit = engine.Doer(900, 90, 900, frozenset({"handler"}))
    assert walk.refused("answer", other_unit, result="resolved", reply="x") == ["move.held_by_other"]
    successor = engine.Doer(999, 3, 30, frozenset({"handler"}))
    assert walk.go("answer", successor, result="resolved", reply="x").allowed


def test_a_vacant_posts_work_falls_to_its_units_leader() -> None:
    leader = engine.Doer(901, 3, 39, frozenset({"handler", "leader"}))
    assert handling().refused("progress", leader, note="x") == ["move.held_by_other"]
    assert handling(vacant=frozenset({30})).refused("progress", leader, note="x") == []


def test_handler_may_not_verify_own_work() -> None:
    walk = handling(reachable=False)
    walk.go("answer_to_staff", "handler", result="resolved", reply="x")
    same_account = engine.Doer(103, 4, 40, frozenset({"verifier"}))
    same_post = engine.Doer(888, 4, 30, frozenset({"verifier"}))
    assert walk.refused("verify", same_account) == ["guard.other_than"]
    assert "guard.other_than" in walk.refused("verify", same_post)
    assert walk.go("verify", "verifier").allowed


def test_whoever_refused_counts_as_having_handled() -> None:
    walk = Walk()
    accept = {"class": "a", "track": "ordinary"}
    walk.go("accept", "receiver", **accept)
    walk.go("refuse", "handler", refusal_ground="not_our_remit")
    assert walk.case.made["handler"] == ((103, 30),)


def test_a_holder_named_by_a_move_stands_and_one_of_the_remit_follows() -> None:
    walk = handling()
    moved = facts(holders={**facts().holders, "handler": engine.Holder(33, 330, 5)})
    (step,) = engine.reroute(walk.procedure, walk.case, moved, walk.now)
    before = walk.case
    after = engine.apply(before, step)
    assert after.holders["handler"].unit == 33
    assert after.clock == before.clock
    named = Walk()
    named.go("accept", "receiver", **{"class": "a", "track": "ordinary", "unit": 44})
    assert named.case.holders["handler"].by == "move"
    assert [s.data["holders"] for s in engine.reroute(named.procedure, named.case, moved, named.now)] == []


def test_a_refused_unit_is_let_go_and_a_new_class_finds_its_own() -> None:
    walk = Walk()
    walk.go("accept", "receiver", **{"class": "a", "track": "ordinary", "unit": 44})
    walk.go("refuse", engine.Doer(5, 44, None, frozenset({"handler"})), refusal_ground="not_our_remit")
    assert "handler" not in walk.case.holders
    walk.go("route", "dispatcher", **{"class": "b", "track": "ordinary"})
    assert walk.case.holders["handler"].unit == 3


def test_when_a_unit_ends_its_work_goes_to_the_remit() -> None:
    walk = Walk()
    walk.go("accept", "receiver", **{"class": "a", "track": "ordinary", "unit": 44})
    (step,) = engine.end_unit(walk.procedure, walk.case, 44, walk.facts, walk.now)
    assert engine.apply(walk.case, step).holders["handler"].unit == 3


def test_may_lists_every_move_with_reasons_for_and_against() -> None:
    walk = handling()
    found = {
        one.move: one
        for one in engine.may(walk.procedure, walk.case, doer("handler"), walk.facts, calendar(), walk.now)
    }
    assert set(walk.procedure.moves) - {"silence"} <= set(found)
    assert found["answer"].allowed and found["answer"].grounds
    assert found["answer"].asks == ("result", "reply") and found["answer"].optional == ("why_not_wait",)
    assert [one.code for one in found["verify"].refusals] == [
        "move.not_here",
        "move.not_yours",
        "guard.other_than",
    ]
    assert found["verify"].refusals[0].because is not None
    assert found["ask_pause"].allowed and "grant_pause" not in found


def test_may_agrees_with_decide() -> None:
    walk = handling(children={"assist": 1})
    listed = {
        one.move: one
        for one in engine.may(walk.procedure, walk.case, doer("handler"), walk.facts, calendar(), walk.now)
    }
    assert listed["answer"].allowed, "an answer could say why not to wait"
    assert walk.refused("answer", "handler", result="resolved", reply="x") == ["guard.children_closed"]
    assert walk.go("answer", "handler", result="resolved", reply="x", why_not_wait="y").allowed


def test_a_level_that_is_left_is_offered_until_there_is_none() -> None:
    walk = handling()

    def offered() -> bool:
        listed = engine.may(walk.procedure, walk.case, doer("supervisor"), walk.facts, calendar(), walk.now)
        return next(one.allowed for one in listed if one.move == "supervise")

    for level in engine.SUPERVISION:
        assert offered(), level
        assert walk.go("supervise", "supervisor", level=level).allowed
    assert not offered()


def test_the_clocks_own_move_is_for_nobody() -> None:
    walk = handling()
    assert walk.refused("silence", "handler") == ["move.not_here", "move.by_clock"]


def test_a_leader_without_the_duty_acts_for_a_vacant_post_of_the_own_unit() -> None:
    leader = engine.Doer(901, 3, 39, frozenset({"leader"}))
    elsewhere = engine.Doer(902, 4, 49, frozenset({"leader"}))
    assert handling().refused("progress", leader, note="x") == ["move.not_yours"]
    assert handling(vacant=frozenset({30})).refused("progress", leader, note="x") == []
    assert handling(vacant=frozenset({30})).refused("progress", elsewhere, note="x") == ["move.not_yours"]


def test_a_named_holder_stands_until_the_class_changes() -> None:
    walk = Walk()
    walk.go("accept", "receiver", **{"class": "a", "track": "ordinary", "unit": 44})
    walk.go("refuse", engine.Doer(5, 44, None, frozenset({"handler"})), refusal_ground="lacks_facts")
    walk.go("route", "dispatcher", **{"class": "a", "track": "ordinary", "unit": 44})
    walk.go("take_on", engine.Doer(5, 44, None, frozenset({"handler"})))
    walk.go("answer", engine.Doer(5, 44, None, frozenset({"handler"})), result="resolved", reply="x")
    walk.go("object", "reporter", objection="x")
    walk.go("redo", "supervisor", redo_ground="not_done")
    assert walk.case.holders["handler"].unit == 44
    walk.go("answer", engine.Doer(5, 44, None, frozenset({"handler"})), result="resolved", reply="x")
    walk.go("confirm", "reporter")
    walk.go("reopen", "supervisor", redo_ground="came_back")
    walk.go("route", "dispatcher", **{"class": "b", "track": "ordinary"})
    assert walk.case.holders["handler"].unit == 3


def test_opening_for_somebody_is_no_move_under_a_duty() -> None:
    walk = Walk()
    opened = engine.open_case(
        walk.procedure, doer=doer("receiver"), facts=walk.facts, calendar=calendar(), now=walk.now
    )
    assert engine.replay(opened.steps).made == {}
    assert opened.steps[0].data["by"]["duty"] == "receiver"
