"""What can go wrong here, each with what happened and how to mend it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import (
    ConflictError,
    ForbiddenError,
    GantangError,
    InvalidError,
    NotFoundError,
    RefusedError,
)


class MatterNotFoundError(NotFoundError):
    """No such matter, or none in the asker's sight: the answer is the same."""

    code = "matter.not_found"
    sentence = _("没有找到这件事项。")
    remedy = _("请核对编号；不在您职责范围内的事项也不会显示。")


class CodeNotFoundError(NotFoundError):
    """An access code that leads nowhere."""

    code = "matter.code_not_found"
    sentence = _("没有查到这个查询码。")
    remedy = _("请核对回执上的查询码；字母 O、I、L、U 不会出现在码里。")


class DocumentNotFoundError(NotFoundError):
    """A document's code that leads nowhere."""

    code = "matter.document_not_found"
    sentence = _("没有查到这份文书。")
    remedy = _("请核对文书下方的编码；查不到的，请向落款单位核实。")


class FeedMissingError(NotFoundError):
    """No procedure of that name that states anything."""

    code = "matter.feed_missing"
    sentence = _("没有这样的公布内容。")
    remedy = _("请核对地址；哪些流程对外公布，写在流程的 feed 里。")


class FeedTooLargeError(GantangError):
    """More than can be stated whole: it is not stated in part."""

    status = 503
    code = "matter.feed_too_large"
    sentence = _("在效的内容太多，不能完整公布，所以这次不公布。")
    remedy = _("请联系管理员；取走过的内容到期自动作废。")


class CorrectionInvalidError(InvalidError):
    """A document cannot be corrected in this way; ``details["fields"]`` names each answer that does not
    fit."""

    code = "matter.correction_invalid"
    sentence = _("文书不能这样更正。")
    remedy = _("请写明更正的理由，只改这份文书里用到的内容。")


class SessionInvalidError(InvalidError):
    """A session cannot be planned so; ``details["fields"]`` names each answer that does not fit."""

    code = "matter.session_invalid"
    sentence = _("调解不能这样约。")
    remedy = _("请改下面指出的几处；时间要在以后，场所、主持岗位和到场的人要齐。")


class SessionOverError(ConflictError):
    """The session was held or cancelled meanwhile."""

    code = "matter.session_over"
    sentence = _("这次调解已经开过或者取消了。")
    remedy = _("请刷新看现在的安排；要再开，另约一次。")


class SignatureInvalidError(InvalidError):
    """A signature cannot be taken so; ``details["fields"]`` names each answer that does not fit."""

    code = "matter.signature_invalid"
    sentence = _("签名没有收下。")
    remedy = _("请改下面指出的几处再签一次。")


class SignedAlreadyError(ConflictError):
    """This person signed this version already."""

    code = "matter.signed_already"
    sentence = _("这一版已经签过了。")
    remedy = _("请刷新看签到了哪里；协议更正以后才要重新签。")


class WitnessError(ConflictError):
    """Whoever takes signatures does not witness them, and nothing is witnessed twice."""

    code = "matter.witness"
    sentence = _("这些签名不能由您见证。")
    remedy = _("主持签名的人不能给自己见证；请在场的另一位工作人员用自己的账号来见证。")


class NotAdminError(ForbiddenError):
    """What only an administering post may enter."""

    code = "matter.not_admin"
    sentence = _("只有管理岗可以登记停运。")
    remedy = _("请切换到管理岗，或请管理员办理。")


class NotPrivacyError(ForbiddenError):
    """Who asks what is held about it, and has it put right, is answered by the duty ``privacy`` alone."""

    code = "matter.not_privacy"
    sentence = _("只有承担个人信息保护职责的岗位可以答复本人的查询和更正。")
    remedy = _("请切换到这个岗位，或请它办理。")


class AskingOverError(ConflictError):
    """What a person asked was answered before; the register is not written anew."""

    code = "matter.asking_over"
    sentence = _("这项请求已经答复过了。")
    remedy = _("请刷新登记簿再看；本人再来要求的，另登一项。")


class OutageError(InvalidError):
    """An outage that cannot be entered."""

    code = "matter.outage"
    sentence = _("这段停运不能登记。")
    remedy = _("请核对起止时间、地方和原因。")


