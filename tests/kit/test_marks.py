"""Key files that are not this database's stop the start."""

from pathlib import Path
from typing import Any

import pytest

from gantang.kit import checks, crypto
from gantang.kit.marks import check_keys
from gantang.kit.models import KeyMark

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(tmp_path: Path, settings: Any) -> Any:
    settings.GANTANG_KEYS_DIR = tmp_path / "keys"
    crypto.forget_keys()
    yield tmp_path / "keys"
    crypto.forget_keys()


def test_first_start_leaves_a_mark_and_later_ones_compare() -> None:
    check_keys()
    check_keys()
    assert KeyMark.objects.count() == 1
    assert checks.key_files(databases=["default"]) == []


def test_lost_key_folder_is_told_and_not_made_anew(keys: Path) -> None:
    KeyMark.objects.get_or_create(name="root", defaults={"mark": b"of another key"})
    with pytest.raises(crypto.KeysError):
        check_keys()
    assert not keys.exists()


def test_foreign_keys_are_told(keys: Path) -> None:
    KeyMark.objects.get_or_create(name="root", defaults={"mark": b"of another key"})
    crypto.make_keys()
    with pytest.raises(crypto.KeysError):
        check_keys()
    assert [each.id for each in checks.key_files(databases=["default"])] == ["kit.E003"]
