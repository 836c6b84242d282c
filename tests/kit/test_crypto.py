"""Suites: known answers, seals that notice every change, keys in files."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gantang.kit import crypto

SUITES = ["sm", "intl"]


def test_hash_of_each_suite_is_the_standard_one() -> None:
    text = b"The quick brown fox jumps over the lazy dog"
    intl = "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"
    # The second is what OpenSSL's command line gives: dgst -sm3 -mac HMAC -macopt key:key
    sm = "bd4a34077888162b210645b8ebf74b9af357303789357a27c7fc457244ebd398"
    assert crypto.digest(b"key", text, suite="intl").hex() == intl
    assert crypto.digest(b"key", text, suite="sm").hex() == sm


def test_sm4_gcm_is_that_of_rfc_8998(monkeypatch: pytest.MonkeyPatch) -> None:
    nonce = bytes.fromhex("00001234567800000000ABCD")
    monkeypatch.setattr("gantang.kit.crypto.secrets.token_bytes", lambda n: nonce)
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210") + bytes(16)
    plain = bytes.fromhex(
        "AA" * 8 + "BB" * 8 + "CC" * 8 + "DD" * 8 + "EE" * 8 + "FF" * 8 + "EE" * 8 + "AA" * 8
    )
    sealed = crypto._seal("sm", key, plain, b"", bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2"))
    assert sealed[12:].hex().upper() == (
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735D82710CA5C22F0CCFA7CBF93D496AC15"
        "A56834CBCF98C397B4024A2691233B8D83DE3541E4C2B58177E065A9BF7B62EC"
    )


@given(st.binary(max_size=200), st.binary(max_size=40), st.sampled_from(SUITES), st.data())
def test_seal_opens_whole_or_not_at_all(plain: bytes, aad: bytes, suite: str, data: st.DataObject) -> None:
    key = crypto.new_key()
    sealed = crypto.seal(key, plain, aad, suite=suite)
    assert crypto.unseal(key, sealed, aad) == plain and crypto.suite_of(sealed) == suite
    place = data.draw(st.integers(0, len(sealed) - 1))
    bent = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
    for wrong in (
        (key, bent, aad),
        (key, sealed, aad + b"x"),
        (crypto.new_key(), sealed, aad),
        (key, sealed[:20], aad),
    ):
        with pytest.raises(crypto.SealError):
            crypto.unseal(*wrong)


def test_same_text_is_sealed_differently_each_time() -> None:
    key = crypto.new_key()
    assert crypto.seal(key, b"x", b"") != crypto.seal(key, b"x", b"")


def test_parts_of_a_hash_do_not_run_into_each_other() -> None:
    assert crypto.mac("p", b"ab", b"c") != crypto.mac("p", b"a", b"bc") != crypto.mac("q", b"a", b"bc")
    assert crypto.same_mac(crypto.mac("p", b"a", suite="intl"), "p", b"a")
    assert crypto.same_mac(crypto.mac("p", b"a", suite="sm"), "p", b"a")
    assert not crypto.same_mac(crypto.mac("p", b"a"), "p", b"b")


# --- files --------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Any:
    settings.GANTANG_KEYS_DIR = tmp_path / "keys"
    crypto.forget_keys()
    yield tmp_path / "keys"
    crypto.forget_keys()


def test_keys_are_made_once_with_mode_600(folder: Path) -> None:
    crypto.make_keys()
    first = crypto.derive("x")
    crypto.make_keys()
    crypto.forget_keys()
    assert crypto.derive("x") == first
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "root.key": 0o600,
        "master-1.key": 0o600,
    }


def test_key_that_others_can_read_is_refused(folder: Path) -> None:
    crypto.make_keys()
    os.chmod(folder / "root.key", 0o640)
    with pytest.raises(crypto.KeysError, match=r"root\.key: mode 640"):
        crypto.derive("x")


def test_key_that_is_cut_short_is_refused(folder: Path) -> None:
    crypto.make_keys()
    (folder / "root.key").write_text("00ff")
    with pytest.raises(crypto.KeysError, match="2 bytes"):
        crypto.derive("x")


def test_new_master_key_wraps_and_old_ones_still_unwrap(folder: Path) -> None:
    data_key = crypto.new_key()
    old = crypto.wrap(data_key, b"matter")
    assert crypto.add_master_key() == 2
    new = crypto.wrap(data_key, b"matter")
    assert (old[1:3], new[1:3]) == (b"\0\1", b"\0\2")
    assert crypto.unwrap(old, b"matter") == crypto.unwrap(new, b"matter") == data_key
    with pytest.raises(crypto.SealError):
        crypto.unwrap(new, b"other matter")
    with pytest.raises(crypto.SealError):
        crypto.unwrap(new[:1] + b"\0\1" + new[3:], b"matter")


def test_missing_master_key_is_told(folder: Path) -> None:
    wrapped = crypto.wrap(crypto.new_key())
    (folder / "master-1.key").rename(folder / "elsewhere")
    crypto.make_keys()
    crypto.forget_keys()
    with pytest.raises(crypto.SealError):
        crypto.unwrap(wrapped)
    with pytest.raises(crypto.KeysError):
        crypto.unwrap(wrapped[:1] + b"\0\7" + wrapped[3:])
