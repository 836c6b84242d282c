"""The vault's pure half: masking, shades, normal forms. No Django, no clock, no keys."""

from gantang.vault.rules.masking import mask
from gantang.vault.rules.shade import shade_field

__all__ = ["mask", "shade_field"]
