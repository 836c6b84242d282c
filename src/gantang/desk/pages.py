"""A matter's page: the answer first, then the story, then what binds it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gantang import engine
from gantang.desk import advising, causing, deadlines, looks, papers, people, story
from gantang.desk import board as boards
from gantang.desk.panel import main_of, offers, turn_of
from gantang.faces import clocks, names, vocabulary
from gantang.kit.actor import Actor, is_apart
from gantang.matters import queries
from gantang.matters.types import LinkView, MatterView
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures
from gantang.territory import queries as territory

LINKS = {
    "duplicate": gettext_lazy("重复"),
    "related": gettext_lazy("有关"),
    "merged": gettext_lazy("并入"),
    "parent": gettext_lazy("主事项"),
    "child": gettext_lazy("子事项"),
    "moved": gettext_lazy("移送"),
    "gate": gettext_lazy("前置评估"),
    "subject": gettext_lazy("评估的事项"),
    "known": gettext_lazy("以前知道的"),
    "noticed": gettext_lazy("排查又报"),
}


@dataclass(frozen=True, slots=True)
class Absent:
    """A move that is not there, and all the reasons why."""

    question: str
    reasons: tuple[str, ...]


def page_of(
    actor: Actor,
    matter: MatterView,
    *,
    now: datetime,
    opened: people.Opened | None = None,
    whole: bool = False,
) -> dict[str, Any]:
    """Everything the page shows of a matter; ``whole`` shows the quiet steps of the story as well."""
    procedure = procedures.by_hash(matter.procedure_hash)
    tied = queries.links(actor, matter.id)
    return {
        **_head(matter, procedure, now),
        **_moves(actor, matter, procedure, now),
        **_story(actor, matter, procedure, now, whole),
        **_rights(matter, procedure),
        "procedure": procedure.key,
        "key": secrets.token_urlsafe(16),
        "place": _place(matter),
        "clocks": deadlines.pictures(matter, now=now),
        "people": people.shown(actor, matter, opened),
        "opening": people.opening(matter, opened),
        "holdings": _holdings(matter),
        "links": _links(tied),
        "has_gates": any(g.name == "gate_open" for m in procedure.moves.values() for g in m.needs),
        "shares": _shares(actor, matter),
        "files": _files(actor, matter),
        "removal": queries.removal(actor, matter.id, now=now),
        "may_remove": bool(matter.duties),
        **_legal_hold(actor, matter, now),
        "looks": looks.newest(actor, matter),
        **causing.shown(matter),
        "causing": causing.asked_of(actor, matter, now=now),
        "documents": papers.shown(actor, matter),
        "has_case_file": bool(procedure.case_file),
        "has_board": queries.has_board(procedure) and any(one.kind == "child" for one in tied),
        "missed": boards.missed(matter, now=now),
        "has_room": queries.has_sessions(matter.procedure_hash),
    }


def _legal_hold(actor: Actor, matter: MatterView, now: datetime) -> dict[str, Any]:
    held, may = queries.legal_hold(actor, matter.id)
    return {
        "legal_hold": held,
        "legal_hold_reason": vocabulary.LEGAL_HOLD[held.reason] if held else "",
        "legal_hold_is_due": held is not None and held.review_on <= now.date(),
        "legal_hold_reasons": vocabulary.LEGAL_HOLD.items(),
        "may_legal_hold": may,
    }


def _head(matter: MatterView, procedure: engine.Procedure, now: datetime) -> dict[str, Any]:
    paused = deadlines.is_paused(matter)
    sign, word = clocks.sign_of(
        due=matter.due_at, started=matter.entered_at, now=now, ended=matter.ended_at, paused=paused
    )
    return {
        "sign": vocabulary.matter_sign(matter.status),
        "state": procedure.states[matter.state].title.of(_lang()),
        "clock_sign": sign if matter.due_at else None,
        "clock_word": word,
        "supervision": vocabulary.SUPERVISION.get(matter.supervision),
        "where": _where(matter, procedure),
        "answer": turn_of(matter),
        "until": deadlines.until(matter, procedure, now=now),
    }


def _moves(actor: Actor, matter: MatterView, procedure: engine.Procedure, now: datetime) -> dict[str, Any]:
    possible = queries.possible_moves(actor, matter.id, now=now).possible
    allowed = [one for one in possible if one.allowed and one.here]
    main = main_of(allowed, procedure, matter.state)
    return {
        "moves": offers(allowed),
        "main": main.move if main else "",
        "absent": _absent(one for one in possible if one.duty),
        "elsewhere": _absent(one for one in possible if not one.duty),
    }


def _story(
    actor: Actor, matter: MatterView, procedure: engine.Procedure, now: datetime, whole: bool
) -> dict[str, Any]:
    texts = queries.texts(actor, matter.id, now=now)
    told = queries.timeline(actor, matter.id)
    every = story.steps(told, procedure, texts, advising.told(actor, matter, told))
    return {
        "words": story.told(queries.words(actor, matter.id, now=now)),
        "steps": [one for one in every if whole or not one.quiet],
        "whole": whole,
        "all": len(every),
        "talk": story.talk(queries.messages(actor, matter.id, now=now)),
    }


def _rights(matter: MatterView, procedure: engine.Procedure) -> dict[str, bool]:
    """Which forms stand beside the moves."""
    open_to = bool(matter.duties) and matter.ended_at is None
    asks = queries.asks_parties(procedure)
    return {
        "may_say": open_to,
        "may_attach": open_to,
        "may_tie": bool(matter.duties),
        "asks_parties": asks,
        "may_enter": open_to and asks,
    }


def _where(matter: MatterView, procedure: engine.Procedure) -> str:
    titles = names.classes()
    known = matter.class_code in titles
    klass = names.class_path(matter.class_code, titles) if known else _("未定类别")
    ground = " ".join(territory.path(matter.scope)[-3:]) if not is_apart(matter.scope) else _("只在办理单位")
    version = _("%(title)s第%(version)d版") % {
        "title": procedure.title.of(_lang()),
        "version": matter.procedure_version,
    }
    return " · ".join((klass, ground, version))


def _absent(possible: Iterable[engine.Possible]) -> list[Absent]:
    """Moves that start here and may not be made, each with every reason; others would only be noise."""
    found = (one for one in possible if one.here and not one.allowed)
    return [
        Absent(_("为什么没有“%(move)s”？") % {"move": one.title.of(_lang())}, tuple(_reasons(one)))
        for one in found
    ]


def _reasons(one: engine.Possible) -> list[str]:
    said = [refusal.sentence.of(_lang()) for refusal in one.refusals]
    return [*said, one.because.of(_lang())] if one.because else said


def _place(matter: MatterView) -> list[tuple[str, str]]:
    if is_apart(matter.scope):
        return [(_("地方"), _("只在办理单位，不按地方看"))]
    rows = [(_("地方"), " ".join(territory.path(matter.scope)[1:])), (_("代码"), matter.scope)]
    if matter.lon is not None and matter.lat is not None:
        rows.append((_("位置"), f"{matter.lon:.5f}, {matter.lat:.5f}"))
    return rows


def _holdings(matter: MatterView) -> list[dict[str, Any]]:
    held = [one for one in matter.holdings if one.unit]
    units = posts.unit_names({one.unit for one in held if one.unit})
    titles = posts.post_titles({one.post for one in held if one.post})
    return [
        {
            "duty": vocabulary.DUTIES.get(one.duty, one.duty),
            "unit": units.get(one.unit or 0, ""),
            "post": titles.get(one.post or 0, ""),
        }
        for one in held
    ]


def _links(found: Iterable[LinkView]) -> list[dict[str, Any]]:
    return [{"kind": LINKS.get(one.kind, one.kind), "number": one.number, "gist": one.gist} for one in found]


def _shares(actor: Actor, matter: MatterView) -> list[dict[str, Any]]:
    found = queries.shares(actor, matter.id)
    held = {(one.duty, one.unit) for one in matter.holdings}
    beside = [one for one in found if (one.role, one.unit) not in held]
    units = posts.unit_names({one.unit for one in beside})
    return [
        {"role": vocabulary.DUTIES.get(one.role, one.role), "unit": units.get(one.unit, "")} for one in beside
    ]


def _files(actor: Actor, matter: MatterView) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "url": reverse("desk:file", args=[matter.number, one.id]),
            "title": _file_title(one.media) % {"n": n, "kb": max(1, one.size // 1000)},
            "at": one.added_at,
        }
        for n, one in enumerate(queries.attachments(actor, matter.id), start=1)
    ]


def _file_title(media: str) -> str:
    return _("照片%(n)d（%(kb)d千字节）") if media.startswith("image/") else _("文件%(n)d（%(kb)d千字节）")


def _lang() -> str:
    return get_language() or "zh-hans"
