"""Hashes, seals and the keys behind them, in two suites: ``sm`` (SM3, SM4-GCM) and ``intl`` (SHA-256,
AES-256-GCM).

Keys are files of mode 0600 in ``settings.GANTANG_KEYS_DIR``, never in the database: ``root.key``, from
which all hash keys are derived and which never changes, and ``master-<n>.key``, which wrap the data keys;
the highest number wraps, the others still unwrap; a running process takes up a new one by itself. Where
``settings.GANTANG_KMS`` names a key service the files hold what it closed. The suite's byte stands first in
every value, so that values of both suites live side by side.
"""

import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import hmac as slow_hmac
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gantang.host import kms
from gantang.kit.errors import GantangError

_BYTES = {"sm": b"\x01", "intl": b"\x02"}
_NAMES = {value[0]: name for name, value in _BYTES.items()}
_IV, TAG, KEY = 12, 16, 32


class SealError(GantangError):
    """A sealed value does not open: another key, another place, or somebody changed it."""

    code = "kit.seal_broken"
    sentence = _("密文无法解开：密钥不符，或内容被改动。")
    remedy = _("请联系管理员核对密钥文件夹。")


class KeysError(GantangError):
    """The key files are missing, unsafe or not those of this database."""

    code = "kit.keys"
    sentence = _("密钥文件有问题：{what}")
    remedy = _("请从备份恢复密钥文件夹；没有原来的密钥，密文无法解开。")


def suites() -> tuple[str, ...]:
    """All suites, the one in force first."""
    first = suite_in_force()
    return first, *(name for name in _BYTES if name != first)


def suite_in_force() -> str:
    """The suite that new values are made with."""
    name: str = settings.GANTANG_CRYPTO_SUITE
    return name


def suite_of(value: bytes) -> str:
    """The suite named by a value's first byte. Errors: SealError."""
    try:
        return _NAMES[value[0]]
    except (KeyError, IndexError):
        raise SealError from None


# --- hashes -------------------------------------------------------------------------------------------


def digest(key: bytes, message: bytes, *, suite: str) -> bytes:
    """The HMAC of a suite, 32 bytes, without the suite's byte."""
    if suite == "intl":
        return hmac.digest(key, message, "sha256")
    if suite != "sm":
        raise ValueError(f"no suite: {suite}")
    work = slow_hmac.HMAC(key, hashes.SM3())
    work.update(message)
    return work.finalize()


def derive(purpose: str, *, suite: str | None = None) -> bytes:
    """The hash key of a purpose, 32 bytes, derived from the root key; the same for ever."""
    return _derived(str(settings.GANTANG_KEYS_DIR), purpose, suite or suite_in_force())


@lru_cache(maxsize=256)
def _derived(folder: str, purpose: str, suite: str) -> bytes:
    return digest(_root(folder), f"gantang {suite} {purpose}".encode(), suite=suite)


def mac(purpose: str, *parts: bytes, suite: str | None = None) -> bytes:
    """A keyed hash of the parts for one purpose: suite byte and 32 bytes. Parts cannot run into each
    other."""
    name = suite or suite_in_force()
    message = b"".join([len(part).to_bytes(4, "big") + part for part in parts])  # quicker than one by one
    if name == "intl":
        return _BYTES[name] + digest(derive(purpose, suite=name), message, suite=name)
    work = _begun(str(settings.GANTANG_KEYS_DIR), purpose, name).copy()
    work.update(message)
    return _BYTES[name] + work.finalize()


@lru_cache(maxsize=256)
def _begun(folder: str, purpose: str, suite: str) -> slow_hmac.HMAC:
    """A purpose's hash that has taken its key in, which takes longer than a short message.

    Of the purposes' keys alone, which never change: data keys are held for one act.
    """
    return slow_hmac.HMAC(_derived(folder, purpose, suite), hashes.SM3())


class Mac:
    """``mac`` of parts of which the last, of ``size`` bytes, comes piece by piece."""

    def __init__(self, purpose: str, *parts: bytes, size: int, suite: str | None = None) -> None:
        self._suite = suite or suite_in_force()
        key = derive(purpose, suite=self._suite)
        kind = hashes.SHA256() if self._suite == "intl" else hashes.SM3()
        self._work = slow_hmac.HMAC(key, kind)
        for part in parts:
            self._work.update(len(part).to_bytes(4, "big") + part)
        self._work.update(size.to_bytes(4, "big"))

    def update(self, piece: bytes) -> None:
        """Take the next piece in."""
        self._work.update(piece)

    def value(self) -> bytes:
        """Suite byte and 32 bytes."""
        return marked(self._suite, self._work.finalize())


