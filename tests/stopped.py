"""A clock that stands still, where a limit would fill up again on a busy machine while a test uses it up."""

from types import ModuleType, SimpleNamespace

import pytest

from gantang.kit import clock


def stop(monkeypatch: pytest.MonkeyPatch, *modules: ModuleType) -> None:
    """What these modules call the present moment does not go on."""
    moment = clock.now()
    for module in modules:
        monkeypatch.setattr(module, "clock", SimpleNamespace(now=lambda: moment))
