"""The picture tour of the documentation, from what the journeys looked at.

    python -m pytest tests/journeys -m journey        # leaves its pictures in test-results/pages, var/test/pictures
    python -m tests.journeys.tour                     # makes docs/tour of them

A picture is cut where a page goes on and on, drawn in few colours, and never larger than 60 kB.
"""

import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
#: Where journeys leave what they looked at: the site's pages, the app's.
PAGES, APP = ROOT / "test-results" / "pages", ROOT / "var" / "test" / "pictures"
TOUR = ROOT / "docs" / "tour"
MOST_BYTES = 60_000
#: As tall as a picture is, by its width: of a phone, of a screen.
TALL, LOW = 2.2, 0.7
#: Title and sentence of each picture, by the name under which a journey looked at the page.
STOPS = {
    "portal-home-360": ("The first page", "Two doors: report something, or follow it."),
    "portal-suggested-360": ("Words first", "A kind is proposed with its reason, and may be left."),
    "portal-near-360": ("Where", "Our own outlines as a map; what is already in hand nearby."),
    "portal-receipt-360": ("The receipt", "Number, code, square code; a picture to keep."),
    "portal-track-answered-360": ("Following it", "The answer first, then the verdict, then each step."),
    "elder-home-360": ("长辈版", "The same pages, larger, one thing at a time."),
    "elder-report1-360": ("长辈版: telling it", "Read aloud by the browser where it has a voice."),
    "field-today-360": ("A grid worker's day", "What is due; nothing found is told in two taps."),
    "field-report-360": (
        "Reporting in a lane",
        "Camera, place, kind, send; it waits where there is no signal.",
    ),
    "field-clash-360": ("Two wrote at once", "Both sides stand beside each other; no word is lost."),
    "desk-queue-light-1440": ("The desk", "What is to be decided, with the decision beside it."),
    "desk-matter-light-1440": ("A matter", "Deadline, moves, people, story on one page."),
}


def main() -> None:
    """Make the pictures and their page."""
    missing = [name for name in STOPS if not _taken(name).is_file()]
    if missing:
        sys.exit(f"no picture of {', '.join(missing)}: run the journeys first")
    TOUR.mkdir(parents=True, exist_ok=True)
    for name in STOPS:
        _small(_taken(name), TOUR / f"{name}.png")
    (TOUR / "index.md").write_text(_page(), encoding="utf-8")


def _taken(name: str) -> Path:
    """The picture that a journey left."""
    return (APP if name.startswith("field-") else PAGES) / f"{name}.png"


def _page() -> str:
    told = [f"## {title}\n\n{line}\n\n![{title}]({name}.png)\n" for name, (title, line) in STOPS.items()]
    head = "# A tour in pictures\n\nMade by the journeys of the tests, on sample data: `python -m tests.journeys.tour`.\n"
    return "\n".join([head, *told])


def _small(source: Path, target: Path) -> None:
    """Cut, shrink and quantize until it fits."""
    picture = Image.open(source).convert("RGB")
    most = int(picture.width * (TALL if picture.width < 600 else LOW))
    picture = picture.crop((0, 0, picture.width, min(picture.height, most)))
    for width in (picture.width, 900, 720, 600, 480, 360, 300):
        if width > picture.width:
            continue
        made = picture.resize((width, picture.height * width // picture.width), Image.Resampling.LANCZOS)
        made.quantize(48, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size <= MOST_BYTES:
            return


if __name__ == "__main__":
    main()
