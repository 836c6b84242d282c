"""The shell: the page, its sheets and scripts, kept by the phone under one edition, so that it opens with no
signal. The edition is a hash of every byte of it; another byte anywhere is another edition."""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static

SHEETS = (
    "faces/tokens.css",
    "faces/base.css",
    "faces/components.css",
    "faces/rows.css",
    "field/field.css",
    "field/work.css",
)
#: The reader of square codes: loaded by the page that scans alone, kept with the rest.
READER = "vendor/qr.mjs"
PICTURES = ("faces/mark.svg", "vendor/icons.svg", "field/mark-192.png", "field/mark-512.png")


def names() -> tuple[str, ...]:
    """Every static file of the shell, by its name."""
    return (*SHEETS, *scripts(), READER, *PICTURES)


@lru_cache(maxsize=1)
def scripts() -> tuple[str, ...]:
    """Those that the page runs from the beginning: it names them all, so that none waits for its importer."""
    folder = Path(str(finders.find("field")))
    return tuple(sorted(f"field/{one.name}" for one in folder.glob("*.js")))


def files() -> dict[str, str]:
    """Where they are, and what each has to be: while an edition is brought out, the phone could else keep a
    file of the one before beside those of the next, and never open again."""
    return {static(name): integrity(_bytes(name)) for name in names()}


def integrity(body: bytes) -> str:
    """As browsers check it (Subresource Integrity)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(body).digest()).decode()}"


def edition(page: bytes) -> str:
    """The edition of the shell with this page."""
    work = hashlib.sha256(page)
    for name in names():
        work.update(_bytes(name))
    return work.hexdigest()[:16]


@lru_cache(maxsize=64)
def _bytes(name: str) -> bytes:
    return Path(str(finders.find(name))).read_bytes()
