"""Secrets that an installation makes for itself on its first start and keeps in its keys folder."""

import contextlib
import os
import secrets
from pathlib import Path

from gantang.host.errors import HostError


def kept_secret(folder: Path, name: str) -> str:
    """The secret ``name`` of the keys folder (a file of mode 0600), made at random the first time."""
    path = folder / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(32))
        return path.read_text(encoding="utf-8").strip()
    except PermissionError:
        raise HostError(
            f"不能读写密钥 {path}：它属于另一个系统账号，请用那个账号启动。",
            f"The key {path} cannot be read: it belongs to another account; start as that one.",
        ) from None


def _write_once(path: Path, text: str) -> None:
    """Write a file only if it is not there; whoever comes at the same time reads the first one's."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
