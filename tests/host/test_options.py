"""Every option is declared once; one that does not fit stops the start with its sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gantang.host.declare import describe
from gantang.host.options import GROUPS, OptionError, Options, options, options_page, strangers


@pytest.fixture(autouse=True)
def no_options(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of this run's own options."""
    for name in [name for name in os.environ if name.startswith(("GANTANG_", "DATABASE_URL"))]:
        monkeypatch.delenv(name)
    monkeypatch.setattr("gantang.host.options.options", options.__wrapped__)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GANTANG_PORT", "99999"),
        ("GANTANG_PORT", "abc"),
        ("GANTANG_BIND", "example.org"),
        ("GANTANG_CRYPTO_SUITE", "rot13"),
        ("GANTANG_SITE_URL", "ftp://x"),
        ("GANTANG_PACKS_DIR", "/no/such/folder"),
        ("GANTANG_PROVINCE", "360"),
        ("DATABASE_URL", "mysql://x"),
        ("GANTANG_SECRET_KEY", "short"),
    ],
)
def test_value_that_does_not_fit_is_told_with_the_options_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(OptionError) as told:
        options.__wrapped__()
    info = next(info for info in describe(Options) if info.name == name)
    assert name in str(told.value)
    assert info.zh in str(told.value)
    assert info.en in str(told.value)
    assert (value in str(told.value)) is not info.secret


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GANTANG_PORT", "0")
    monkeypatch.setenv("GANTANG_WEB_WORKERS", "many")
    with pytest.raises(OptionError, match=r"(?s)GANTANG_PORT.*GANTANG_WEB_WORKERS"):
        options.__wrapped__()


def test_command_stops_with_the_sentence_and_no_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gantang", "up"],
        env={**os.environ, "GANTANG_PORT": "x"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "GANTANG_PORT=x" in done.stderr
    assert "Traceback" not in done.stderr


def test_secret_is_read_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("k" * 40 + "\n", encoding="utf-8")
    monkeypatch.setenv("GANTANG_SECRET_KEY_FILE", str(file))
    found = options.__wrapped__().secret_key
    assert found is not None
    assert found.get_secret_value() == "k" * 40


def test_secret_given_twice_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GANTANG_SMTP_PASSWORD", "one")
    monkeypatch.setenv("GANTANG_SMTP_PASSWORD_FILE", str(tmp_path / "two"))
    with pytest.raises(OptionError, match="GANTANG_SMTP_PASSWORD"):
        options.__wrapped__()


def test_missing_secret_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL_FILE", "/no/such/file")
    with pytest.raises(OptionError, match="/no/such/file"):
        options.__wrapped__()


def test_secrets_are_not_shown() -> None:
    shown = repr(Options(secret_key="s" * 40, database_url="postgresql://u:pw@h/d"))
    assert "s" * 40 not in shown
    assert "pw" not in shown


def test_misspelt_option_gets_the_nearest_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GANTANG_PROT", "1")
    assert strangers() == {"GANTANG_PROT": "GANTANG_PORT"}


def test_empty_value_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GANTANG_PORT", "")
    assert options.__wrapped__().port == 8000


def test_reference_page_holds_every_option_with_both_sentences() -> None:
    page = options_page()
    for info in describe(Options):
        assert f"`{info.name}`" in page
        assert info.zh in page
        assert info.en in page
        assert info.group in GROUPS


def test_sentences_are_whole() -> None:
    for info in describe(Options):
        assert info.zh.endswith("。"), info.name
        assert info.en.endswith("."), info.name


def test_written_reference_page_is_the_generated_one() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "reference" / "settings.md"
    assert page.read_text(encoding="utf-8") == options_page()


def test_loopback_is_told_apart() -> None:
    assert Options(bind="::1").is_loopback
    assert not Options(bind="0.0.0.0").is_loopback
    assert Options(bind="::1").url == "http://[::1]:8000"