class NoRemovalError(ConflictError):
    """Nobody asked for this removal, or too long ago."""

    code = "matter.no_removal"
    sentence = _("没有待确认的清除申请。")
    remedy = _("请先由一名工作人员提出，七天内由另一名负责或督办岗确认。")


class SamePersonError(ForbiddenError):
    """Who asked for a removal does not confirm it, and who confirms it leads or supervises."""

    code = "matter.same_person"
    sentence = _("清除要由另一名负责岗或督办岗确认。")
    remedy = _("请负责人或督办岗的另一位同事确认。")


class LegalHoldError(RefusedError):
    """A legal hold keeps what was to be deleted."""

    code = "matter.legal_hold"
    sentence = _("这件事项暂停删除，个人信息现在不能删。")
    remedy = _("不实的可以更正；要删除，请负责人或督办岗先恢复按期删除。")


class NoLegalHoldError(ConflictError):
    """Nothing keeps the matter from being erased."""

    code = "matter.no_legal_hold"
    sentence = _("这件事项没有暂停删除。")


class LegalHoldInvalidError(InvalidError):
    """A hold without a reason of the list, without a day to come, or on what is erased already."""

    code = "matter.legal_hold_invalid"
    sentence = _("不能这样暂停删除。")
    remedy = _("请选择理由，并填一个今天以后的复查日期。")


class MoveRefusedError(RefusedError):
    """The procedure does not allow the move now; all reasons are in ``details["reasons"]``."""

    code = "matter.move_refused"
    sentence = _("现在不能这样办。")
    remedy = _("请按列出的原因补齐后再办。")


class StaleError(ConflictError):
    """The matter was changed since the caller read it."""

    code = "matter.stale"
    sentence = _("这件事项刚刚有了新的变化，您看到的不是最新的。")
    remedy = _("请刷新后再办；您填的内容没有丢。")


class ReportInvalidError(InvalidError):
    """What was reported cannot be taken in; ``details["fields"]`` names each field with its reason."""

    code = "matter.report_invalid"
    sentence = _("有几处要改一下才能提交。")
    remedy = _("请按每一处的提示修改；已填的内容都还在。")


class AnswerInvalidError(InvalidError):
    """Answers of a move that name what is not there; ``details["fields"]`` names each."""

    code = "matter.answer_invalid"
    sentence = _("有几项填得不对。")
    remedy = _("请按每一项的提示修改。")


class LinkInvalidError(InvalidError):
    """Two matters cannot be linked or merged in this way."""

    code = "matter.link_invalid"
    sentence = _("这两件事项不能这样关联。")
    remedy = _("请核对两件事项的编号和状态。")


class GateInvalidError(LinkInvalidError):
    """An assessment cannot be tied to that matter; ``details["why"]`` says why by code."""

    code = "matter.gate_invalid"
    sentence = _("这件评估不能算作这件事项的前置程序。")
    remedy = _("评估要在作出结论以前、只为这一件事项做；同一事项不作重复评估。")


class TransferInvalidError(InvalidError):
    """A matter cannot move to that ground."""

    code = "matter.transfer_invalid"
    sentence = _("不能转到这个地方。")
    remedy = _("请选择另一个设区市内的行政区划。")


class AttachmentInvalidError(InvalidError):
    """A file that is not taken."""

    code = "matter.attachment_invalid"
    sentence = _("这个文件不能上传。")
    remedy = _("请上传图片、PDF 或常见办公文件，并注意大小限制。")


class MappingError(InvalidError):
    """A mapping file that cannot be followed; ``details["what"]`` tells every fault."""

    code = "matter.mapping_invalid"
    sentence = _("映射文件有问题：{what}")
    remedy = _("请改好映射文件后再导入；各键的含义见使用说明“导入历史事项”。")


MAPPING_FAULTS = {
    "unknown_key": _("没有这个键"),
    "missing_key": _("缺少这个键"),
    "unfit_key": _("写法不对"),
    "no_column": _("表里没有这一列"),
    "unreadable": _("读不了"),
}

