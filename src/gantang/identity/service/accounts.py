"""Accounts: made, given a password, barred; what is noted of a visit."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower

from gantang.identity import rules
from gantang.identity.errors import AccountMissingError, NameTakenError, PasswordWeakError, UsernameUnfitError
from gantang.identity.models import Account
from gantang.kit.actor import Actor
from gantang.kit.bulk import bulk
from gantang.kit.copy import copy_in, reserve
from gantang.kit.work import Work, work
from gantang.ledger import service as ledger


def make_account(*, actor: Actor, username: str, password: str | None, now: datetime) -> int:
    """A new account; returns its number. With no password, nobody can sign in by one.

    Errors: UsernameUnfitError, NameTakenError, PasswordWeakError.
    """
    name = username.strip()
    if not rules.fits(name):
        raise UsernameUnfitError
    if password is not None:
        _check_password(password, name)
    with work(actor) as w:
        if Account.objects.filter(username__iexact=name).exists():
            raise NameTakenError
        account = Account(username=name, password=make_password(password), created_at=now)
        w.add(account)
        w.flush()
        note(w, actor, "account", account.pk, "account.made", {}, now)
    return account.pk


def make_accounts(*, actor: Actor, usernames: Sequence[str], now: datetime) -> list[int]:
    """Many new accounts that nobody can sign in by a password to; their numbers, in the order of the names.

    All or none. Errors: UsernameUnfitError, NameTakenError.
    """
    names = [username.strip() for username in usernames]
    lowered = {name.lower() for name in names}
    if not all(map(rules.fits, names)):
        raise UsernameUnfitError
    with bulk(actor) as w:
        if len(lowered) < len(names) or _any_taken(lowered):
            raise NameTakenError
        numbers = reserve(Account, len(names))
        rows = (
            Account(pk=number, username=name, password=make_password(None), created_at=now)
            for number, name in zip(numbers, names, strict=True)
        )
        copy_in(Account, rows, keyed=True)
        for number in numbers:
            stream = ledger.stream_of("account", number)
            ledger.open_stream(w, city=_city(), stream=stream, kind="account", now=now, key=number)
            note(w, actor, "account", number, "account.made", {}, now)
    return numbers


def _any_taken(lowered: Collection[str]) -> bool:
    return Account.objects.annotate(low=Lower("username")).filter(low__in=lowered).exists()


def set_password(*, actor: Actor, account: int, password: str, now: datetime) -> None:
    """Give an account another password; its sessions end by that. Errors: PasswordWeakError,
    AccountMissingError."""
    with work(actor) as w:
        row = locked(account)
        _check_password(password, row.username)
        row.password, row.first_until = make_password(password), None
        w.change(row, ["password", "first_until"])
        note(w, actor, "account", account, "account.password_set", {}, now)


def give_first_password(*, actor: Actor, account: int, now: datetime) -> str:
    """A password to be told to the account's owner, who can do nothing with it but choose one of its own,
    within 72 hours; its sessions end. It is returned once and kept nowhere. Errors: AccountMissingError."""
    password = rules.first_password(secrets.choice)
    with work(actor) as w:
        row = locked(account)
        row.password, row.first_until = make_password(password), now + rules.FIRST
        w.change(row, ["password", "first_until"])
        note(w, actor, "account", account, "account.password_set", {}, now)
    return password


def own_password(*, account: int, password: str, now: datetime) -> None:
    """Somebody chooses a password of their own. Errors: PasswordWeakError, AccountMissingError."""
    actor = Actor(client=f"account:{account}", account=account)
    set_password(actor=actor, account=account, password=password, now=now)


def disable(*, actor: Actor, account: int, now: datetime) -> None:
    """Bar an account from signing in and end its sessions at their next request. Errors:
    AccountMissingError."""
    _switch(actor, account, active=False, now=now)


def enable(*, actor: Actor, account: int, now: datetime) -> None:
    """Let a barred account sign in again. Errors: AccountMissingError."""
    _switch(actor, account, active=True, now=now)


def _switch(actor: Actor, account: int, *, active: bool, now: datetime) -> None:
    with work(actor) as w:
        row = locked(account)
        if row.is_active == active:
            return
        row.is_active, row.disabled_at = active, None if active else now
        w.change(row, ["is_active", "disabled_at"])
        note(w, actor, "account", account, "account.enabled" if active else "account.disabled", {}, now)


# --- what is noted of a visit -------------------------------------------------------------------------


def note_sign_in(*, account: int, now: datetime) -> None:
    """A step on the account's stream: it signed in."""
    _visit(account, "account.signed_in", {}, now)


def note_sign_out(*, account: int, now: datetime) -> None:
    """A step on the account's stream: it signed out."""
    _visit(account, "account.signed_out", {}, now)


def note_post(*, actor: Actor, post: int, now: datetime) -> None:
    """A step on the account's stream: from now on it acts for this post."""
    if actor.account is not None:
        _visit(actor.account, "account.post_switched", {"post": post, "from": actor.post}, now)


def note_factor(*, account: int, kind: str, added: bool, now: datetime) -> None:
    """A step on the account's stream: a second factor (totp, recovery_codes) was set up anew, or removed."""
    actor = Actor(client=f"account:{account}", account=account)
    with work(actor) as w:
        data = {"kind": kind}
        note(
            w,
            actor,
            "account",
            account,
            "account.factor_added" if added else "account.factor_removed",
            data,
            now,
        )


def _visit(account: int, name: str, data: Mapping[str, Any], now: datetime) -> None:
    actor = Actor(client=f"account:{account}", account=account)
    with work(actor) as w:
        note(w, actor, "account", account, name, data, now)


def note(
    w: Work, actor: Actor, kind: str, key: int, name: str, data: Mapping[str, Any], now: datetime
) -> None:
    """A step on the stream of an account or a client."""
    ledger.append(
        w,
        actor=actor,
        city=_city(),
        stream=ledger.stream_of(kind, key),
        kind=kind,
        key=key,
        items=[(name, data)],
        happened_at=now,
        now=now,
    )


def _city() -> int:
    """Accounts belong to no city; their streams live with the province."""
    return int(settings.GANTANG_PROVINCE) * 100


def locked(account: int) -> Account:
    """The account, held until the transaction ends. Errors: AccountMissingError."""
    row = Account.objects.select_for_update().filter(pk=account).first()
    if row is None:
        raise AccountMissingError
    return row


def _check_password(password: str, username: str) -> None:
    """Errors: PasswordWeakError."""
    try:
        validate_password(password, Account(username=username))
    except ValidationError as error:
        raise PasswordWeakError from error
    if len(password) < rules.SHORTEST_PASSWORD:
        raise PasswordWeakError
