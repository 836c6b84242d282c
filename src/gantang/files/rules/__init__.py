"""Which files are taken, what they really are, and how they lose what they tell about their maker. Pure.

Heavy libraries are imported where they are used: the web process loads this module at its start.
"""

from typing import BinaryIO

from gantang.files.rules.images import IMAGES, for_print, image
from gantang.files.rules.kinds import sniff
from gantang.files.rules.office import OFFICE, office
from gantang.files.rules.pdf import pdf
from gantang.files.rules.recordings import recording
from gantang.files.rules.taken import taken
from gantang.files.types import Kind, Limits

__all__ = ["clean", "for_print", "sniff", "taken"]


def clean(source: BinaryIO, target: BinaryIO, limits: Limits) -> Kind:
    """Find out what an upload is and write it to ``target``, stripped; the name it came under is not
    believed.

    Images are decoded and written anew, upright, without EXIF, place or comments. Office files lose their
    properties and thumbnail, PDF and recordings theirs in place. Refused are markup (HTML, SVG), programs,
    archives, what holds scripts, macros or further files, what unpacks beyond the limits and what is two
    things at once. Errors: UnfitFileError and those below it.
    """
    kind = sniff(source)
    source.seek(0)
    if kind in IMAGES:
        return image(source, target, kind, limits)
    if kind in OFFICE:
        return office(source, target, kind, limits)
    if kind == "pdf":
        return pdf(source, target, limits)
    return recording(source, target, kind)
