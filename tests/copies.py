"""Copies of the template: a database of one's own, and a folder of one's own beside it. Keys, attachments and
the checkpoints kept outside belong to one database; two that shared them would find each other's."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests import conftest as house

#: Lists beside the keys tell of another database.
_OWN = shutil.ignore_patterns("*.jsonl")


def fill(folder: Path, template: Path) -> None:
    """Put the template's keys and attachments into a folder."""
    shutil.copytree(template, folder, ignore=_OWN, dirs_exist_ok=True)


@contextmanager
def copied(name: str) -> Iterator[dict[str, str]]:
    """The environment of a process that works on a copy of its own; gone behind the block."""
    owner = os.environ["GANTANG_TEST_OWNER_URL"]
    database = f"{urlsplit(os.environ['DATABASE_URL']).path.lstrip('/')}_{name}"
    folder = Path(f"{os.environ['GANTANG_DATA_DIR']}_{name}")
    template = house._template(owner)
    house._drop(owner, database)
    house._admin(owner, f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
    fill(folder, house._folder("template"))
    try:
        yield {
            **os.environ,
            "DATABASE_URL": house._named(owner, database),
            "GANTANG_DATA_DIR": str(folder),
        }
    finally:
        house._drop(owner, database)
        shutil.rmtree(folder, ignore_errors=True)
