"""A step of the ledger in words: title, icon, and what was chosen. A step holds no free text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gantang.engine import Procedure
from gantang.faces import answers, vocabulary


@dataclass(frozen=True, slots=True)
class Told:
    """One step as people read it. ``quiet`` steps are left out where only what matters is shown."""

    title: str | Promise
    icon: str
    tone: str = "stone"
    lines: tuple[str, ...] = ()
    quiet: bool = False


KINDS: dict[str, Told] = {
    "received": Told(gettext_lazy("登记编号"), icon="point", quiet=True),
    "opened": Told(gettext_lazy("收到"), icon="inbox"),
    "told": Told(gettext_lazy("已提醒"), icon="bell", tone="amber", quiet=True),
    "skipped": Told(gettext_lazy("到期提醒没有条件执行"), icon="bell", quiet=True),
    "asked": Told(gettext_lazy("申请停表或延长"), icon="calendar-plus", tone="amber"),
    "paused": Told(gettext_lazy("停表"), icon="player-pause"),
    "extended": Told(gettext_lazy("延长期限"), icon="calendar-plus", tone="amber"),
    "declined": Told(gettext_lazy("没有同意停表或延长"), icon="circle-minus"),
    "resumed": Told(gettext_lazy("恢复计时"), icon="clock"),
    "rerouted": Told(gettext_lazy("归口变了，改由新的单位办"), icon="arrow-bear-right", tone="dai"),
    "recomputed": Told(gettext_lazy("日历变了，期限重新算过"), icon="calendar-event"),
    "outage": Told(gettext_lazy("系统停运，全部停表"), icon="player-pause"),
    "linked": Told(gettext_lazy("关联"), icon="link", quiet=True),
    "messaged": Told(gettext_lazy("消息"), icon="message", quiet=True),
    "attached": Told(gettext_lazy("加了附件"), icon="paperclip", quiet=True),
    "taken_over": Told(gettext_lazy("从外市接过来"), icon="arrow-bear-right", tone="dai"),
    "upgraded": Told(gettext_lazy("改按新版程序办"), icon="notes", quiet=True),
    "classed": Told(gettext_lazy("改了类别"), icon="notes", quiet=True),
    "caused": Told(gettext_lazy("填了起因"), icon="notes"),
    "placed": Told(gettext_lazy("改了地点"), icon="map-pin", quiet=True),
    "relocated": Told(gettext_lazy("区划调整，归到新的代码"), icon="map-pin", quiet=True),
    "gist_mended": Told(gettext_lazy("改了事由"), icon="notes", quiet=True),
    "reached": Told(gettext_lazy("改了联系方式"), icon="users", quiet=True),
    "unlinked": Told(gettext_lazy("取消关联"), icon="link", quiet=True),
    "joined": Told(gettext_lazy("并进来一件"), icon="link", tone="dai"),
    "code_issued": Told(gettext_lazy("重发查询码"), icon="shield-lock", quiet=True),
    "party_added": Told(gettext_lazy("登记了当事人"), icon="users"),
    "willing": Told(gettext_lazy("当事人表示愿意参加"), icon="check", tone="dai"),
    "unwilling": Told(gettext_lazy("当事人拒绝参加"), icon="circle-minus", tone="amber"),
    "erased": Told(gettext_lazy("删除了个人信息和原文"), icon="shield-lock"),
    "person_corrected": Told(gettext_lazy("按本人请求更正了个人信息"), icon="users"),
    "removal_asked": Told(gettext_lazy("有人申请清除涉密内容"), icon="shield-lock", tone="zhu"),
    "legal_hold_placed": Told(gettext_lazy("暂停删除个人信息"), icon="shield-lock", tone="amber"),
    "legal_hold_lifted": Told(gettext_lazy("恢复按期删除个人信息"), icon="shield-lock"),
    "file_removed": Told(gettext_lazy("清除了一个涉密附件"), icon="shield-lock", tone="zhu"),
    "handed_over": Told(gettext_lazy("个人信息和附件随件移交，这里不再保留"), icon="shield-lock", quiet=True),
    "document_made": Told(gettext_lazy("出具了文书"), icon="file-text"),
    "document_superseded": Told(gettext_lazy("旧文书由新版代替"), icon="file-text", quiet=True),
    "document_corrected": Told(gettext_lazy("更正了文书"), icon="file-text", tone="amber"),
    "session_planned": Told(gettext_lazy("约了一次调解"), icon="calendar-plus", tone="dai"),
    "session_moved": Told(gettext_lazy("改了调解的时间地点"), icon="calendar-event", tone="amber"),
    "session_cancelled": Told(gettext_lazy("取消了一次调解"), icon="circle-minus", tone="amber"),
    "session_held": Told(gettext_lazy("约的调解开过了"), icon="check", quiet=True),
    "signed": Told(gettext_lazy("在协议上签了名"), icon="check", tone="leaf"),
    "signatures_witnessed": Told(gettext_lazy("见证了签名"), icon="check", tone="leaf"),
    "barred": Told(gettext_lazy("没过前置程序，被拦下"), icon="shield-lock", tone="zhu"),
    "opened_child": Told(gettext_lazy("开了子事项"), icon="git-branch", tone="dai"),
}


def describe(name: str, data: Mapping[str, Any], procedure: Procedure) -> Told:
    """The step's words in the language in force; unknown kinds keep their name."""
    if name == "moved":
        return _moved(data, procedure)
    if name == "willing" and not data.get("willing"):
        name = "unwilling"
    known = KINDS.get(name) or Told(name, icon="point", quiet=True)
    lines = _document_lines(data, procedure) if name.startswith("document_") else _clock_lines(name, data)
    return replace(known, lines=(*lines, *_barred_lines(name, data, procedure)))


