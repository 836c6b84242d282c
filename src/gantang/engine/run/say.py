"""The sentences of refusals that come from the rules themselves, in two languages."""

from __future__ import annotations

from gantang.engine.model import Move, Words
from gantang.engine.run.values import Refusal

#: Duties in words; the same as in the catalogue of the faces.
DUTY_WORDS: dict[str, Words] = {
    "receiver": Words("受理", "receiver"),
    "dispatcher": Words("分派", "dispatcher"),
    "handler": Words("办理", "handler"),
    "cooperator": Words("协办", "cooperator"),
    "mediator": Words("调解", "mediator"),
    "verifier": Words("核验", "verifier"),
    "arbiter": Words("裁定", "arbiter"),
    "supervisor": Words("督办", "supervisor"),
    "leader": Words("分管领导", "leader"),
    "reporter": Words("反映人", "reporter"),
    "party": Words("当事人", "party"),
    "clock": Words("时钟", "clock"),
}

SENTENCES: dict[str, Words] = {
    "move.unknown": Words("没有“{0}”这个动作。", "There is no move “{0}”."),
    "move.not_here": Words(
        "现在是“{0}”，不能做这一步。", "The matter is “{0}”: this step is not possible now."
    ),
    "move.not_yours": Words("这一步由{0}来做。", "This is for the {0}."),
    "move.held_by_other": Words(
        "这件事现在由别的单位或岗位承担。", "Another unit or post holds this matter."
    ),
    "move.used_up": Words("这一步最多{0}次，已经用完。", "This may be done {0} times at most, all used."),
    "move.too_late": Words("过了期限：{0}之前才能做。", "Too late: it was possible until {0}."),
    "move.by_clock": Words("这一步到期自动发生，不由人做。", "The clock makes this move, nobody else."),
    "children.required": Words(
        "还有{0}件必须办完的子事项没有办完。", "{0} required child matters are still open."
    ),
    "answer.missing": Words("还缺：{0}。", "Missing: {0}."),
    "answer.invalid": Words("“{0}”的答案不对。", "The answer to “{0}” is not valid."),
    "answer.unknown": Words("这一步不问“{0}”。", "This move does not ask for “{0}”."),
    "pause.none": Words("这个环节不能暂停。", "The clock of this state cannot be paused."),
    "pause.used_up": Words(
        "这个环节最多暂停{0}次，已经用完。", "This state may be paused {0} times, all used."
    ),
    "pause.running": Words("现在已经停表。", "The clock is paused already."),
    "pause.not_running": Words("现在没有停表。", "The clock is not paused."),
    "pause.too_long": Words("暂停不能超过{0}。", "A pause may not last beyond {0}."),
    "extend.none": Words("这个时限不能延长。", "This clock cannot be extended."),
    "extend.used_up": Words("最多延长{0}次，已经用完。", "It may be extended {0} times, all used."),
    "extend.too_late": Words("延期要在到期之前提出。", "An extension must be asked for before the deadline."),
    "wish.open": Words("已经有一个申请等批准。", "A request is waiting to be granted already."),
    "wish.none": Words("现在没有等批准的申请。", "No request is waiting to be granted."),
    "wish.self": Words("自己申请的不能自己批准。", "Whoever asked, or did the work, may not grant it."),
}


def refusal(code: str, *args: Words | str, move: Move | None = None) -> Refusal:
    """A refusal by a rule of the language; the move's own `because` goes with it."""
    words = SENTENCES[code]
    zh = words.zh.format(*(arg.zh if isinstance(arg, Words) else arg for arg in args))
    en = words.en.format(*(arg.en if isinstance(arg, Words) else arg for arg in args))
    return Refusal(code, Words(zh, en), move.because if move else None, move.law if move else None)


def duties(names: tuple[str, ...]) -> Words:
    known = [DUTY_WORDS[name] for name in names]
    return Words("或".join(one.zh for one in known), " or ".join(one.en for one in known))
