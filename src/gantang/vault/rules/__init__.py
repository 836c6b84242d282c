"""The vault's pure half: masking, shades, normal forms, bindings. No Django, no clock, no keys."""

from gantang.vault.rules.entries import (
    FIELD_KINDS,
    FIELDS,
    INDEXED,
    KINDS,
    REASONS,
    TEXT_KINDS,
    binding,
    file_binding,
    id_check_digit,
    key_binding,
    normal,
    person_key_binding,
    read,
    spell,
)
from gantang.vault.rules.masking import mask
from gantang.vault.rules.registry import BASES, PURPOSES, TERMS, register
from gantang.vault.rules.secrets import secret_marks
from gantang.vault.rules.shade import shade_field

__all__ = [
    "BASES",
    "FIELDS",
    "FIELD_KINDS",
    "INDEXED",
    "KINDS",
    "PURPOSES",
    "REASONS",
    "TERMS",
    "TEXT_KINDS",
    "binding",
    "file_binding",
    "id_check_digit",
    "key_binding",
    "mask",
    "normal",
    "person_key_binding",
    "read",
    "register",
    "secret_marks",
    "shade_field",
    "spell",
]
