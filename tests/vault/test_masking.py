"""How much the machine masks, and how much it masks by mistake; both are printed."""

import csv
import gzip
from collections import Counter, defaultdict
from itertools import islice

import pytest

from gantang.vault.rules import mask
from tests.real import real
from tests.vault.corpus import Planted, Sample, texts


def _covered(sample: Sample, thing: Planted, masked: set[int]) -> bool:
    """Whether every character that tells something is masked; of a name, everything behind the surname."""
    places = range(thing.start, thing.end)
    if thing.kind in ("form", "other"):
        return all(place in masked for place in places if "一" <= sample.text[place] <= "鿿")
    if thing.kind == "plate":
        places = range(thing.start + 2, thing.end)
    return all(place in masked for place in places if sample.text[place].isalnum())


def measure(seed: int, n: int = 600) -> tuple[dict[str, float], list[tuple[str, str, str]]]:
    """Recall by kind, false masks per 1,000 characters, and what went wrong."""
    seen, hit, wrong, chars, false = Counter[str](), Counter[str](), [], 0, 0
    for sample in texts(seed, n):
        result = mask(sample.text, names=[sample.given])
        masked = {place for span in result.spans for place in range(span.start, span.end)}
        for thing in sample.planted:
            if thing.kind == "word":
                seen["word"] += 1
                touched = any(place in masked for place in range(thing.start, thing.end))
                hit["word"] += touched
                if touched:
                    wrong.append(("word", sample.text[thing.start : thing.end], sample.text))
                continue
            seen[thing.kind] += 1
            if _covered(sample, thing, masked):
                hit[thing.kind] += 1
            else:
                wrong.append((thing.kind, sample.text[thing.start : thing.end], sample.text))
        planted = {p for t in sample.planted if t.kind != "word" for p in range(t.start, t.end)}
        chars += len(sample.text) - len(planted)
        for span in result.spans:
            if not planted & set(range(span.start, span.end)):
                false += 1
                wrong.append(("false", sample.text[span.start : span.end], sample.text))
    rates = {kind: hit[kind] / seen[kind] for kind in seen}
    return {**rates, "false_per_1000": 1000 * false / chars, "texts": n}, wrong


def test_numbers_plates_and_names_are_masked_on_generated_texts() -> None:
    rates, wrong = measure(20261124)
    print("\nmasking, 600 generated texts:", {kind: round(rate, 4) for kind, rate in rates.items()})
    assert rates["number"] >= 0.99 and rates["plate"] >= 0.99, [
        each[:2] for each in wrong if each[0] in ("number", "plate")
    ]
    assert rates["form"] == 1.0, [each for each in wrong if each[0] == "form"]
    assert rates["other"] >= 0.8


def test_ordinary_words_mostly_stay() -> None:
    rates, wrong = measure(7, 300)
    print(
        "\nordinary words masked by mistake:",
        round(rates["word"], 4),
        Counter(each[1] for each in wrong if each[0] == "word"),
    )
    assert rates["word"] < 0.03


@pytest.mark.parametrize(
    "name",
    [
        "labelled_raw",
        *(
            pytest.param(one, marks=pytest.mark.slow)
            for one in ("hot_messages_4326", "unlabelled_2801", "replies")
        ),
    ],
)
def test_few_masks_in_real_messages(name: str) -> None:
    """Their writers' data is masked already, so nearly every mask is one too many (or a name somebody left
    in)."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    chars = rows = 0
    with gzip.open(real(f"messages/{name}.csv.gz"), "rt", encoding="utf-8") as file:
        for row in islice(csv.DictReader(file), 800):
            text = row["title"] + "\n" + row["body"]
            rows, chars = rows + 1, chars + len(text)
            for span in mask(text).spans:
                found[span.kind][text[span.start : span.end]] += 1
    total = {kind: sum(seen.values()) for kind, seen in found.items()}
    print(f"\nreal messages, {name}: {rows} texts, {chars} characters, masks {total}")
    assert total.get("name", 0) / chars < 0.004
