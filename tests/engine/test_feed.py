"""What a procedure may state to everybody, and the closed form of a court's case number."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gantang import engine
from gantang.engine import case_number
from gantang.engine.check.loosening import of_feed
from gantang.engine.check.ruler import Ruler
from gantang.engine.check.sealed import sealed_leaks
from tests.engine import whole
from tests.engine.sample import calendar, procedures

FEED = "feed: {states: [working], fields: [track, cost], expires: 24 hours}\n"


def repaired(tmp_path: Path, feed: str) -> engine.Pack:
    root = whole.written(tmp_path)
    file = root / "procedures" / "repair.yaml"
    file.write_text(file.read_text(encoding="utf-8") + feed, encoding="utf-8")
    return engine.read_pack(root)


@pytest.mark.parametrize(
    ("feed", "kind", "said"),
    [
        (FEED.replace("cost", "facts"), "leak", "facts"),
        (FEED.replace("cost", "terms"), "leak", "terms"),
        (FEED.replace("cost", "units"), "language", "units"),
        (FEED.replace("working", "wrking"), "gap", "wrking"),
        (FEED.replace("24 hours", "1 working day"), "language", "hours or days"),
        (FEED.replace(", expires: 24 hours", ""), "language", "expires"),
    ],
)
def test_a_feed_states_no_vault_field_no_list_and_never_without_an_expiry(
    tmp_path: Path, feed: str, kind: str, said: str
) -> None:
    pack = repaired(tmp_path, feed)
    found = [*pack.findings, *engine.check(pack, calendar=calendar())]
    assert any(one.kind == kind and said in one.sentence.en + one.remedy.en for one in found), found


def test_what_a_feed_states_is_remembered_of_the_answers(tmp_path: Path) -> None:
    pack = repaired(tmp_path, FEED)
    assert pack.findings == ()
    procedure = pack.procedures["repair"]
    assert procedure.feed is not None and procedure.feed.lasting == timedelta(hours=24)
    remembered = engine.run.answers.chosen(procedure, {"track": "plain", "cost": 5, "facts": "示例"})
    assert remembered == {"track": "plain", "cost": "5"}


def test_a_sealed_procedure_states_nothing() -> None:
    notice = procedures()["court_notice"]
    assert "court_notice/feed" not in {one.place for one in sealed_leaks(notice, {})}
    assert "court_notice/feed" in {one.place for one in sealed_leaks(replace(notice, sealed=True), {})}


def test_an_overlay_that_states_more_or_for_longer_is_looser() -> None:
    notice = procedures()["court_notice"]
    feed = notice.feed
    assert feed is not None
    ruler = Ruler(calendar())
    for wider in (
        replace(feed, states=(*feed.states, "leaving")),
        replace(feed, fields=(*feed.fields, "term")),
        replace(feed, expires=engine.Span.parse("3 days")),
    ):
        assert len(list(of_feed(notice, replace(notice, feed=wider), ruler))) == 1
    assert list(of_feed(notice, replace(notice, feed=None), ruler)) == []
    assert len(list(of_feed(replace(notice, feed=None), notice, ruler))) == 6


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("（2026）赣0102民初123号", "2026-JX0102-MC-123"),
        ("(2026)赣0102民初123号", "2026-JX0102-MC-123"),
        (" 〔2025〕 赣01 民终 7 号 ", "2025-JX01-MZ-7"),
        ("（2026）最高法民再9号", "2026-ZG-MR-9"),
        ("（2026）赣0428诉前调确12号", "2026-JX0428-SQ-12"),
        ("（2026）浙0106执恢4号", "2026-ZJ0106-ZH-4"),
        ("2026-JX0102-MC-123", "2026-JX0102-MC-123"),
    ],
)
def test_a_case_number_has_one_form_whichever_way_it_is_written(told: str, code: str) -> None:
    assert case_number.read(told) == code
    assert case_number.holds(code) and code.isascii()
    assert case_number.read(case_number.written(code)) == code


@pytest.mark.parametrize(
    "told",
    ["张三", "（2026）赣0102民初张三号", "（2026）张三民初1号", "13800000000", "110105194912310021",
     "（2026）赣0102民初1234567号", "（2026）赣0102民初0号", "（2026）赣0102民初123号张三", ""],
)  # fmt: skip
def test_neither_a_name_nor_a_persons_number_is_a_case_number(told: str) -> None:
    assert case_number.read(told) is None
    assert not case_number.holds(told)


def test_the_signs_and_kinds_of_a_case_number_are_each_told_apart() -> None:
    for table in (case_number.COURTS, case_number.KINDS):
        assert len(set(table.values())) == len(table)


def test_every_notice_field_is_closed_so_that_no_name_can_stand_there() -> None:
    notice = procedures()["court_notice"]
    assert notice.feed is not None
    kinds = {notice.fields[name].kind for name in notice.feed.fields}
    assert kinds == {"case_number", "unit", "choice", "date"}
    assert notice.feed.states == ("in_force",)
