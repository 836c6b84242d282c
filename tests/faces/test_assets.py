"""What the pages take from npm: named by hash, never by host, and only what is used."""

import gettext
import io
import json
from pathlib import Path

import pytest

from gantang.faces import assets, wording

ROOT = Path(__file__).resolve().parents[2]


def test_the_lock_names_no_host():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert all(entry.get("integrity") for name, entry in packages.items() if name)


def test_packages_are_exact():
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = [*wanted["dependencies"].values(), *wanted["devDependencies"].values()]
    assert all(version[0].isdigit() for version in versions)


def test_every_icon_named_by_a_template_is_found_by_the_build():
    names = assets.icon_names()
    assert {"inbox", "clock", "lock", "rubber-stamp"} <= set(names)
    assert names == sorted(set(names))


def test_a_folder_without_a_lock_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(assets, "VENDOR", tmp_path / "vendor")
    with pytest.raises(assets.AssetsError, match="package-lock"):
        assets.build(tmp_path)


PO = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

# a comment
msgid "剩%(span)s"
msgstr ""
"%(span)s "
"left"

msgctxt "desk"
msgid "分派"
msgstr "Route"

msgid "%(n)d天"
msgid_plural "%(n)d天"
msgstr[0] "%(n)d day"
msgstr[1] "%(n)d days"

#, fuzzy
msgid "旧"
msgstr "stale"

msgid "空"
msgstr ""
"""


def test_catalogues_are_read_by_gettext(tmp_path: Path):
    folder = tmp_path / "desk" / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO, encoding="utf-8")
    (written,) = wording.compile_all(tmp_path)
    found = gettext.GNUTranslations(io.BytesIO(written.read_bytes()))
    assert found.gettext("剩%(span)s") == "%(span)s left"
    assert found.pgettext("desk", "分派") == "Route"
    assert found.ngettext("%(n)d天", "%(n)d天", 2) == "%(n)d days"
    assert found.gettext("旧") == "旧"
    assert found.gettext("空") == "空"
    assert wording.compile_all(tmp_path) == []


def test_an_unreadable_catalogue_names_file_and_line(tmp_path: Path):
    file = tmp_path / "django.po"
    file.write_text('msgid "a"\nmsgstr b\n', encoding="utf-8")
    with pytest.raises(wording.WordingError, match=r"django\.po:2"):
        wording.read(file)
