"""What the release proved is not proved again; whatever differs in anything a proof rests on is."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.engine import edition
from gantang.procedures.service import SHIPPED, installed, keep_proofs, proved, proving

LAST = max(catalogue.shipped_calendar().published)
THIS, NEXT = [LAST], [LAST + 1]


def beside(pack: engine.Pack, packs: Sequence[engine.Pack]) -> tuple[engine.Pack, ...]:
    return tuple(one for one in packs if one.name != pack.name)


@pytest.fixture
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "_known", proving._known.copy())
    proving._known.clear()


@pytest.fixture
def never(nothing_known: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The checker is not to be asked."""

    def check(pack: engine.Pack, **_: object) -> None:
        raise AssertionError(f"{pack.name} is proved: run `gantang check --keep`")

    monkeypatch.setattr(proving, "check", check)


@pytest.mark.usefixtures("never")
@pytest.mark.django_db
@pytest.mark.parametrize("year", [LAST, LAST + 1])
def test_a_first_start_proves_no_shipped_pack_that_the_release_has_proved(year: int) -> None:
    packs, calendar = installed(), catalogue.calendar_for("")
    for pack in packs:
        assert proving.faults(pack, calendar, beside(pack, packs), date(year, 3, 1)) == ()


def test_nothing_else_is_kept_than_two_proofs_of_each_shipped_pack() -> None:
    kept = json.loads(proved.KEPT.read_text(encoding="utf-8"))
    packs, calendar = installed(), catalogue.shipped_calendar()
    assert kept == {
        pack.name: [proved.name(pack, calendar, beside(pack, packs), years) for years in (THIS, NEXT)]
        for pack in packs
    }


@pytest.mark.usefixtures("nothing_known")
def test_a_fault_in_a_shipped_pack_is_found_as_before(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHIPPED / "assist", tmp_path / "assist"))
    file = folder / "procedure.yaml"
    text = file.read_text(encoding="utf-8")
    assert " within: 2 working days," in text
    file.write_text(text.replace(" within: 2 working days,", ""), encoding="utf-8")
    packs = installed()
    spoilt = engine.read_pack(folder)
    found = proving.faults(spoilt, catalogue.shipped_calendar(), beside(spoilt, packs), date(LAST, 3, 1))
    assert "no clock" in found[0].sentence.en


def test_each_thing_that_a_proof_rests_on_is_in_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    packs, calendar = installed(), catalogue.shipped_calendar()
    pack, *rest = packs
    names = [proved.name(pack, calendar, rest, THIS), proved.name(pack, calendar, rest, NEXT)]
    names.append(proved.name(pack, catalogue.shipped_calendar(LAST), rest, THIS))
    names.append(proved.name(pack, calendar, rest[1:], THIS))
    (key, first), *_ = pack.procedures.items()
    other = replace(first, hash="0" * 64)
    names.append(proved.name(replace(pack, procedures={**pack.procedures, key: other}), calendar, rest, THIS))
    names.append(proved.name(replace(pack, stages={key: (other, first)}), calendar, rest, THIS))
    monkeypatch.setattr(proved, "edition", lambda: "another engine")
    names.append(proved.name(pack, calendar, rest, THIS))
    assert len(set(names)) == len(names)
    assert proved.name(pack, calendar, rest[::-1], THIS) == names[-1], "the order of the others is none"


def test_every_file_that_decides_how_the_engine_behaves_makes_another_edition(tmp_path: Path) -> None:
    here = Path(engine.__file__).parent
    skipped = shutil.ignore_patterns("__pycache__")
    folder = Path(shutil.copytree(here, tmp_path / "engine", ignore=skipped))
    assert edition.digest_of(folder) == edition.edition()
    for path in (one for one in folder.rglob("*") if one.is_file() and one.name != "README.md"):
        text = path.read_bytes()
        path.write_bytes(text + b"\n")
        assert edition.digest_of(folder) != edition.edition(), path.name
        path.write_bytes(text)


def test_nothing_is_kept_where_the_checker_has_something_against_one_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proved, "KEPT", tmp_path / "proved.json")
    folder = Path(shutil.copytree(SHIPPED / "assist", tmp_path / "assist"))
    file = folder / "procedure.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace(" within: 2 working days,", ""), encoding="utf-8"
    )
    told = keep_proofs([engine.read_pack(folder)], catalogue.shipped_calendar())
    assert "no clock" in told[0].sentence.en and not proved.KEPT.exists()
    assert keep_proofs([engine.read_pack(SHIPPED / "assist")], catalogue.shipped_calendar()) == ()
    assert list(json.loads(proved.KEPT.read_text(encoding="utf-8"))) == ["assist"]
    proved._kept.cache_clear()
