"""The picture tour of the documentation, from what the journeys looked at.

    python -m pytest tests/journeys -m journey        # leaves its pictures in test-results/pages
    python -m tests.journeys.tour                     # makes docs/tour of them

A picture is cut where a page goes on and on, drawn in few colours, and never larger than 60 kB.
"""

import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
PAGES, TOUR = ROOT / "test-results" / "pages", ROOT / "docs" / "tour"
MOST_BYTES, TALLEST = 60_000, 2.2
#: Title and sentence of each picture, by the name under which a journey looked at the page.
STOPS = {
    "portal-home-360": ("The first page", "Two doors: report something, or follow it."),
    "portal-suggested-360": ("Words first", "A kind is proposed with its reason, and may be left."),
    "portal-near-360": ("Where", "Our own outlines as a map; what is already in hand nearby."),
    "portal-receipt-360": ("The receipt", "Number, code, square code; a picture to keep."),
    "portal-track-answered-360": ("Following it", "The answer first, then the verdict, then each step."),
    "elder-home-360": ("长辈版", "The same pages, larger, one thing at a time."),
    "elder-report1-360": ("长辈版: telling it", "Read aloud by the browser where it has a voice."),
    "desk-queue-light-1440": ("The desk", "What is to be decided, with the decision beside it."),
    "desk-matter-light-1440": ("A matter", "Deadline, moves, people, story on one page."),
}


def main() -> None:
    """Make the pictures and their page."""
    missing = [name for name in STOPS if not (PAGES / f"{name}.png").is_file()]
    if missing:
        sys.exit(f"no picture of {', '.join(missing)}: run the journeys first")
    TOUR.mkdir(parents=True, exist_ok=True)
    for name in STOPS:
        _small(PAGES / f"{name}.png", TOUR / f"{name}.png")
    (TOUR / "index.md").write_text(_page(), encoding="utf-8")


def _page() -> str:
    told = [f"## {title}\n\n{line}\n\n![{title}]({name}.png)\n" for name, (title, line) in STOPS.items()]
    head = "# A tour in pictures\n\nMade by the journeys of the tests, on sample data: `python -m tests.journeys.tour`.\n"
    return "\n".join([head, *told])


def _small(source: Path, target: Path) -> None:
    """Cut, shrink and quantize until it fits."""
    picture = Image.open(source).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, int(picture.width * TALLEST))))
    for width in (picture.width, 900, 720, 600, 480, 360, 300):
        if width > picture.width:
            continue
        made = picture.resize((width, picture.height * width // picture.width), Image.Resampling.LANCZOS)
        made.quantize(48, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size <= MOST_BYTES:
            return


if __name__ == "__main__":
    main()
