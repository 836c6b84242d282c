"""Weights as bytes: a line of JSON, then plain numbers, compressed; nothing is executed. Pure."""

import json
import sys
import zlib
from array import array

from gantang.advice.rules.weights import Weights

#: Told in the first line; another form is refused.
FORM = 1


def pack(weights: Weights) -> bytes:
    """The bytes of a model."""
    head = {
        "form": FORM,
        "classes": weights.classes,
        "pieces": list(weights.places),
        "scales": weights.scales,
        "biases": weights.biases,
        "slope": weights.slope,
        "threshold": weights.threshold,
    }
    line = json.dumps(head, ensure_ascii=False).encode()
    return zlib.compress(b"\n".join((line, _bytes(weights.rarity) + _bytes(weights.rows))), 6)


def unpack(data: bytes) -> Weights:
    """The model of the bytes. Errors: ValueError for bytes that are none."""
    try:
        line, _sep, rest = zlib.decompress(data).partition(b"\n")
        head = json.loads(line)
    except (zlib.error, ValueError) as error:
        raise ValueError("no model") from error
    pieces, classes = head["pieces"], tuple(head["classes"])
    rarity: array[float] = array("f")
    rows: array[int] = array("h")
    _fill(rarity, rest[: 4 * len(pieces)])
    _fill(rows, rest[4 * len(pieces) :])
    if head["form"] != FORM or len(rarity) != len(pieces) or len(rows) != len(pieces) * len(classes):
        raise ValueError("no model")
    places = {piece: place for place, piece in enumerate(pieces)}
    scales, biases = tuple(head["scales"]), tuple(head["biases"])
    return Weights(classes, places, rarity, rows, scales, biases, head["slope"], head["threshold"])


def _bytes(numbers: "array[int] | array[float]") -> bytes:
    """Little-endian, whatever the machine."""
    swapped = array(numbers.typecode, numbers)
    if sys.byteorder == "big":
        swapped.byteswap()
    return swapped.tobytes()


def _fill(numbers: "array[int] | array[float]", data: bytes) -> None:
    """Read what ``_bytes`` wrote. Errors: ValueError where a number is cut off."""
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
