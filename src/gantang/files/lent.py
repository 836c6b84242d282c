"""Bytes lent to the typesetter as files: texts it takes from the memory, pictures and PDFs from a folder.

What is lent was opened from its seal, so it is kept off the disk: the folder holds links to files in memory.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from gantang.files.rendering import LAYOUT


@contextmanager
def lent(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with the layout and these files by name, gone when the block ends."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="gantang-")))
        for one in LAYOUT.iterdir():
            (folder / one.name).symlink_to(one)
        for name, data in files.items():
            _put(stack, folder / name, data)
        yield folder


def _put(stack: ExitStack, path: Path, data: bytes) -> None:
    if not hasattr(os, "memfd_create"):  # not Linux: a file in a folder of our own, for as long as it is read
        path.write_bytes(data)
        return
    number = os.memfd_create(path.name)
    stack.callback(os.close, number)
    with open(number, "wb", closefd=False) as file:
        file.write(data)
    path.symlink_to(f"/proc/{os.getpid()}/fd/{number}")
