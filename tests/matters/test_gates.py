"""A decision comes to discussion only with its own assessment passed: by no door, link, import or re-opening around it.
Whoever tries is on the matter's ledger."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.matters import queries, service
from gantang.matters.errors import GateInvalidError, LinkInvalidError, MoveRefusedError, ReportInvalidError
from gantang.matters.types import Filters, Incoming
from tests.matters.acting import codes_of, fresh, report, row_of, told
from tests.matters.deciding import Deciding, assessed_by, barred_of, kinds_of, prepared, rated

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def refused(decision: Deciding, actor: Actor, move: str, **answers: object) -> list[str]:
    with pytest.raises(MoveRefusedError) as refusal:
        decision.by(actor, move, **answers)
    return codes_of(refusal.value.details)


def test_a_decision_is_discussed_and_adopted_with_its_own_assessment_passed(world: "World"):
    decision = prepared(world)
    gate = assessed_by(world, decision)
    assert (row_of(gate.id).parent_id, row_of(gate.id).procedure) == (decision.id, "risk_gate")
    assert refused(decision, world.cast.supervisor, "discuss") == ["guard.gate_open"]
    rated(world, gate, "low")
    decision.now = gate.now
    decision.by(world.cast.supervisor, "discuss")
    (tracking,) = decision.by(world.cast.county_leader, "adopt", minutes="一致通过。").opened
    assert (row_of(decision.id).outcome, row_of(tracking).state) == ("adopted", "day_30")


@pytest.mark.parametrize("level", ["medium", "high"])
def test_an_assessment_that_did_not_pass_opens_nothing_and_the_changed_draft_is_assessed_anew(
    world: "World", level: str
):
    decision = prepared(world)
    gate = assessed_by(world, decision)
    rated(world, gate, level)
    decision.now = gate.now
    assert refused(decision, world.cast.county_leader, "discuss") == ["guard.gate_open"]
    decision.by(world.cast.supervisor, "redraft", reasons="改方案。")
    again = assessed_by(world, decision, "assess_again")
    rated(world, again, "low")
    decision.now = again.now
    assert decision.by(world.cast.supervisor, "discuss").state == "discussing"


def test_the_same_decision_is_not_assessed_twice_while_one_is_under_way_or_passed(world: "World"):
    decision = prepared(world)
    gate = assessed_by(world, decision)
    decision.by(world.cast.supervisor, "redraft", reasons="改方案。")
    assert refused(decision, world.cast.county_handler, "assess_again", draft="草案二。") == [
        "guard.gate_absent"
    ]
    rated(world, gate, "low")
    decision.now = gate.now
    assert refused(decision, world.cast.county_handler, "assess_again", draft="草案二。") == [
        "guard.gate_absent"
    ]
    decision.by(world.cast.county_handler, "rely", draft="草案二。")
    assert decision.by(world.cast.supervisor, "discuss").state == "discussing"


def test_an_assessment_opened_again_counts_no_longer_not_even_at_the_vote(world: "World"):
    decision = prepared(world)
    gate = assessed_by(world, decision)
    rated(world, gate, "low")
    decision.now = gate.now
    decision.by(world.cast.supervisor, "discuss")
    gate.by(world.cast.supervisor, "reassess", redo_ground="facts_changed")
    decision.now = gate.now
    assert refused(decision, world.cast.county_leader, "adopt", minutes="通过。") == ["guard.gate_open"]
    rated(world, gate, "high")
    decision.now = gate.now
    assert refused(decision, world.cast.county_leader, "adopt", minutes="通过。") == ["guard.gate_open"]


def test_another_decisions_assessment_is_no_gate_by_any_link(world: "World"):
    other = prepared(world)
    gate = assessed_by(world, other)
    rated(world, gate, "low")
    decision = prepared(world)
    decision.by(world.cast.county_handler, "rely", draft="草案。")
    leader, now = world.cast.county_leader, gate.now + timedelta(minutes=1)
    for kind in ("related", "duplicate"):
        service.link(actor=leader, matter=decision.id, other=gate.id, kind=kind, key=fresh(), now=now)
    for kind in ("child", "parent", "subject", "merged"):
        with pytest.raises(LinkInvalidError):
            service.link(actor=leader, matter=decision.id, other=gate.id, kind=kind, key=fresh(), now=now)
    with pytest.raises(GateInvalidError) as refusal:
        service.link(actor=leader, matter=decision.id, other=gate.id, kind="gate", key=fresh(), now=now)
    assert refusal.value.details["why"] == "decided"
    decision.now = now
    assert refused(decision, world.cast.supervisor, "discuss") == ["guard.gate_open"]
    tried = barred_of(decision.id)
    assert [one["move"] for one in tried] == ["link", "discuss"]
    assert tried[0]["gate"] == str(gate.id)


def test_an_assessment_made_by_itself_is_tied_to_one_decision_before_it_is_decided_and_stays_tied(
    world: "World",
):
    gate = Deciding.of(world, "decision.assessment", "先作评估。")
    decision, other = prepared(world), prepared(world)
    leader = world.cast.county_leader
    service.link(actor=leader, matter=decision.id, other=gate.id, kind="gate", key=fresh(), now=clock.now())
    assert (kinds_of(decision.id), kinds_of(gate.id)) == (["gate"], ["subject"])
    with pytest.raises(GateInvalidError) as refusal:
        service.link(actor=leader, matter=other.id, other=gate.id, kind="gate", key=fresh(), now=clock.now())
    assert refusal.value.details["why"] == "other_subject"
    for ends in ((decision.id, gate.id), (gate.id, decision.id)):
        with pytest.raises(LinkInvalidError):
            service.unlink(
                actor=leader, matter=ends[0], other=ends[1], kind="gate", key=fresh(), now=clock.now()
            )
    assert refused(decision, world.cast.county_handler, "assess", draft="草案。") == ["guard.gate_absent"]
    rated(world, gate, "low")
    decision.now = gate.now
    decision.by(world.cast.county_handler, "rely", draft="草案。")
    assert decision.by(world.cast.supervisor, "discuss").state == "discussing"
    other.by(world.cast.county_handler, "rely", draft="草案。")
    assert refused(other, world.cast.supervisor, "discuss") == ["guard.gate_open"]


def test_what_is_no_gate_cannot_be_tied_as_one(world: "World"):
    decision, request = prepared(world), told(world.grid)
    for ends in ((decision.id, request.matter), (request.matter, decision.id)):
        with pytest.raises(GateInvalidError) as refusal:
            service.link(
                actor=world.cast.county_leader,
                matter=ends[0],
                other=ends[1],
                kind="gate",
                key=fresh(),
                now=clock.now(),
            )
        assert refusal.value.details["why"] == "no_gate"


def test_a_withdrawn_assessment_and_a_reopened_decision_pass_nothing(world: "World"):
    decision = prepared(world)
    gate = assessed_by(world, decision)
    gate.by(world.cast.county_handler, "withdraw")
    decision.now = gate.now
    assert refused(decision, world.cast.supervisor, "discuss") == ["guard.gate_open"]
    decision.by(world.cast.county_leader, "reject", minutes="不通过。")
    decision.by(world.cast.supervisor, "reopen", reasons="再提。")
    decision.by(world.cast.county_handler, "rely", draft="草案。")
    assert refused(decision, world.cast.supervisor, "discuss") == ["guard.gate_open"]


def test_an_imported_decision_begins_before_the_gate_and_a_past_one_is_only_on_record(world: "World"):
    now = clock.now()
    rows = [
        Incoming(
            "a", report(world.county, "旧决策。", class_code="decision"), opened_at=now - timedelta(days=9)
        ),
        Incoming(
            "b",
            report(world.county, "旧决策。", class_code="decision"),
            opened_at=now - timedelta(days=9),
            ended_at=now - timedelta(days=2),
        ),
        Incoming(
            "c",
            report(world.county, "旧评估。", class_code="decision.assessment"),
            opened_at=now - timedelta(days=9),
            ended_at=now - timedelta(days=2),
        ),
    ]
    open_, past, gate = (made for _row, made in service.import_many(source="old", rows=rows, clock=clock.now))
    assert row_of(open_.matter).state == "received"
    assert (row_of(past.matter).state, row_of(past.matter).outcome) == ("closed", "recorded")
    assert isinstance(gate, Exception), "a past assessment is not taken on trust"


def test_a_resident_cannot_open_the_staffs_own_work(world: "World"):
    for klass in ("decision", "decision.assessment", "screening"):
        with pytest.raises(ReportInvalidError):
            told(world.county, "我要决策。", class_code=klass)


def test_a_tried_bypass_is_on_the_ledger_once_with_move_gate_and_who_and_the_supervisor_sees_it(
    world: "World",
):
    decision = prepared(world)
    assessed_by(world, decision)
    leader, key = world.cast.county_leader, fresh()
    for _again in range(2):
        with pytest.raises(MoveRefusedError):
            service.act(
                actor=leader, matter=decision.id, move="discuss", answers={}, key=key, now=clock.now()
            )
    tried = [(one["move"], one["gate"], one["by"]["post"]) for one in barred_of(decision.id)]
    assert tried == [("discuss", "risk_gate", leader.post)]
    assert (row_of(decision.id).barred, row_of(decision.id).state) == (1, "assessing")
    seen = queries.queue(world.cast.supervisor, filters=Filters(view="barred"), now=clock.now()).items
    assert [one.id for one in seen] == [decision.id]
    events = [one.name for one in queries.timeline(world.cast.supervisor, decision.id)]
    assert events[-1] == "barred"
    assert service.rebuild(now=clock.now(), city=decision.receipt.city).sound


def test_who_does_not_see_the_decision_leaves_no_trace_and_learns_nothing(world: "World"):
    from gantang.matters.errors import MatterNotFoundError

    decision = prepared(world)
    with pytest.raises(MatterNotFoundError):
        service.act(
            actor=world.cast.neighbour,
            matter=decision.id,
            move="discuss",
            answers={},
            key=fresh(),
            now=clock.now(),
        )
    assert row_of(decision.id).barred == 0
