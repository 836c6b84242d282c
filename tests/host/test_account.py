"""Who the database server runs as: never root, never an account that the system does not know."""

import os
import pwd

import pytest

from gantang.host import account
from gantang.host.errors import HostError


def _entry(name: str, uid: int) -> pwd.struct_passwd:
    return pwd.struct_passwd((name, "x", uid, uid, "", "/nonexistent", "/usr/sbin/nologin"))


def _system(monkeypatch: pytest.MonkeyPatch, uid: int, *entries: pwd.struct_passwd) -> None:
    """A system with these accounts, on which this process runs as ``uid``."""
    by_name = {entry.pw_name: entry for entry in entries}
    by_uid = {entry.pw_uid: entry for entry in entries}
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    monkeypatch.setattr(pwd, "getpwnam", lambda name: by_name[name])
    monkeypatch.setattr(pwd, "getpwuid", lambda number: by_uid[number])


def test_ordinary_account_runs_its_own_server(monkeypatch: pytest.MonkeyPatch) -> None:
    _system(monkeypatch, 1000, _entry("someone", 1000), _entry("nobody", 65534))
    found = account.server_account()
    assert (found.name, found.switched) == ("someone", False)


def test_root_lends_the_server_to_the_account_made_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    _system(monkeypatch, 0, _entry("root", 0), _entry("nobody", 65534), _entry("gantang", 990))
    found = account.server_account()
    assert (found.name, found.uid, found.switched) == ("gantang", 990, True)


def test_root_lends_the_server_to_nobody_where_there_is_no_such_account(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _system(monkeypatch, 0, _entry("root", 0), _entry("nobody", 65534))
    assert account.server_account().name == "nobody"


@pytest.mark.parametrize("uid", [0, 4711], ids=["root without others", "a number without an account"])
def test_account_that_cannot_run_a_server_is_refused(monkeypatch: pytest.MonkeyPatch, uid: int) -> None:
    _system(monkeypatch, uid, _entry("root", 0), _entry("gantang", 0))
    with pytest.raises(HostError, match="gantang"):
        account.server_account()
