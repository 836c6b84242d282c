"""What must hold of a matter at any time, by its row and by its steps alone."""

from uuid import UUID

from gantang.engine import Case, Clock
from gantang.kit import keys
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters.models import Matter
from gantang.matters.service.wake import CLOCK
from gantang.procedures import queries as procedures
from tests.matters.acting import row_of


def stands(row: Matter) -> None:
    """The row is in a state of its procedure, its clocks run forwards, nothing was used beyond its bound."""
    procedure, case = procedures.by_hash(row.procedure_hash), Case.from_dict(row.case)
    state = procedure.states[row.state]
    assert (case.state, case.is_closed, case.hash) == (row.state, state.is_end, row.procedure_hash)
    assert (row.ended_at is not None, row.outcome in ("", *state.ends)) == (state.is_end, True)
    for name, n in case.uses.items():
        assert n <= (procedure.moves[name].at_most or n), (name, n)
    for one in (case.clock, case.total):
        if one is not None:
            _runs(one, case)
    if case.pause is not None:
        assert case.pause.since <= case.pause.until


def _runs(one: Clock, case: Case) -> None:
    assert one.start <= one.due and all(since <= until for since, until in one.stops), one
    assert all(watch.at >= one.start for watch in one.watch), one
    assert case.opened_at <= case.entered_at <= case.changed_at


def nobody_checked_what_they_did(matter: UUID) -> None:
    """By the steps alone: no account and no post made a move that is another's to make."""
    row = row_of(matter)
    procedure, did = procedures.by_hash(row.procedure_hash), []
    with reading(CLOCK, ids=[matter]):
        steps = ledger.steps(keys.city_of(matter), matter)
    for step in steps:
        if step.name == "moved":
            by, move = step.data["by"], procedure.moves[step.data["move"]]
            others = {guard.args[0] for guard in move.needs if guard.name == "other_than"}
            for duty, account, post in did:
                same = by["account"] == account or by["post"] == post
                assert duty not in others or not same, (move.name, by)
            if by["account"] is not None:
                did.append((by["duty"], by["account"], by["post"]))
