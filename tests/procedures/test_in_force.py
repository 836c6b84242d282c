"""Putting procedures in force: checked first, kept for ever, each change on the ledger."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from gantang import engine
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.clock import now
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger.rules import stream_of
from gantang.procedures import errors, queries, service
from gantang.procedures.models import ProcedureVersion
from tests.engine.sample import PACKS, at, calendar, packs, request

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = now()
ADMIN = replace(SYSTEM, client="account:1", account=1, admin=True)


@pytest.fixture(autouse=True)
def seeded() -> None:
    if not ProcedureVersion.objects.exists():
        service.seed(NOW, calendar=calendar())


def changed(folder: Path, old: str, new: str, *, name: str = "request") -> engine.Pack:
    """A pack with one thing changed in its procedure."""
    copy = folder / name
    shutil.copytree(PACKS / name, copy)
    file = copy / "procedure.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return engine.read_pack(copy)


def put(pack: engine.Pack, actor: Actor = ADMIN, **more: object) -> list[object]:
    return list(
        service.put_in_force(
            actor=actor,
            pack=pack,
            calendar=calendar(),
            others=packs().values(),
            now=NOW,
            **more,  # type: ignore[arg-type]
        )
    )


def test_the_shipped_packs_are_in_force_everywhere() -> None:
    assert queries.in_force("facility.lighting", "360428101001", NOW).name == "request"
    assert queries.named("assist", "360428", NOW).name == "assist"


def test_a_second_seed_changes_nothing() -> None:
    before = ProcedureVersion.objects.count()
    assert service.seed(NOW, calendar=calendar()) == []
    assert ProcedureVersion.objects.count() == before


def test_what_is_kept_gives_back_the_same_procedure() -> None:
    kept = queries.by_hash(request().hash)
    assert kept.hash == request().hash and list(kept.moves) == list(request().moves)
    assert kept.states["handling"].within == replace(
        request().states["handling"].within, place=kept.states["handling"].within.place
    )


def test_a_procedure_with_a_finding_is_not_put_in_force(tmp_path: Path) -> None:
    pack = changed(tmp_path, "asks: [objection]}\n  silence:", "asks: [objection]}\n  silense:")
    faulty = changed(tmp_path / "second", "needs: [other_than(handler)], at_most: 1}", "at_most: 1}")
    before = ProcedureVersion.objects.count()
    with pytest.raises(errors.FaultyPackError) as caught:
        put(faulty)
    kinds = {one["kind"] for one in caught.value.details["findings"]}
    assert "self-check" in kinds and ProcedureVersion.objects.count() == before
    with pytest.raises(errors.FaultyPackError) as caught:
        put(pack)
    assert {"words"} <= {one["kind"] for one in caught.value.details["findings"]}


def test_no_later_version_takes_the_seal_from_a_protected_procedure(tmp_path: Path) -> None:
    opened = changed(tmp_path, "sealed: true", "sealed: false", name="tip")
    with pytest.raises(errors.FaultyPackError) as caught:
        put(opened)
    told = [one for one in caught.value.details["findings"] if "sealed: true" in str(one)]
    assert told and told[0]["kind"] == "leak"


def test_a_changed_procedure_needs_a_new_version_number(tmp_path: Path) -> None:
    with pytest.raises(errors.SameVersionError):
        put(changed(tmp_path, "ordinary: 5 working days", "ordinary: 6 working days"))


def test_a_county_may_have_its_own_version(tmp_path: Path) -> None:
    text = "version: 1"
    pack = changed(tmp_path, text, "version: 2")
    (made,) = put(pack, ground="360428", in_force_from=NOW)
    assert queries.in_force("a", "360428101", NOW).version == 2
    assert queries.in_force("a", "361028", NOW).version == 1
    assert queries.in_force("a", "360428101", at("2026-11-23 09:00")).version == 1
    assert made.ground == "360428"


def test_an_ended_procedure_takes_no_new_matter_and_keeps_the_running_ones() -> None:
    service.end(actor=ADMIN, name="assist", from_at=NOW, now=NOW)
    with pytest.raises(errors.UnknownProcedureError):
        queries.named("assist", "36", NOW)
    kept = next(one for one in queries.versions() if one.name == "assist" and one.hash)
    assert queries.by_hash(kept.hash).name == "assist"


def test_only_an_administering_post_may(tmp_path: Path) -> None:
    with pytest.raises(errors.NotAdminError):
        put(packs()["request"], actor=Actor(client="account:2", account=2))


def test_each_change_is_a_step(tmp_path: Path) -> None:
    pack = changed(tmp_path, "version: 1", "version: 3")
    put(pack, ground="360428")
    stream = stream_of("procedure", "request")
    with reading(SYSTEM, ids=[stream]):
        steps = list(ledger.steps(3600, stream))
    assert steps[-1].name == "procedure.in_force" and steps[-1].data["version"] == 3


def test_a_deployments_own_packs_are_read(tmp_path: Path, settings: object) -> None:
    pack = changed(tmp_path, "procedure: request", "procedure: local")
    settings.GANTANG_PACKS_DIR = tmp_path  # type: ignore[attr-defined]
    shipped = list(packs())
    assert [one.name for one in service.installed()] == [*shipped, "request"]
    assert list(pack.procedures) == ["local"]


def test_a_faulty_pack_of_the_deployments_own_is_told_and_keeps_nobody_else_out(
    tmp_path: Path, settings: object
) -> None:
    changed(tmp_path, "version: 1", "version: 7\nclok: {}")
    settings.GANTANG_PACKS_DIR = tmp_path  # type: ignore[attr-defined]
    (refused,) = service.seed(NOW, calendar=calendar())
    assert isinstance(refused, errors.FaultyPackError) and refused.findings
    assert queries.in_force("facility.lighting", "360428101001", NOW).version == 1


def test_a_sound_pack_of_the_deployments_own_is_put_in_force(tmp_path: Path, settings: object) -> None:
    changed(tmp_path, "version: 1", "version: 7")
    settings.GANTANG_PACKS_DIR = tmp_path  # type: ignore[attr-defined]
    assert service.seed(NOW, calendar=calendar()) == []
    assert queries.in_force("facility.lighting", "360428101001", NOW).version == 7
    ids = [one.id for one in queries.versions()]
    assert service.seed(NOW, calendar=calendar()) == []  # the shipped one does not come back
    assert [one.id for one in queries.versions()] == ids


def screening(folder: Path, changes: dict[str, tuple[str, str]]) -> engine.Pack:
    """The screening pack, of two procedures, with files changed."""
    copy = folder / "screening"
    shutil.copytree(PACKS / "screening", copy)
    for name, (old, new) in changes.items():
        text = (copy / name).read_text(encoding="utf-8")
        assert old in text
        (copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return engine.read_pack(copy)


RENAMED = {
    "procedures/screening.yaml": ("version: 2", "version: 3"),
    "texts/zh-Hans.yaml": ("title: 矛盾纠纷滚动排查", "title: 滚动排查示例"),
}


def test_a_procedure_stays_as_it_is_where_only_another_of_its_pack_changed(tmp_path: Path) -> None:
    before = queries.named("finding", "360428", NOW).hash
    pack = screening(tmp_path, RENAMED)
    assert pack.procedures["finding"].hash != before, "the texts of a pack are one file"
    assert [(one.name, one.version) for one in put(pack)] == [("screening", 3)]  # type: ignore[attr-defined]
    assert queries.named("finding", "360428", NOW).hash == before
    assert put(pack) == []


def test_words_of_its_own_still_ask_for_a_new_version(tmp_path: Path) -> None:
    wrong = {"texts/zh-Hans.yaml": RENAMED["texts/zh-Hans.yaml"]}
    with pytest.raises(errors.SameVersionError) as told:
        put(screening(tmp_path, wrong))
    assert told.value.details["name"] == "screening"