FAULTS = {
    "no_words": _("还没有写出了什么事。请写一两句话。"),
    "too_long": _("太长了，请写在4000字以内。"),
    "unfit_characters": _("有不能保存的字符，请删去。"),
    "unknown_channel": _("没有这个渠道。"),
    "unknown_class": _("没有这个类别。"),
    "staff_class": _("这一类由工作人员登记，不从外面反映；工作人员登记时请写明是代为登记（on_behalf）。"),
    "unknown_ground": _("没有这个行政区划或网格。"),
    "swapped_point": _("经度和纬度写反了，请对调。"),
    "point_outside": _("这个点不在任何网格内，请核对，或改选所在的村。"),
    "may_be_secret": _(
        "写的内容像是含有国家秘密或工作秘密。请不要在网上补充，请到受理窗口当面说明；核实后由两名工作人员清除。"
    ),
    "in_the_future": _("发生时间不能晚于现在。"),
    "received_later": _("收到的日子不能晚于今天。"),
    "staff_only": _("设施报修由工作人员来做。"),
    "too_long_row": _("太长了，导入的一件事最多20000字。"),
    "ends_before_it_begins": _("结束时间早于提出的时间。"),
    "no_files": _("导入时不能带附件。"),
    "unknown_value": _("对照表里没有这个值。"),
    "no_key": _("来源编号是空的。"),
    "unreadable_time": _("看不懂这个时间。"),
    "unreadable_point": _("看不懂这个经纬度。"),
    "other_content": _("这一行以前导入过，内容不一样；原来的没有改动。"),
    "too_many_files": _("一次最多传9个文件。"),
    "too_many_parties": _("一件事最多登记20位当事人。"),
    "unfit_contact": _("太长，或有不能保存的字符。"),
    "anonymous_with_contact": _("匿名反映不留姓名和联系方式；要留，就不要选匿名。"),
    "unknown_answer": _("没有问这一项，或答案不合要求。"),
    "unknown_case_number": _("案号不对：照文书上的写，例如（2026）赣0102民初123号。"),
    "unknown_unit": _("没有这个单位，或它已经撤销。"),
    "unknown_post": _("这个单位没有这个岗位。"),
    "no_reason": _("请写明理由。"),
    "no_mail": _("没有留邮箱，新的查询码无法送达。"),
    "unknown_matter": _("没有找到这件事项。"),
    "unknown_side": _("没有这一方，请填1到9。"),
    "no_name": _("至少要填姓名或联系方式。"),
    "unknown_evidence": _("请选择以什么为凭：签字、当面、电话或者留言。"),
    "no_signed_paper": _("签字的要附上签字的那一页。"),
    "unknown_file": _("这件事项没有这个附件。"),
    "no_time_to_come": _("开始时间要在现在以后、一年以内。"),
    "unfit_span": _("结束要晚于开始，一次最长8小时。"),
    "unknown_way": _("没有这种方式。"),
    "nobody_to_come": _("请选到场的人，至少一位。"),
    "no_room": _("面对面、背对背的要定在哪个调解室。"),
    "unknown_room": _("没有这个调解室。"),
    "no_sessions": _("这一步不是调解记录，或这类事项没有调解。"),
    "unknown_signer": _("这个人不用在协议上签名。"),
    "nothing_drawn": _("还没有签。请在框里写上名字，或改用“当面确认”。"),
    "too_much_drawn": _("签得太长或出了框，请重签。"),
    "not_signed_then": _("纸上签名的时间要在协议出具以后、现在以前。"),
    "no_witness": _("请写在场见证的人，最多60字。"),
    "replaced_since": _("协议已经更正成新的一版，要签新的一版。"),
    "not_all_signed": _("还有人没有签，或还没有见证。"),
    "no_hold_reason": _("请选择暂停删除的理由。"),
    "unknown_cause": _("没有这个起因。"),
    "no_cause": _("这里不填起因。"),
    "no_day_to_come": _("请填一个今天以后的日期。"),
    "nothing_left": _("个人信息已经删除，没有可以保留的。"),
}


def warnings_of(codes: Iterable[str]) -> list[str]:
    """What a receipt has to say besides, in the language in force."""
    return [str(FAULTS[code]) for code in codes]


