"""Which system account the database server runs as."""

import os
import pwd
from dataclasses import dataclass

from gantang.host.errors import HostError


@dataclass(frozen=True, slots=True)
class Account:
    """A system account; ``switched`` when it is not the one this process runs as."""

    name: str
    uid: int
    gid: int
    switched: bool


def server_account() -> Account:
    """This process's account; for root ``gantang`` if there is one, else ``nobody``."""
    uid = os.geteuid()
    names = ("gantang", "nobody") if uid == 0 else ()
    for entry in (_by_name(name) for name in names):
        if entry is not None and entry.pw_uid != 0:
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, switched=True)
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        entry = None
    if entry is None or uid == 0:
        raise HostError(
            f"数据库不能用编号 {uid} 运行：系统里没有可用的账号，请建立名为 gantang 的账号。",
            f"The database cannot run as uid {uid}: no such account; create one named gantang.",
        )
    return Account(entry.pw_name, uid, os.getegid(), switched=False)


def _by_name(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None
