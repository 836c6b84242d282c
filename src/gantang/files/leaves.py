"""What somebody attached, as pages of a case file: a picture shrunk to what a page shows, the pages of a PDF.

The reader of PDF is the typesetter's own. What it does not take (locked by a password, damaged) and what has
no pages (recordings, office files) stays beside the case file, whose index says so.
"""

import io

from gantang.files.trial import pages
from gantang.files.types import Filed

PDF = "application/pdf"
#: A longer PDF is a volume of its own.
MOST_PAGES = 200
#: What the room of a page (156 × 225 mm) shows at 250 dots an inch, in pixels.
SHOWN = (1_540, 2_220)
FORMS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
APART, UNREADABLE, LONG = "无法装订，另存", "打不开，另存", f"超过{MOST_PAGES}页，另存"


def leaf(title: str, data: bytes, media: str) -> Filed:
    """An attachment as a piece of a case file; one that gives no pages has a remark instead."""
    if media in FORMS:
        shown, form = _shrunk(data, FORMS[media])
        return Filed(title, data=shown, form=form, count=1)
    if media != PDF:
        return Filed(title, remark=APART)
    count = pages(data, MOST_PAGES)
    if not 0 < count <= MOST_PAGES:
        return Filed(title, remark=LONG if count else UNREADABLE)
    return Filed(title, data=data, form="pdf", count=count)


def _shrunk(data: bytes, form: str) -> tuple[bytes, str]:
    """The picture no larger than a page shows it; a small one as it is."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        if image.width <= SHOWN[0] and image.height <= SHOWN[1]:
            return data, form
        image.thumbnail(SHOWN)
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    target = io.BytesIO()
    paper.save(target, "JPEG", quality=85, optimize=True)
    return target.getvalue(), "jpg"
