"""Figures for Prometheus: behind a token, of all processes, with nothing of protected tips."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from tests.conftest import ROOT

pytestmark = pytest.mark.slow
TOKEN = "a-token-of-the-tests-only"
#: In a process of its own, because the library settles at its import where figures go.
ASK = """
import json, sys
import django
django.setup()
from django.test import Client
from gantang.kit import figures, spans
for path in json.loads(sys.argv[1]):
    Client(headers={"Host": "localhost"}).get(path)
figures.worked("counts", "well", 0.01)
with spans.silence():
    figures.worked("sealed", "well", 0.01)
heads = {"Authorization": "Bearer " + sys.argv[2]}
answer = Client().get("/metrics", headers={**heads, "Host": "localhost"})
print(answer.status_code, answer["Content-Type"])
print(answer.content.decode())
"""


def asked(folder: Path, *paths: str, token: str = TOKEN) -> tuple[str, str]:
    env = {
        **os.environ,
        "GANTANG_METRICS_TOKEN": TOKEN,
        "GANTANG_DATA_DIR": str(folder),
        "GANTANG_LOG_LEVEL": "error",
    }
    env["GANTANG_KEYS_DIR"] = str(Path(os.environ["GANTANG_DATA_DIR"]) / "keys")
    words = [sys.executable, "-c", ASK, json.dumps(paths), token]
    done = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    head, _, rest = done.stdout.partition("\n")
    return head, rest


@pytest.mark.django_db
@pytest.mark.parametrize("heads", [{}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN}"}])
def test_without_its_token_the_address_is_not_there(heads: dict[str, str]):
    assert Client().get("/metrics", headers=heads).status_code == 404


@pytest.mark.usefixtures("django_db_setup")
def test_a_wrong_token_opens_nothing(tmp_path: Path):
    head, _ = asked(tmp_path, token="another-token-of-the-same-length")
    assert head.startswith("404")


@pytest.mark.usefixtures("django_db_setup")
def test_all_processes_are_counted_together_by_declared_address(tmp_path: Path):
    asked(tmp_path, "/health", "/t/J3-9FQ2")
    head, told = asked(tmp_path, "/health")
    assert head.startswith("200 text/plain")
    assert 'gantang_request_seconds_count{method="GET",route="health",status="2xx"} 2.0' in told
    assert 'route="t/<str:code>"' in told and "9FQ2" not in told
    assert 'gantang_job_seconds_count{ended="well",job="counts"} 2.0' in told
    assert "gantang_outbox_rows" in told


@pytest.mark.usefixtures("django_db_setup")
def test_protected_tips_are_in_no_figure_and_no_figure_of_the_process_tells_of_them(tmp_path: Path):
    _, without = asked(tmp_path / "a", "/health")
    _, with_tips = asked(tmp_path / "b", "/health", "/tip/", "/tip/receipt/", "/desk/sealed/")
    kinds = [
        {
            line.rpartition(" ")[0]
            for line in told.splitlines()
            if "seconds_bucket" not in line and "_sum" not in line
        }
        for told in (without, with_tips)
    ]
    assert kinds[0] == kinds[1]
    counts = [
        [line for line in told.splitlines() if "_count" in line or line.startswith("gantang_outbox")]
        for told in (without, with_tips)
    ]
    assert counts[0] == counts[1]
    assert "tip" not in with_tips and "sealed" not in with_tips and "process_" not in with_tips
