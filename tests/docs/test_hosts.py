"""Nothing that is kept names a machine, or a host that packages come from."""

import json
import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, committed, named

LOCKS = [*sorted((ROOT / "requirements").glob("*.txt")), ROOT / "package-lock.json"]
#: Spelled apart, so that this file does not name them.
HOSTS = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "mirror.com", "index" + "-url"]
PATHS = [r"/ro" + r"ot/", r"/ho" + r"me/\w", r"/Us" + r"ers/\w", r"/wo" + r"rk/\w"]


@pytest.mark.parametrize("lock", LOCKS, ids=named)
def test_lock_files_hold_hashes_and_no_host(lock: Path):
    text = lock.read_text(encoding="utf-8")
    if lock.suffix == ".json":
        packages = json.loads(text)["packages"].values()
        assert not [one for one in packages if "resolved" in one]
        assert all("integrity" in one for one in packages if "version" in one)
        text = re.sub(r'"funding": (\{.*?\}|\[.*?\])', "", text, flags=re.S)
    assert not re.search(r"https?://", text)
    assert lock.suffix == ".json" or "--hash=sha256:" in text


@pytest.mark.parametrize("pattern", [re.escape(host) for host in HOSTS] + PATHS)
def test_no_kept_file_names_a_machine_or_a_registry(pattern: str):
    wanted = re.compile(pattern)
    found = [
        named(path)
        for path in committed()
        if wanted.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []
