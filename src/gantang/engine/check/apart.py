"""Work that stays with two posts (sealed) or with one unit (services by agreement): nothing of it outside,
its people forgotten, and what two must do not done by one."""

from __future__ import annotations

from collections.abc import Iterator

from gantang.engine.check.meaning import has
from gantang.engine.check.say import at_move, finding, place_of
from gantang.engine.model import CLOCK, STAFF_DUTIES, Finding, Move, Place, Procedure, Words

KIND = "leak"
#: Classes below this one are services to a person by agreement (`kit.actor.APART`).
APART = "service."
TWO = ("receiver", "handler", "verifier")
#: Moves of sealed work by which a tip goes to the next unit above.
UPWARD = ("declare_conflict", "second_declares", "move_up")
#: What opens sealed work, and what comes before it by the other holder.
OPEN, ASK, LOOK = "open", "ask_open", "look"


def is_apart(procedure: Procedure) -> bool:
    """Whether all it serves are services to a person by agreement."""
    return bool(procedure.serves) and all(one.startswith(APART) for one in procedure.serves)


def apart(procedure: Procedure) -> Iterator[Finding]:
    if procedure.sealed or is_apart(procedure):
        yield from kept_for_ever(procedure)
        yield from codes(procedure)
    if is_apart(procedure):
        yield from counted(procedure)
        yield from papers(procedure)
    if procedure.sealed:
        yield from acts_shown(procedure)
        yield from opened_by_one(procedure)
        yield from not_let_go(procedure)


def kept_for_ever(procedure: Procedure) -> Iterator[Finding]:
    """No term after which its people are erased, where it asks for people or words."""
    asked = {ask.field for move in procedure.moves.values() for ask in move.asks}
    if not procedure.serves and not any(one.vault for one in procedure.fields.values() if one.name in asked):
        return
    if procedure.keep is None or procedure.keep.then != "erase_people":
        place = procedure.keep.place if procedure.keep is not None else None
        yield _leak(
            procedure, "keep", place,
            Words("没有写人的信息何时抹去", "does not say when people are erased"),
            Words("写上 keep: {after_close: …, then: erase_people}。",
                  "Write keep: {after_close: …, then: erase_people}."),
        )  # fmt: skip


def codes(procedure: Procedure) -> Iterator[Finding]:
    """A code that whoever holds it follows the matter by, at the common door."""
    if procedure.access_code:
        yield _leak(
            procedure, "access_code", None,
            Words("给查询码", "gives an access code"),
            Words("写上 access_code: false。", "Write access_code: false."),
        )  # fmt: skip


def counted(procedure: Procedure) -> Iterator[Finding]:
    """A service to a person in figures."""
    if procedure.counted:
        yield _leak(
            procedure, "counted", None,
            Words("计入统计", "is counted in figures"),
            Words("写上 counted: false。", "Write counted: false."),
        )  # fmt: skip


def papers(procedure: Procedure) -> Iterator[Finding]:
    """A document of a service to a person that is meant for everybody."""
    for document in procedure.documents.values():
        if document.audience == "public":
            yield _leak(
                procedure, f"documents/{document.name}", document.place,
                Words(f"把文书 {document.name} 给公众看", f"shows the document {document.name} to everybody"),
                Words("改成 for: staff 或 for: reporter。", "Write for: staff or for: reporter."),
            )  # fmt: skip


def acts_shown(procedure: Procedure) -> Iterator[Finding]:
    """What the holders do among themselves, on the page of whoever reported: moves that leave the matter
    where it is and say nothing in words."""
    for move in procedure.moves.values():
        inside = {*move.by} <= {*STAFF_DUTIES, CLOCK}
        stays = move.to is None or move.to in move.sources
        says = any(
            procedure.fields[ask.field].kind == "text" for ask in move.asks if ask.field in procedure.fields
        )
        if move.public and inside and stays and not says:
            yield finding(
                KIND, move.place, at_move(procedure, move.name),
                Words(f"保密流程的动作 {move.name} 只是内部的事，反映人的页面上却看得到。",
                      f"The move {move.name} is the holders' own affair, and the reporter's page shows it."),
                Words("写上 public: false。", "Write public: false."),
            )  # fmt: skip


def opened_by_one(procedure: Procedure) -> Iterator[Finding]:
    """A seal that one alone could open."""
    move = procedure.moves.get(OPEN)
    if move is None:
        return
    if not has(move, "used", ASK) or not any(
        has(move, "other_than", duty) for duty in ("receiver", "handler")
    ):
        yield finding(
            "self-check", move.place, at_move(procedure, move.name),
            Words("一个人就能启封：没有要求另一个岗位先提出。",
                  "One alone could open the seal: nothing asks that the other post began."),
            Words(f"在 needs 里加上 used({ASK}) 和 other_than(receiver)。",
                  f"Add used({ASK}) and other_than(receiver) to its needs."),
        )  # fmt: skip


def not_let_go(procedure: Procedure) -> Iterator[Finding]:
    """A tip that goes to the unit above, and is still held below."""
    for name in UPWARD:
        move = procedure.moves.get(name)
        if move is not None and (missing := _held_on(move)):
            yield finding(
                KIND, move.place, at_move(procedure, name),
                Words(f"动作 {name} 交给上一级，原来的岗位却还承担着：{'、'.join(missing)}。",
                      f"The move {name} hands it upward, and those below keep it: {', '.join(missing)}."),
                Words("在 does 里放下这些职责：release(…)；在 needs 里写上 held(supervisor)。",
                      "Let go of them under does: release(…); need held(supervisor)."),
            )  # fmt: skip


def _held_on(move: Move) -> list[str]:
    let_go = {one.args[0] for one in move.does if one.name == "release" and one.args}
    kept = [f"release({duty})" for duty in TWO if duty not in let_go]
    return kept if has(move, "held", "supervisor") else [*kept, "held(supervisor)"]


def _leak(procedure: Procedure, part: str, place: Place | None, what: Words, remedy: Words) -> Finding:
    kind = Words("保密流程", "The sealed procedure") if procedure.sealed else Words("专门服务", "The service")
    return finding(
        KIND,
        place_of(place, procedure=procedure),
        f"{procedure.name}/{part}",
        Words(f"{kind.zh} {procedure.name} {what.zh}。", f"{kind.en} {procedure.name} {what.en}."),
        remedy,
    )
