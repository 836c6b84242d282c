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


BAD = {
    "GANTANG_BIND": ["example.org", "127.0.0.1:8000", "256.0.0.1"],
    "GANTANG_PORT": ["99999", "0", "-1", "abc", "80.5"],
    "GANTANG_SITE_URL": ["ftp://x", "example.org", "https://x/path", "https://a b"],
    "GANTANG_ALLOWED_HOSTS": ["https://example.org", "a b", "example.org/desk", "a.org,b.org:80"],
    "GANTANG_WEBHOOK_HOSTS": ["https://example.org", "a b", "10.0.0.1/8", "10.0.0.0/33"],
    "GANTANG_SMS_URL": ["sms.internal", "tel:1", "https://a b"],
    "GANTANG_SMS_SECRET": ["short", "whsec_short"],
    "GANTANG_TRUSTED_PROXIES": ["example.org", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.1:80"],
    "GANTANG_PROXY_HEADER": ["x-real-ip"],
    "GANTANG_LIVE_URL": ["ws://x", "live", "https://example.org/", "https://example.org/elsewhere"],
    "GANTANG_LIVE_PORT": ["70000", "-1", "abc"],
    "GANTANG_WEB_WORKERS": ["0", "65", "two"],
    "GANTANG_WEB_THREADS": ["0", "65", "two"],
    "GANTANG_LANGUAGE": ["fr", "zh"],
    "GANTANG_FIELD_KEPT_HOURS": ["1", "169", "three"],
    "GANTANG_LOG_LEVEL": ["loud"],
    "GANTANG_METRICS_TOKEN": ["short"],
    "GANTANG_OTLP_ENDPOINT": ["collector:4318", "grpc://x"],
    "GANTANG_DATA_DIR": [__file__, f"{__file__}/below"],
    "GANTANG_KEYS_DIR": [__file__],
    "GANTANG_SECRET_KEY": ["short"],
    "GANTANG_CRYPTO_SUITE": ["rot13", "SM"],
    "GANTANG_KMS": ["https://", "http://a b/", "/no/such/command", "'unfinished"],
    "GANTANG_BACKUP_DIR": [__file__],
    "GANTANG_BACKUP_KEEP_DAYS": ["0", "3651", "30d"],
    "GANTANG_MAX_ATTACHMENT_MB": ["0", "2001", "20MB"],
    "GANTANG_S3_URL": [
        "s3://bucket",
        "https://host",
        "https://host/",
        "https://key@host/bucket",
        "https://h/b?x",
    ],
    "GANTANG_S3_REGION": ["US East", "a/b"],
    "GANTANG_S3_ACCESS_KEY": ["a b", "a/b"],
    "GANTANG_MAX_ATTACHMENTS": ["0", "10001", "many"],
    "GANTANG_MAX_IMAGE_MEGAPIXELS": ["0", "501", "1.5"],
    "GANTANG_MAX_PDF_PAGES": ["0", "100001", "all"],
    "GANTANG_MAX_UNPACKED_MB": ["0", "4001", "1GB"],
    "DATABASE_URL": [
        "mysql://x",
        "postgresql://h",
        "postgresql://u:p@h:port/d",
        "postgresql://u:p@h:99999/d",
        "postgresql://u:p#q@h/d",
        "postgresql://u:p@h/d?no_such_option=1",
        "host=h dbname=d",
    ],
    "GANTANG_REPLICA_URL": ["mysql://x", "postgresql://u:p@h:port/d", "host=h dbname=d"],
    "GANTANG_POSTGRES_DIR": [__file__],
    "GANTANG_POSTGRES_BIN": ["/no/such/folder", __file__],
    "GANTANG_SCANNER": ["clamd", "unix:clamd", "http://h:3310", "h:port"],
    "GANTANG_SCANNER_AWAY": ["maybe"],
    "GANTANG_SESSION_IDLE_MINUTES": ["4", "721", "1h"],
    "GANTANG_PASSWORD_WORDS": ["甘", "abc,x"],
    "GANTANG_PASSWORD_LIST": ["/no/such/file", str(Path(__file__).parent)],
    "GANTANG_APP_ROLE": ["Gantang", "a-b", "1a", "a" * 64],
    "GANTANG_PROVINCE": ["360", "3", "06", "江西"],
    "GANTANG_PACKS_DIR": ["/no/such/folder", __file__],
    "GANTANG_FONTS_DIR": ["/no/such/folder", __file__],
    "GANTANG_GRID_SCHEME": ["CN15", "1a", "a b"],
    "GANTANG_CODE_SCHEMES": ["/no/such/file", str(Path(__file__).parent)],
    "GANTANG_API_PER_MINUTE": ["99", "1000001", "fast"],
    "GANTANG_SMTP_HOST": ["smtp://mail", "a b", "me@mail"],
    "GANTANG_SMTP_PORT": ["0", "70000", "smtp"],
    "GANTANG_SMTP_SECURITY": ["ssl"],
    "GANTANG_MAIL_FROM": ["nobody", "a b@c"],
}
#: Whatever a mail server has given out as a name or a password fits.
ANY = {"GANTANG_SMTP_USER", "GANTANG_SMTP_PASSWORD", "GANTANG_S3_SECRET_KEY"}


def test_every_option_has_values_that_do_not_fit() -> None:
    assert {info.name for info in describe(Options)} == {*BAD, *ANY}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, bad in BAD.items() for value in bad])
def test_value_that_does_not_fit_is_told_with_the_options_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(OptionError) as told:
        options.__wrapped__()
    info = next(info for info in describe(Options) if info.name == name)
    lines = str(told.value).splitlines()
    assert lines[0].startswith(name)
    assert [line.strip() for line in lines[1:]] == [info.zh, info.en]
    assert (value in str(told.value)) is not info.secret


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GANTANG_ALLOWED_HOSTS", "example.org, .example.cn,[::1],10.0.0.1,综治.中国"),
        ("DATABASE_URL", "postgres://u:p%23q@h/d?sslmode=require"),
        ("DATABASE_URL", "postgresql:///d?host=/run/postgresql"),
        ("GANTANG_SMTP_HOST", "mail.example.org"),
        ("GANTANG_BIND", "::"),
    ],
)
def test_value_that_fits_is_taken(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    options.__wrapped__()


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GANTANG_PORT", "0")
    monkeypatch.setenv("GANTANG_WEB_WORKERS", "many")
    with pytest.raises(OptionError, match=r"(?s)GANTANG_PORT.*GANTANG_WEB_WORKERS"):
        options.__wrapped__()


@pytest.mark.slow
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
