"""The model's own arithmetic: the same as scikit-learn's, readable, packed without pickle."""

import random

import pytest

from gantang.advice.rules import figures, packing, pieces, weights

STEMS = {
    "facility.lighting": ("路灯不亮", "路灯坏了", "灯杆歪斜", "灯头掉落"),
    "city.waste": ("垃圾没人清", "垃圾桶满了", "乱倒垃圾", "垃圾堆臭味"),
    "labour.pay": ("拖欠工资", "工钱没结", "老板欠薪", "工资不发"),
}
PLACES = ("桥头", "村口", "学校旁", "菜市场", "河边", "老街", "东门", "工地", "小区里", "公园")
TAILS = ("请处理", "很久了", "晚上不安全", "好几天了", "没人管", "反映多次", "影响出行", "希望解决")


def examples(n: int = 360, seed: int = 1) -> tuple[list[str], list[str]]:
    """Short gists of three classes, with their classes."""
    chance = random.Random(seed)
    labels = [chance.choice(sorted(STEMS)) for _ in range(n)]
    texts = [
        f"{chance.choice(PLACES)}{chance.choice(STEMS[one])}，{chance.choice(TAILS)}。" for one in labels
    ]
    return texts, labels


@pytest.fixture(scope="module")
def fitted():
    pytest.importorskip("sklearn")
    from gantang.advice.fitting import fit

    texts, labels = examples()
    return fit(texts, labels, [at * 5 // len(texts) for at in range(len(texts))])


def test_pieces_cross_no_mark_and_every_digit_is_alike():
    assert pieces.words("A1区") == ["a", "a0", "a0区", "0", "0区", "区"]
    assert "灯，" not in pieces.words("路灯，坏") and "灯坏" not in pieces.words("路灯，坏")
    assert pieces.words("12") == pieces.words("98")


def test_scores_are_those_of_the_library(fitted):
    from gantang.advice.fitting import _shares, _trained

    model, _measured = fitted
    texts, labels = examples()
    vectors, machine = _trained(texts, labels)
    new = ["村口路灯坏了，请处理。", "工地拖欠工资，垃圾没人清"]
    theirs = _shares(machine.decision_function(vectors.transform(new)), model.slope)
    for text, row in zip(new, theirs, strict=True):
        ours = dict(weights.confidences(model, text))
        for code, share in zip(machine.classes_, row, strict=True):
            assert ours[code] == pytest.approx(share, abs=2e-3)


def test_a_reason_is_where_the_text_speaks_for_the_class(fitted):
    text = "学校旁边路灯不亮，很久了。"
    spans = weights.because(fitted[0], text, "facility.lighting")
    told = [text[start:end] for start, end in spans]
    assert told and all("灯" in one or "亮" in one for one in told)


def test_a_text_of_which_nothing_is_known_gets_no_suggestion(fitted):
    assert weights.offered(fitted[0], "xyz ！？") == []
    assert weights.confidences(fitted[0], "") == []


def test_below_the_threshold_nothing_is_said(fitted):
    from dataclasses import replace

    model = fitted[0]
    assert weights.offered(model, "村口路灯坏了")
    assert weights.offered(replace(model, threshold=1.1), "村口路灯坏了") == []


def test_packed_and_unpacked_it_is_the_same_model(fitted):
    again = packing.unpack(packing.pack(fitted[0]))
    text = "老街垃圾桶满了，没人管。"
    assert weights.confidences(again, text) == weights.confidences(fitted[0], text)


@pytest.mark.parametrize("spoilt", [b"", b"\x80\x04.", b"no model"])
def test_bytes_that_are_no_model_are_refused_and_never_run(spoilt: bytes):
    with pytest.raises(ValueError, match="no model"):
        packing.unpack(spoilt)


def test_a_shortened_model_is_refused(fitted):
    import zlib

    whole = zlib.decompress(packing.pack(fitted[0]))
    with pytest.raises(ValueError, match="no model"):
        packing.unpack(zlib.compress(whole[:-2]))


def test_the_threshold_is_the_lowest_confidence_that_is_right_often_enough():
    sure = [0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
    right = [False, False, True, True, True, True, True]
    assert figures.threshold(sure, right, aim=0.85) == 0.51
    assert figures.threshold(sure, [False] * 7) is None


def test_the_calibration_error_is_the_gap_between_confidence_and_truth():
    assert figures.calibration_error([0.8] * 10, [True] * 8 + [False] * 2) == pytest.approx(0)
    assert figures.calibration_error([0.9] * 10, [True] * 5 + [False] * 5) == pytest.approx(0.4)


def test_macro_f1_counts_a_rare_class_as_much_as_a_common_one():
    assert figures.macro_f1(["a"] * 9 + ["b"], ["a"] * 10) == pytest.approx((18 / 19) / 2)


def test_random_labels_make_no_model():
    pytest.importorskip("sklearn")
    from gantang.advice import errors
    from gantang.advice.fitting import fit

    chance = random.Random(7)
    texts, labels = examples()
    chance.shuffle(labels)
    with pytest.raises(errors.TooUnsureError):
        fit(texts, labels, [at * 5 // len(texts) for at in range(len(texts))])