def same_mac(stored: bytes, purpose: str, *parts: bytes) -> bool:
    """Whether a stored hash, of whatever suite, is that of these parts."""
    return hmac.compare_digest(stored, mac(purpose, *parts, suite=suite_of(stored)))


def plain_hash(message: bytes, *, suite: str) -> bytes:
    """The hash of a suite without any key, 32 bytes: what somebody outside can compute as well."""
    if suite == "intl":
        return hashlib.sha256(message).digest()
    if suite != "sm":
        raise ValueError(f"no suite: {suite}")
    work = hashes.Hash(hashes.SM3())
    work.update(message)
    return work.finalize()


def marked(suite: str, value: bytes) -> bytes:
    """A value with its suite's byte before it."""
    return _BYTES[suite] + value


# --- seals --------------------------------------------------------------------------------------------


def new_key() -> bytes:
    """A random data key, 32 bytes (SM4 uses the first 16)."""
    return secrets.token_bytes(KEY)


def seal(key: bytes, plain: bytes, aad: bytes, *, suite: str | None = None) -> bytes:
    """Encrypt and bind to ``aad``: suite byte, 12 bytes nonce, ciphertext, 16 bytes tag."""
    name = suite or suite_in_force()
    return _seal(name, key, plain, _BYTES[name], aad)


