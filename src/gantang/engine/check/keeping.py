"""Keeping: every procedure that asks for people or words says how long it has them."""

from __future__ import annotations

from collections.abc import Iterator

from gantang.engine.check.say import finding
from gantang.engine.model import Finding, Procedure, Words


def asks_of_people(procedure: Procedure) -> bool:
    """Whether anything of the vault is asked: by its form, or by a move."""
    asked = {ask.field for move in procedure.moves.values() for ask in move.asks}
    own = [one for name, one in procedure.fields.items() if name in asked]
    return any(one.vault for one in (*procedure.form.fields.values(), *own))


def keeping(procedure: Procedure) -> Iterator[Finding]:
    if procedure.keep is None and asks_of_people(procedure):
        yield finding(
            "leak",
            procedure.place,
            f"{procedure.name}/keep",
            Words(
                f"流程 {procedure.name} 问人和原话，却没有写保存多久。",
                f"The procedure {procedure.name} asks for people or words,"
                " and does not say how long they are kept.",
            ),
            Words(
                "写上 keep: {after_close: …, then: erase_people}。",
                "Write keep: {after_close: …, then: erase_people}.",
            ),
        )
