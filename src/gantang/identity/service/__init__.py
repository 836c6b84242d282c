"""The only way to change accounts, devices and clients; each change is a step on the account's or client's
stream."""

from gantang.identity.service.accounts import (
    disable,
    enable,
    give_first_password,
    make_account,
    make_accounts,
    note_factor,
    note_post,
    note_sign_in,
    note_sign_out,
    own_password,
    set_password,
)
from gantang.identity.service.clients import (
    disable_client,
    disable_clients_of,
    make_client,
    order_client,
    renew_client,
    token_hash,
)
from gantang.identity.service.devices import end_device, end_sessions, remember, signed_out
from gantang.identity.service.preferences import drop_view, keep_view, prefer, welcomed

__all__ = [
    "disable",
    "disable_client",
    "disable_clients_of",
    "drop_view",
    "enable",
    "end_device",
    "end_sessions",
    "give_first_password",
    "keep_view",
    "make_account",
    "make_accounts",
    "make_client",
    "note_factor",
    "note_post",
    "note_sign_in",
    "note_sign_out",
    "order_client",
    "own_password",
    "prefer",
    "remember",
    "renew_client",
    "set_password",
    "signed_out",
    "token_hash",
    "welcomed",
]