def unseal(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """What ``seal`` sealed. Errors: SealError."""
    return _unseal(suite_of(sealed), key, sealed[1:], sealed[:1], aad)


def wrap(data_key: bytes, aad: bytes = b"") -> bytes:
    """A data key sealed by the newest master key: suite byte, two bytes of the master's number, the seal."""
    name, (number, master) = suite_in_force(), _newest(*_as_it_stands(Path(settings.GANTANG_KEYS_DIR)))
    return _seal(name, master, data_key, _BYTES[name] + number.to_bytes(2, "big"), aad)


def unwrap(wrapped: bytes, aad: bytes = b"") -> bytes:
    """The data key that ``wrap`` sealed, by whichever master key did it. Errors: SealError, KeysError."""
    name, number = suite_of(wrapped), int.from_bytes(wrapped[1:3], "big")
    return _unseal(name, _master(str(settings.GANTANG_KEYS_DIR), number), wrapped[3:], wrapped[:3], aad)


def _seal(suite: str, key: bytes, plain: bytes, header: bytes, aad: bytes) -> bytes:
    nonce = secrets.token_bytes(_IV)
    return header + nonce + encrypt(suite, key, nonce, plain, header + aad)


def _unseal(suite: str, key: bytes, body: bytes, header: bytes, aad: bytes) -> bytes:
    if len(body) < _IV + TAG:
        raise SealError
    return decrypt(suite, key, body[:_IV], body[_IV:], header + aad)


def encrypt(suite: str, key: bytes, nonce: bytes, plain: bytes, aad: bytes) -> bytes:
    """Ciphertext and tag. A nonce of 12 bytes serves once under a key: outside this module only
    ``kit.pieces`` chooses one."""
    _fits(key)
    if suite == "intl":
        return AESGCM(key).encrypt(nonce, plain, aad)
    work = Cipher(SM4(key[:16]), modes.GCM(nonce)).encryptor()
    work.authenticate_additional_data(aad)
    text = work.update(plain) + work.finalize()
    return text + work.tag


def decrypt(suite: str, key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
    """What ``encrypt`` made. Errors: SealError."""
    _fits(key)
    try:
        if suite == "intl":
            return AESGCM(key).decrypt(nonce, sealed, aad)
        work = Cipher(SM4(key[:16]), modes.GCM(nonce, sealed[-TAG:])).decryptor()
        work.authenticate_additional_data(aad)
        return work.update(sealed[:-TAG]) + work.finalize()
    except (InvalidTag, ValueError):
        raise SealError from None


def _fits(key: bytes) -> None:
    if len(key) != KEY:
        raise ValueError("a data key has 32 bytes")


# --- key files ----------------------------------------------------------------------------------------


def make_keys() -> None:
    """Make the key files that are missing (first start). Safe when several processes come at once."""
    folder = Path(settings.GANTANG_KEYS_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write_once(folder / "root.key")
    if not _numbers(folder):
        _write_once(folder / "master-1.key")


def add_master_key() -> int:
    """A further master key, which wraps from now on, in processes that run as well; its number."""
    folder = Path(settings.GANTANG_KEYS_DIR)
    number = max(_numbers(folder), default=0) + 1
    _write_once(folder / f"master-{number}.key")
    forget_keys()
    return number


def kept_key(name: str) -> bytes:
    """The 32 bytes of another key file of the folder, made at random the first time. Errors: KeysError."""
    path = Path(settings.GANTANG_KEYS_DIR) / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write_once(path)
    return _read(path)


def check_files() -> None:
    """Refuse key files that others can read, before the first of them is used. Errors: KeysError."""
    for path in sorted(Path(settings.GANTANG_KEYS_DIR).glob("*.key")):
        _check_mode(path, path.stat().st_mode)


def forget_keys() -> None:
    """Drop the keys held in memory (after a change of files; in tests)."""
    for cached in (_derived, _root, _master, _newest, _begun):
        cached.cache_clear()


def fingerprint() -> bytes:
    """A mark of the root key that tells nothing of it; kept in the database to notice foreign key files."""
    return mac("fingerprint", suite="intl")


@lru_cache(maxsize=8)
def _root(folder: str) -> bytes:
    return _read(Path(folder) / "root.key")


@lru_cache(maxsize=64)
def _master(folder: str, number: int) -> bytes:
    return _read(Path(folder) / f"master-{number}.key")


def _as_it_stands(folder: Path) -> tuple[str, int]:
    """A folder and when a file was last put into it: what is kept of it holds until then."""
    try:
        return str(folder), folder.stat().st_mtime_ns
    except FileNotFoundError:
        return str(folder), 0


def newest_master() -> int:
    """The number of the master key that wraps now."""
    return _newest(*_as_it_stands(Path(settings.GANTANG_KEYS_DIR)))[0]


def master_of(wrapped: bytes) -> int:
    """The number of the master key that wrapped a data key."""
    return int.from_bytes(wrapped[1:3], "big")


@lru_cache(maxsize=8)
def _newest(folder: str, _since: int) -> tuple[int, bytes]:
    numbers = _numbers(Path(folder))
    if not numbers:
        make_keys()
    number = max(_numbers(Path(folder)))
    return number, _master(folder, number)


def _numbers(folder: Path) -> list[int]:
    names = (path.stem.removeprefix("master-") for path in folder.glob("master-*.key"))
    return [int(name) for name in names if name.isdecimal()]


def _read(path: Path) -> bytes:
    if not path.exists():
        make_keys()
    try:
        text, mode = path.read_text(encoding="ascii"), path.stat().st_mode
        key = kms.unwrap(settings.GANTANG_KMS, text) if text.startswith(kms.MARK) else bytes.fromhex(text)
    except (OSError, ValueError, kms.KmsError) as error:
        raise KeysError(details={"what": f"{path.name}: {error}"}) from error
    _check_mode(path, mode)
    if len(key) != KEY:
        raise KeysError(details={"what": f"{path.name}: {len(key)} bytes, must be {KEY}"})
    return key


def _check_mode(path: Path, mode: int) -> None:
    if os.name == "posix" and mode & 0o077:
        raise KeysError(details={"what": f"{path.name}: mode {mode & 0o777:o}, must be 600"})


def enclose() -> list[str]:
    """Have the key service close every key file that is still readable; the names of those. The keys stay the
    same. Errors: KeysError."""
    done = []
    for path in sorted(Path(settings.GANTANG_KEYS_DIR).glob("*.key")):
        if not path.read_text(encoding="ascii").startswith(kms.MARK):
            _write(path, _spelled(path, _read(path)), again=True)
            done.append(path.name)
    return done


def _spelled(path: Path, key: bytes) -> str:
    """A key as it stands in its file."""
    if not settings.GANTANG_KMS:
        return key.hex()
    try:
        return kms.wrap(settings.GANTANG_KMS, key)
    except kms.KmsError as error:
        raise KeysError(details={"what": f"{path.name}: {error}"}) from error


def _write_once(path: Path) -> None:
    """Write a random key unless the file is there; of several writers one wins, whole."""
    if not path.exists():
        _write(path, _spelled(path, secrets.token_bytes(KEY)), again=False)


def _write(path: Path, text: str, *, again: bool) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.replace(draft, path) if again else os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
