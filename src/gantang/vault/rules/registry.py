"""The register of personal data: every place where something about a person may stand, with why it is kept,
on which ground of law, and until when (个人信息保护法 §6, §13, §17, §19; GB/T 35273-2020).

The rows are ``data/register.csv``. ``vault`` are kinds and fields of sealed entries, ``answer`` the fields of
procedures that live in the vault (``*`` stands for every procedure), ``room`` what a room keeps there beside
matters (``reception.booking.name``), ``column`` those of tables.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

VAULT, ANSWER, ROOM, COLUMN = "vault", "answer", "room", "column"
Both = tuple[str, str]

PURPOSES: dict[str, Both] = {
    "casework": ("受理和办理事项", "to take in and handle the matter"),
    "contact": ("联系本人，告知和答复", "to reach the person, tell and answer"),
    "identity": ("核对身份", "to be sure who it is"),
    "mediation": ("组织调解，形成协议", "to mediate and to set an agreement down"),
    "decision": ("作出重大决策、评估风险", "to assess and take a decision of weight"),
    "responsibility": (
        "落实领导责任制，问责和表扬单位",
        "to hold units to their duties, in blame and praise",
    ),
    "service": ("按本人同意提供专门服务", "to give a service that the person agreed to"),
    "document": ("出具文书，核验真伪", "to issue documents that can be proved"),
    "appointment": (
        "预约到中心办事：确认、提醒、当天找人",
        "to confirm an appointment, remind of it, find who comes",
    ),
    "consultation": ("征求公众意见，说明采纳情况", "to hear the public and say what came of it"),
    "training": ("培训和考试，计学时", "to train, to examine and to count hours"),
    "certificate": (
        "发法律明白人等证书，核验，到期和收回",
        "to certify, so that it can be verified, lapses and can be removed",
    ),
    "own_access": ("本人查询、更正、删除", "so that people find, mend and erase their own"),
    "sign_in": ("工作人员登录", "so that staff can sign in"),
    "security": ("发现冒用", "to notice that somebody else uses an account"),
    "record": ("记录谁办的、谁看过", "to show who did what and who looked"),
    "once": ("防止重复提交", "so that one request has one effect"),
    "unused": ("随所用程序库带来，不填写", "comes with a library; never filled"),
}
BASES: dict[str, Both] = {
    "duty": (
        "履行法定职责所必需（个人信息保护法第十三条第一款第三项、第三十四条）",
        "needed for a statutory duty (Personal Information Protection Law §13(3), §34)",
    ),
    "sensitive": (
        "履行法定职责所必需的敏感个人信息（同法第十三条第一款第三项、第二十八条、第三十四条）",
        "sensitive, needed for a statutory duty (same law §13(3), §28, §34)",
    ),
    "agreed": (
        "本人单独同意的敏感个人信息（同法第十三条第一款第一项、第二十八条、第二十九条）",
        "sensitive, agreed to by the person for just this (same law §13(1), §28, §29)",
    ),
    "protected": (
        "履行法定职责所必需，依法为举报人保密（同法第十三条第一款第三项、第三十四条）",
        "needed for a statutory duty; who reports is protected (same law §13(3), §34)",
    ),
    "staff": (
        "履行法定职责、管理工作人员所必需（同法第十三条第一款第二、三项）；日志见网络安全法第二十一条",
        "needed to administer staff in a statutory duty (same law §13(2), (3)); logs: Cybersecurity Law §21",
    ),
}
TERMS: dict[str, Both] = {
    "matter": (
        "办结后按程序的 keep，或本地填写的“各程序办结后保存个人信息的期限”",
        "after the end as the procedure's `keep` says, or the slot `retention.terms` where it is filled",
    ),
    "appointment": (
        "约定日期之后的天数见“预约人姓名、电话、邮箱在约定日期之后保存的天数”",
        "so many days after the day as the slot `retention.appointments` says",
    ),
    "consultation": (
        "征求意见结束之后的天数见“公示意见的保存天数”",
        "so many days after the period as the slot `retention.comments` says; empty: not by itself",
    ),
    "certificate": (
        "证书到期或收回之后的天数见“持证人姓名的保存天数”，不填不自动删",
        "so many days after lapse or removal as the slot `retention.certificates` says; empty: not by itself",
    ),
    "opening": ("启封结束即删", "until the opening of the tip ends"),
    "session": ("退出或会话到期即删，每天清理", "until the session ends; cleared daily"),
    "short": ("到期自动清理（重复提交90天，专项400天）", "cleared by age (90 days; 400 for campaigns)"),
    "account": (
        "账号存续期间；停用后的期限未查得规定，不自动删",
        "as long as the account lasts; no rule was found for after it, nothing is erased by itself",
    ),
    "ledger": (
        "随台账保存，只有编号；期限未查得规定，不自动删",
        "with the ledger, as numbers only; no rule was found, nothing is erased by itself",
    ),
    "none": (
        "只有编号和代码；期限未查得规定，不自动删",
        "numbers and codes only; no rule was found, nothing is erased by itself",
    ),
}


@dataclass(frozen=True, slots=True)
class Registered:
    """One row: where it stands, and the codes of why, on which ground, until when."""

    place: str
    name: str
    purpose: str
    basis: str
    term: str


@lru_cache(maxsize=1)
def register() -> dict[tuple[str, str], Registered]:
    """All rows by (place, name). Errors: ValueError for a word that is none of ours, or a row twice."""
    text = files("gantang.vault.rules").joinpath("data/register.csv").read_text(encoding="utf-8")
    return collected(text)


def collected(text: str) -> dict[tuple[str, str], Registered]:
    """The rows of a register's text. Errors: ValueError, naming the row."""
    found: dict[tuple[str, str], Registered] = {}
    for line in csv.DictReader(text.splitlines()):
        one = Registered(**line)
        known = (VAULT, ANSWER, ROOM, COLUMN), PURPOSES, BASES, TERMS
        if any(word not in words for word, words in zip(_words(one), known, strict=True)):
            raise ValueError(f"a word that is none of the register's: {one.place} {one.name}")
        if found.setdefault((one.place, one.name), one) is not one:
            raise ValueError(f"registered twice: {one.place} {one.name}")
    return found


def answer_of(procedure: str, field: str) -> Registered | None:
    """The row of a procedure's field that lives in the vault; None where it is not registered."""
    rows = register()
    return rows.get((ANSWER, f"{procedure}.{field}")) or rows.get((ANSWER, f"*.{field}"))


def _words(one: Registered) -> tuple[str, str, str, str]:
    return one.place, one.purpose, one.basis, one.term
