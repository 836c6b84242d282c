"""Secrets that an installation makes for itself on its first start and keeps in its keys folder."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path


def kept_secret(folder: Path, name: str) -> str:
    """The secret ``name`` of the keys folder (a file of mode 0600), made at random the first time."""
    path = folder / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write_once(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8").strip()


def _write_once(path: Path, text: str) -> None:
    """Write a file only if it is not there; a second process that comes at the same time reads the first one's."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    if path.exists():
        return
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def derived_password(secret: str, role: str) -> str:
    """A database role's password: derived, so that nothing else has to be kept."""
    return hmac.new(secret.encode(), f"database role {role}".encode(), hashlib.sha256).hexdigest()