def unfit(found: Iterable[tuple[str, str]], kind: type[InvalidError] = ReportInvalidError) -> InvalidError:
    """The error that names each field with what is wrong with it."""
    fields: list[dict[str, Any]] = [
        {"field": field, "code": code, "sentence": str(FAULTS[code])} for field, code in found
    ]
    return kind(details={"fields": fields})


def outage_reason(reason: str) -> OutageError:
    return OutageError(
        "matter.outage_reason",
        _("没有这种停运原因：{reason}。"),
        remedy=_("可用：power、network、system、disaster、maintenance、other。"),
        details={"reason": reason},
    )


def outage_ground(ground: str) -> OutageError:
    return OutageError(
        "matter.outage_ground",
        _("没有这个地方：{ground}。"),
        remedy=_("请填区划代码；全部地方请留空。"),
        details={"ground": ground},
    )


def outage_span() -> OutageError:
    return OutageError(
        "matter.outage_span",
        _("停运的起止时间不对。"),
        remedy=_("开始时间在此刻以前六十天以内，结束在开始以后、此刻以后三十天以内。"),
    )


#: How to mend a row of a file, by what is wrong with it.
REMEDIES = {
    "unknown_value": _("请在映射文件的对照表里补上，或写一个 else。"),
    "no_key": _("请填上来源编号，或在映射文件里另选一列。"),
    "unreadable_time": _("请改写成 2026-11-22 08:00 这样。"),
    "unreadable_point": _("请填十进制的度数，或留空。"),
    "other_content": _("要更正，请在原事项上办理；确实是另一件事，请换一个来源编号。"),
    "point_outside": _("这一行已导入，只是没有记下这个点。"),
}
MEND_ROW = _("请改正这一行后再导入一次；已经导入的行不会重复。")


def reasons_of(found: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """What is wrong with a row of a file, and how to mend it; both empty where nothing is."""
    faults = list(found)
    reason = " ".join(f"{field}: {FAULTS[code]}" for field, code in faults)
    remedies = dict.fromkeys(str(REMEDIES.get(code, MEND_ROW)) for _field, code in faults)
    return reason, " ".join(remedies)


def unfit_mapping(found: Iterable[tuple[str, str, str]]) -> MappingError:
    """The error that tells each fault of a mapping with its place and the nearest known name."""
    told = [
        f"{where}: {MAPPING_FAULTS[code]}" + (f" ({near})" if near else "") for where, code, near in found
    ]
    return MappingError(details={"what": "\n".join(told)})


class ReceiptNotFoundError(NotFoundError):
    """A receipt that leads nowhere, whatever was typed."""

    code = "tip.receipt_not_found"
    sentence = _("没有查到这个回执。")
    remedy = _("请核对回执，共20位，分五组；字母 O、I、L、U 不会出现在回执里。")


class TipNotFoundError(NotFoundError):
    """No such tip, or none that the asker's post holds: the answer is that of any unknown address."""

    code = "tip.not_found"
    sentence = _("没有找到。")


class PassphraseError(RefusedError):
    """The passphrase opens nothing."""

    code = "tip.passphrase"
    sentence = _("口令不对。")
    remedy = _("请重新输入；口令丢了，请用封存的恢复纸重新接手。")


class WeakPassphraseError(InvalidError):
    """Too short to protect a half of a key."""

    code = "tip.passphrase_weak"
    sentence = _("口令太短或太简单，保护不了举报人。")
    remedy = _("请用至少16个字符，其中至少8种不同的字符，例如一句只有自己知道的话。")


class OpeningError(RefusedError):
    """The opening cannot go on: not begun, ended, or both steps by one person."""

    code = "tip.opening"
    sentence = _("现在不能这样启封。")
    remedy = _("启封须由两个人、两个岗位在一刻钟内先后输入各自的口令；过了时间请重新开始。")


class PaperError(InvalidError):
    """What was typed from the recovery paper is not the half of this box."""

    code = "tip.paper"
    sentence = _("恢复纸上的内容不对。")
    remedy = _("请逐行核对，共4行，每行15个字符。")


class PictureError(InvalidError):
    """Only pictures are taken with a tip: what cannot be stripped of its maker is not kept."""

    code = "tip.picture"
    sentence = _("只收照片，一次最多4张。")
    remedy = _("录音、录像和其他文件会暴露是谁留的，请写成文字，或当面交给主管机关。")
