"""`gantang ledger verify` says what it found and ends with 1."""

import json

import pytest
from typer.testing import CliRunner

from gantang.cli import program
from tests.kit.tables import as_owner
from tests.ledger.test_append import NOW, add

pytestmark = pytest.mark.usefixtures("committed")


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(program(), ["ledger", "verify", *words])
    return result.exit_code, result.output


def test_command_ends_with_one_when_something_is_found() -> None:
    from gantang.kit import keys

    stream = keys.mint(3604, NOW)
    add(stream, "a", "b")
    assert run()[0] == 0 and "sound" in run()[1]
    with as_owner() as link:
        link.execute("UPDATE ledger_step SET name = 'x' WHERE stream = %s AND seq = 2", [stream])
    code, text = run("--json")
    report = json.loads(text)
    assert code == 1 and not report["sound"]
    assert report["faults"] == [
        {"city": 3604, "stream": str(stream), "kind": "matter", "seq": 2, "fault": "edit"}
    ]
    assert run("--city", "3601")[0] == 0
