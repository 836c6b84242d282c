"""What is masked, what stays, and how it looks."""

import pytest

from gantang.vault.rules import mask, shade_field


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("电话13979377715", "电话139****7715"),
        ("电话：139 7937 7715。", "电话：139****7715。"),
        ("电话１３９７９３７７７１５", "电话139****7715"),
        ("拨0793-5752345", "拨********"),
        ("车赣E·12345停着", "车赣E*****停着"),
        ("车赣EDF1234停着", "车赣E******停着"),
        ("身份证11010519491231002X", "身份证1101**************"),
        ("幺三九七九三七七七幺五", "********"),
        ("3栋2单元501室", "3栋2单元***室"),
        ("微信号wxid_ab12", "微信号******"),
    ],
)
def test_numbers_and_plates_are_shown_in_the_house_style(text: str, kept: str) -> None:
    assert mask(text).text == kept


@pytest.mark.parametrize(
    "text",
    [
        "2019年2月14日，20190214，2019-02-14至2019-03-01",
        "补偿1200000元，共计4242835.81元，面积1234567平方米",
        "拨打12345热线和12348",
        "高速公路旁的黄金广场、王家村、金星北路、万达广场",
        "周边居民向上级反映，施工方不管，于是停水",
        "户籍和学籍都在本村，严重影响安全",
    ],
)
def test_dates_amounts_hotlines_places_and_ordinary_words_stay(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "王秀英来了",
        "王 秀 英来了",
        "王·秀英来了",
        "王秀英女士",
        "是王女士",
        "秀英说的",
        "老王在吗",
        "【王秀英】",
        "王　秀英",
    ],
)
def test_a_name_from_the_form_goes_however_it_is_written(text: str) -> None:
    result = mask(text, names=["王秀英"])
    assert "秀英" not in result.text.replace(" ", "").replace("　", "") and "老王" not in result.text


def test_a_name_from_the_form_may_be_foreign_or_one_character() -> None:
    assert "Smith" not in mask("我是John Smith。", names=["John Smith"]).text
    assert "买买提" not in mask("阿不都·买买提说", names=["阿不都·买买提"]).text


def test_numbers_from_the_form_go_in_any_spelling() -> None:
    text = "短号8 8-66 1，车 赣e 1234，门牌幺八零"
    result = mask(text, phones=["88661"], plates=["赣E1234"], others=["180"])
    assert not {"8 8-66 1", "1234", "幺八零"} & {
        piece for piece in ("8 8-66 1", "1234", "幺八零") if piece in result.text
    }


def test_numbers_from_the_form_go_whatever_stands_between_their_characters() -> None:
    """At most three other characters, even such as the number itself holds."""
    for text in ("二〇〇一 - 五", "二\0〇\t〇〇一……五"):
        assert mask(f"编号{text}的。", others=["二〇〇一五"]).spans, text
    assert not mask("二〇，这是，一五", others=["二〇一五"]).spans


def test_words_of_the_place_are_never_taken_for_people() -> None:
    assert mask("邓文林说路灯坏了").text != "邓文林说路灯坏了"
    assert mask("邓文林说路灯坏了", keep=["邓文林"]).text == "邓文林说路灯坏了"


def test_the_spans_point_into_the_original_text() -> None:
    text = "张伟的电话13979377715"
    assert [text[span.start : span.end] for span in mask(text).spans] == ["张伟", "13979377715"]


def test_a_form_name_wins_over_a_guess_and_the_rest_of_a_number_goes_too() -> None:
    result = mask("账号6222021234567890123", phones=["62220212345"])
    assert "67890123" not in result.text


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("车是赣G·7K39Q o@example.org 的", "7K39"),
        ("卡6222 0212 3456 7890 123 4567 8901", "4567"),
    ],
)
def test_what_one_number_leaves_of_another_goes_too(text: str, gone: str) -> None:
    assert gone not in mask(text).text


def test_what_stands_between_two_numbers_stays_between_them() -> None:
    assert mask("139-0000-7715 １３９００００８８２６ 说").text == "139****7715 139****8826 说"


def test_fields_of_a_person_are_shaded() -> None:
    assert shade_field("name", "欧阳雪梅") == "欧阳**"
    assert shade_field("phone", "13979377715") == "139****7715"
    assert shade_field("id_number", "360428199012120017") == "360428********0017"
    assert shade_field("address", "万年县陈营镇某某路12号").startswith("万年县陈营镇****")
    assert shade_field("anything", "秘密") == "****"


def test_an_empty_text_stays_empty() -> None:
    assert mask("").text == "" and mask("", names=["王"]).spans == ()
