"""The only way into the vault and out of it."""

from gantang.vault.rules import mask, shade_field
from gantang.vault.service.attachments import open_bytes, open_document, open_file, seal_bytes, seal_file
from gantang.vault.service.erase import erase, reapply_erasures
from gantang.vault.service.keep import amend, keep, rebind
from gantang.vault.service.lookup import find, reindex, rotate_index
from gantang.vault.service.rewrap import rewrap
from gantang.vault.service.unseal import open_field, open_for_system, open_own, open_texts

__all__ = [
    "amend",
    "erase",
    "find",
    "keep",
    "mask",
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
    "rewrap",
    "rotate_index",
    "seal_bytes",
    "seal_file",
    "shade_field",
]
