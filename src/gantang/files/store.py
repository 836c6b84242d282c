"""Where bytes lie: ``ab/cd/<name>`` below the folder, named by a keyed hash of what they are."""

import re
from pathlib import Path

from django.conf import settings

from gantang.files.errors import MissingFileError
from gantang.kit import crypto

_NAME = re.compile(r"[0-9a-f]{66}")


def root() -> Path:
    """The folder of all stored bytes."""
    return Path(settings.GANTANG_FILES_DIR)


def name_of(data: bytes) -> str:
    """The name of these bytes: a keyed hash, so that nobody without the key can ask whether a known file
    is here."""
    return crypto.mac("files", data).hex()


def path_of(name: str) -> Path:
    """Where a name's bytes lie. Errors: MissingFileError for what is no name."""
    if not _NAME.fullmatch(name):
        raise MissingFileError
    return root() / name[2:4] / name[4:6] / name
