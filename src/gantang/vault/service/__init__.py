"""The only way into the vault and out of it."""

from gantang.vault.rules import mask, secret_marks, shade_field
from gantang.vault.service.attachments import open_bytes, open_document, open_file, seal_bytes, seal_file
from gantang.vault.service.erase import erase, reapply_erasures, remember_file, remembered, write_down
from gantang.vault.service.keep import amend, keep, rebind
from gantang.vault.service.keying import key_anew
from gantang.vault.service.lookup import find, reindex, rotate_index
from gantang.vault.service.rewrap import rewrap
from gantang.vault.service.rotating import go_on, new_index, new_master
from gantang.vault.service.unseal import open_field, open_for_system, open_own, open_texts

__all__ = [
    "amend",
    "erase",
    "find",
    "go_on",
    "keep",
    "key_anew",
    "mask",
    "new_index",
    "new_master",
    "open_bytes",
    "open_document",
    "open_field",
    "open_file",
    "open_for_system",
    "open_own",
    "open_texts",
    "reapply_erasures",
    "rebind",
    "reindex",
    "remember_file",
    "remembered",
    "rewrap",
    "rotate_index",
    "seal_bytes",
    "seal_file",
    "secret_marks",
    "shade_field",
    "write_down",
]