def _barred_lines(name: str, data: Mapping[str, Any], procedure: Procedure) -> tuple[str, ...]:
    """Which move a gate refused."""
    move = procedure.moves.get(str(data.get("move"))) if name == "barred" else None
    return (move.title.of(_lang()),) if move is not None else ()


def _moved(data: Mapping[str, Any], procedure: Procedure) -> Told:
    move = procedure.moves.get(str(data.get("move", "")))
    if move is None:
        return Told(str(data.get("move", "")), icon="point", quiet=True)
    sign = _sign(data, procedure, move.does_it("question"), move.does_it("raise_supervision"))
    lines = (*_level(data), *_answers(data, procedure))
    return Told(move.title.of(_lang()), sign.icon, sign.tone, lines)


def _level(data: Mapping[str, Any]) -> tuple[str, ...]:
    sign = vocabulary.SUPERVISION.get(str(data.get("supervision")))
    return (str(sign.word),) if sign else ()


def _sign(data: Mapping[str, Any], procedure: Procedure, asks: bool, supervises: bool) -> vocabulary.Sign:
    if supervises:
        return vocabulary.Sign("zhu", icon="rubber-stamp", word="")
    if asks:
        return vocabulary.MATTER["asking"]
    state = procedure.states.get(str(data.get("to") or ""))
    if state is None:
        return vocabulary.Sign("stone", icon="notes", word="")
    return vocabulary.matter_sign(state.status)


def _answers(data: Mapping[str, Any], procedure: Procedure) -> tuple[str, ...]:
    """The closed answers given with a move, in words: 办理结果：已解决."""
    known = procedure.fields
    given = (data.get("answers") or {}).items()
    return tuple(line for name, value in given if name in known for line in answers.lines(known[name], value))


def _clock_lines(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    if name == "legal_hold_placed":
        return (str(vocabulary.LEGAL_HOLD[data["reason"]]), str(data["review_on"]))
    if name == "told" and data.get("tell"):
        told = data["tell"] if isinstance(data["tell"], list) else [data["tell"]]
        return (_("、").join(str(vocabulary.DUTIES.get(str(duty), duty)) for duty in told),)
    return ()


def _document_lines(data: Mapping[str, Any], procedure: Procedure) -> tuple[str, ...]:
    """Which document, and under which number."""
    known = procedure.documents.get(str(data.get("kind")))
    title = known.title.of(_lang()) if known else str(data.get("kind", ""))
    return (f"{title} {data['number']}" if data.get("number") else title,)


def _lang() -> str:
    return get_language() or "zh-hans"
