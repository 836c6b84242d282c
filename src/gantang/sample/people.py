"""The sample's accounts (示例): one a post, named after it; a few may sign in, the others may not."""

import json
import os
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from gantang.identity import queries as accounts
from gantang.identity import service as identity
from gantang.kit.actor import Actor
from gantang.posts import queries as posts
from gantang.posts.types import NewUnit, Plan
from gantang.sample.plan import MARK

FILE = "sample-sign-ins.json"
PASSPHRASE, RECEIPT = "passphrase", "receipt"
NOTICE = "示例账号，口令随机生成，仅供本机试用；存在此文件时网站只在本机开放。"

# Who may sign in: every duty in the first county, the most used ones in the second.
PERSONAS = (
    "都昌县-周溪镇-新镇居委会-网格员001",
    "都昌县-周溪镇-新镇居委会-综治专干岗",
    "都昌县-周溪镇-受理岗",
    "都昌县-周溪镇-分拨岗",
    "都昌县-周溪镇-办理岗",
    "都昌县-周溪镇-调解岗",
    "都昌县-周溪镇-负责岗",
    "都昌县-住房和城乡建设局-办理岗",
    "都昌县-受理岗",
    "都昌县-分拨岗",
    "都昌县-回访核验岗",
    "都昌县-裁定岗",
    "都昌县-督办岗",
    "都昌县-负责岗",
    "都昌县-安置帮教工作站-受理岗",
    "都昌县-安置帮教工作站-办理岗",
    "都昌县-心理服务站-受理岗",
    "都昌县-系统管理岗",
    "资溪县-鹤城镇-受理岗",
    "资溪县-鹤城镇-分拨岗",
    "资溪县-鹤城镇-办理岗",
    "资溪县-回访核验岗",
)
#: Whose posts come about by a story of the sample, as a village names them.
NAMED = ("都昌县-周溪镇-新镇居委会-和事佬",)
_UNFIT = re.compile(r"[^\w]")


def usernames(plan: Plan) -> dict[str, str]:
    """A sign-in name a post, by the post's key: the short names from the county down, and the title."""
    short = {unit.key: _short(unit, plan) for unit in plan.units}
    parents = {unit.key: unit.parent for unit in plan.units}
    found: dict[str, str] = {}
    taken: set[str] = set()
    for post in plan.posts:
        name = "-".join([*_chain(post.unit, short, parents), post.title])
        found[post.key] = name if name not in taken else f"{name}-{post.unit[-3:]}"
        taken.add(found[post.key])
    return found


def write_sign_ins(folder: Path, *, actor: Actor, now: datetime) -> None:
    """Give the personas random passwords, once, and write them to a file that only its owner can read."""
    if (folder / FILE).exists():
        return
    rows = [row for name in (*PERSONAS, *NAMED) if (row := _persona(name, actor, now)) is not None]
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / FILE, {"notice": NOTICE, "accounts": rows})


def passphrases(
    folder: Path, names: Iterable[str], *, fresh: Callable[[], str]
) -> tuple[dict[str, str], bool]:
    """The passphrases of these personas from the file; made and written first where it has none yet.

    Returns them by name, and whether they are new.
    """
    kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
    rows = {row["username"]: row for row in kept["accounts"]}
    missing = [name for name in names if PASSPHRASE not in rows[name]]
    for name in missing:
        rows[name][PASSPHRASE] = fresh()
    if missing:
        _write(folder / FILE, kept)
    return {name: rows[name][PASSPHRASE] for name in names}, bool(missing)


def write_receipt(folder: Path, receipt: str) -> None:
    """Put the receipt of the sample tip beside the sign-ins."""
    kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
    _write(folder / FILE, kept | {RECEIPT: receipt})


def _write(path: Path, content: Mapping[str, object]) -> None:
    """Whole or not at all, for the owner only."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2)
    draft.rename(path)


def _persona(name: str, actor: Actor, now: datetime) -> dict[str, object] | None:
    """None where the sample's extent leaves the post out."""
    account = accounts.account_named(name)
    if account is None:
        return None
    password = secrets.token_urlsafe(9)
    identity.set_password(actor=actor, account=account.id, password=password, now=now)
    held = posts.posts_of(account.id, now.date())
    return {
        "username": name,
        "password": password,
        "unit": held[0].unit.name,
        "post": held[0].post.title,
        "duties": ", ".join(sorted(held[0].post.duties)),
    }


def _short(unit: NewUnit, plan: Plan) -> str:
    name = unit.name.removesuffix(MARK).removesuffix("综治中心")
    if ":" in unit.key:
        county = unit.key.partition(":")[0]
        name = name.removeprefix(next(_short(each, plan) for each in plan.units if each.key == county))
    return _UNFIT.sub("", name)


def _chain(unit: str, short: Mapping[str, str], parents: Mapping[str, str | None]) -> list[str]:
    """From the county down; a unit above the counties by its own name alone."""
    chain = [short[unit]]
    above = parents[unit]
    while above is not None and len(above) >= 6:
        chain.insert(0, short[above])
        above = parents[above]
    return chain
