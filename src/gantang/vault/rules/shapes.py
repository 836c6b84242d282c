"""Numbers and plates in running text: phones, ID and bank cards, accounts, number plates, rooms."""

import re
from collections.abc import Callable, Iterator

from gantang.vault.rules.text import as_digits, numerals_in, plain
from gantang.vault.types import Span

# What people put between digits, also to slip past a filter.
_SEP = r"[\s\-‐-―_·•・.。/\\~|*\u200b\u200c\u200d\ufeff]"
_GAP = f"{_SEP}{{0,2}}"
_NOT_AFTER_DIGIT = r"(?<![0-9])"
_NOT_BEFORE_DIGIT = r"(?![0-9])"

Finder = Callable[[str, int], Iterator[Span]]  # a text, and how many digits stand in it


def _spaced(pattern: str, *, gap: str = _GAP) -> str:
    """A pattern of single characters with room for separators between them."""
    return gap.join(re.findall(r"\[[^\]]*\]|.", pattern))


def _by(
    kind: str, pattern: str, *, group: int = 0, flags: int = 0, digits: int = 0, signs: str = ""
) -> Finder:
    """Finds a pattern. A text with fewer ``digits`` or none of the ``signs`` cannot hold it, which is quick
    to see."""
    compiled = re.compile(pattern, flags)

    def find(text: str, digits_in_it: int) -> Iterator[Span]:
        if digits_in_it < digits or (signs and not any(map(text.__contains__, signs))):
            return
        for match in compiled.finditer(text):
            yield Span(match.start(group), match.end(group), kind)

    return find


_D = "[0-9]"
_ID18 = _spaced("[1-9]" + _D * 16 + "[0-9Xx×]", gap=f"{_SEP}?")
_ID15 = _spaced("[1-9]" + _D * 14, gap=f"{_SEP}?")
_MOBILE = rf"(?:(?:\+|00)?{_GAP}86{_GAP})?" + _spaced("1[3-9]" + _D * 9)
_CARD = _spaced("[3-6]" + _D * 15, gap=f"{_SEP}?") + f"(?:{_SEP}?[0-9]){{0,3}}"
_AREA = rf"(?:\({_GAP}0[0-9]{{2,3}}{_GAP}\)|0{_SEP}?[1-9]{_SEP}?[0-9](?:{_SEP}?[0-9])?)"
_LANDLINE = rf"{_AREA}{_GAP}[2-9](?:{_SEP}?[0-9]){{6,7}}(?:{_GAP}(?:转|#|-)?{_GAP}[0-9]{{1,5}}(?=\D|$))?"
_SERVICE = rf"[48]00{_SEP}?[0-9]{{3,4}}{_SEP}?[0-9]{{3,4}}"

_ACCOUNT_WORDS = (
    r"(?:QQ群?|微信|微信号|威信|薇信|VX|V信|WX|WeChat|抖音|快手|小红书|陌陌|淘宝|旺旺|支付宝|邮箱|"
    r"(?:银行|工资|社保|医保|信用|储蓄|市民|会员|身份|就诊|借记|公交)卡|护照|港澳通行证|驾驶证|驾照|军官证|"
    r"残疾证|低保证|学籍|学号|工号|警号|病历|住院|门诊|保单|订单|合同|运单|快递|流水|卡|账|帐|户|编|"
    r"准考证|房产证|营业执照|执照|车架|发动机|识别代码|票据|发票)(?:号码|号|账号|帐号|编号|户号|代码)?"
)
_TAIL = r"(?:\s{0,2}(?:是|为|叫|[:：=()（]|号码|号|帐号|账号|加我?|同号)){0,3}\s{0,2}"
_ACCOUNT = rf"{_ACCOUNT_WORDS}{_TAIL}([A-Za-z0-9](?:[A-Za-z0-9_\-]| (?=[0-9])){{4,24}})"
_CALL_WORDS = (
    r"(?:电话|手机|号码|座机|固话|传真|联系方式|联系我|拨打|致电|来电|打给|呼叫|热线|身份证|证件|联系)"
)
_SHORT_WORDS = r"(?:短号|小号|分机|尾号|后[三四五六3456]位|密码|验证码|编码)"
_BETWEEN = r"[^\d，。；,;！？!?\n]{0,6}?"
_CALLED = rf"{_CALL_WORDS}{_BETWEEN}([0-9](?:{_SEP}?[0-9]){{5,18}})(?!{_SEP}?[0-9])"
_CALLED_SHORT = rf"{_SHORT_WORDS}{_BETWEEN}([0-9](?:{_SEP}?[0-9]){{2,9}})(?!{_SEP}?[0-9])"

_EMAIL = r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}\s?@\s?[A-Za-z0-9\-]+(?:\s?\.\s?[A-Za-z0-9\-]{2,})+"
_PASSPORT = r"(?<![A-Za-z0-9])(?:[EGDSPHMKegdsphmk][A-Ha-h]?[0-9]{7,8})(?![A-Za-z0-9])"
_CREDIT_CODE = r"(?<![A-Za-z0-9])[0-9A-HJ-NP-RT-UWXY]{2}[0-9]{6}[0-9A-HJ-NP-RT-UWXY]{10}(?![A-Za-z0-9])"

_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_ODD = "[挂学警港澳领使试超临电]"
_PLATE_TAIL = rf"[A-Za-z0-9](?:{_SEP}?[A-Za-z0-9]){{3,5}}(?:{_SEP}?{_ODD})?(?![A-Za-z0-9])"
_HAS_DIGIT = rf"(?=(?:[A-Za-z]|{_SEP})*(?:[0-9]|{_ODD}))"
_PLATE = rf"{_PROVINCE}{_GAP}[A-Za-z]{_GAP}{_HAS_DIGIT}{_PLATE_TAIL}"
_PLATE_WORDS = r"(?:车牌|牌照|车号|号牌|牌号|车辆号)(?:号码|号)?(?:[是为:：\s]|尾号|后几位|叫)*"
_BARE_PLATE = rf"{_PLATE_WORDS}([一-鿿]{{0,3}}{_SEP}?[A-Za-z]?{_SEP}?[A-Za-z0-9]{{3,8}})(?![A-Za-z0-9])"
_ARMED = r"(?<![A-Za-z])[Ww][Jj][·\-\s]?[一-鿿]?[·\-\s]?[0-9]{4,5}[A-Za-z0-9]?(?![A-Za-z0-9])"

_ROOM = (
    r"(?<=[栋幢座单元楼])\s?([0-9]{2,4})(?![0-9年月日元万人户级层楼米平路线天个份位号栋幢单多余几吨来点%])"
)
_ROOM_WORD = r"(?<![0-9])([0-9]{3,4})(?=室|房(?![屋价产租款子型源间东地]))"
_ROOM_CHAIN = r"(?<![0-9\-])[0-9]{1,3}-[0-9]{1,2}-([0-9]{3,4})(?![0-9\-])"
_HOME = (
    r"(?:家住|居住在|住在|住址|户籍地?|家庭地址|住所|现住|我家在?|家在|门牌)"
    r"[^，。；,;！？!?\n]{0,24}?(?<![0-9])([0-9]{1,5}(?:-[0-9]{1,4})?)号(?!线|楼|文|令|栋|地块)"
)
_LONG_AT_LEAST = 7
_LONG = rf"{_NOT_AFTER_DIGIT}[0-9]{{7,40}}{_NOT_BEFORE_DIGIT}"
_SPELLED = rf"{_NOT_AFTER_DIGIT}(?<![0-9].)[0-9](?:{_SEP}[0-9]){{6,24}}(?!{_SEP}?[0-9])"

_AMOUNT = re.compile(
    r"(?:\.\s?[0-9]{1,4})?\s?(?:余|多)?\s?(?:元|块|万|亿|平|㎡|m|米|吨|公里|千瓦|度|户|人|株|斤|公斤|件|%|美元|美金|港币|年|票|次)"
)
_DATE = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{4}(?:\d{2})?)?")


def _edges(pattern: str) -> str:
    return f"{_NOT_AFTER_DIGIT}(?:{pattern}){_NOT_BEFORE_DIGIT}"


def _long_runs(text: str, digits_in_it: int) -> Iterator[Span]:
    """Runs of seven digits and more that are neither a date nor an amount."""
    if digits_in_it < _LONG_AT_LEAST:
        return
    for match in re.finditer(_LONG, text):
        run, rest = match.group(), text[match.end() : match.end() + 8]
        if _DATE.fullmatch(run) or _AMOUNT.match(rest) or text[: match.start()].endswith(("¥", "￥", "$")):
            continue
        yield Span(match.start(), match.end(), "number")


# The first finder that claims a place has it, so the more telling shapes come first.
_FINDERS: tuple[Finder, ...] = (
    _by("email", _EMAIL, signs="@"),
    _by("id_card", _edges(_ID18), digits=17),
    _by("plate", _PLATE),
    _by("plate", _ARMED, signs="Ww"),
    _by("plate", _BARE_PLATE, group=1, signs="车牌"),
    _by("bank_card", _edges(_CARD), digits=16),
    _by("phone", _edges(_MOBILE), digits=11),
    _by("landline", _edges(_LANDLINE), digits=10),
    _by("landline", _edges(_SERVICE), digits=9),
    _by("id_card", _edges(_ID15), digits=15),
    _by("number", _CREDIT_CODE, digits=6),
    _by("number", _PASSPORT, digits=7),
    _by("account", _ACCOUNT, group=1, flags=re.IGNORECASE),
    _by("number", _CALLED, group=1, digits=6),
    _by("number", _CALLED_SHORT, group=1, digits=3),
    _long_runs,
    _by("number", _SPELLED, digits=7),
    _by("room", _ROOM_CHAIN, group=1, digits=5),
    _by("room", _ROOM_WORD, group=1, digits=3),
    _by("room", _ROOM, group=1, digits=2),
    _by("room", _HOME, group=1, digits=1),
)


def find_numbers(text: str) -> list[Span]:
    """Every number, plate, account and room in a text, without overlaps, in order."""
    shown = plain(text)
    digits = sum(map(shown.count, "0123456789"))
    taken = _claim(
        (span for finder in _FINDERS for span in finder(shown, digits)), _looks_dated(shown), shown
    )
    return sorted([*taken, *_written_out(shown, taken)], key=lambda span: span.start)


def _claim(spans: Iterator[Span], dated: list[tuple[int, int]], shown: str) -> list[Span]:
    """Earlier finders win; what they leave of a later number is still one, but for what stands around it."""
    taken: list[Span] = []
    for span in spans:
        if not any(span.start < high and low < span.end for low, high in dated):
            left = left_of(span, taken)
            taken += left if left == [span] else [bare for one in left for bare in _bare(one, shown)]
    return taken


_CORE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)


def _bare(span: Span, shown: str) -> Iterator[Span]:
    """A piece from its first letter or digit to its last; none where it has none."""
    if found := _CORE.search(shown, span.start, span.end):
        yield Span(*found.span(), span.kind)


def left_of(span: Span, taken: list[Span]) -> list[Span]:
    """What of a span nobody has taken, in as many pieces as that is."""
    parts = [(span.start, span.end)]
    for each in taken:
        parts = [
            piece
            for low, high in parts
            for piece in ((low, min(high, each.start)), (max(low, each.end), high))
        ]
        parts = [(low, high) for low, high in parts if low < high]
    return [Span(low, high, span.kind) for low, high in parts if low < high]


_DATED = re.compile(
    r"(?<![0-9])(?:19|20)\d{2}[.\-/年]\s?(?:0?[1-9]|1[0-2])[.\-/月]\s?(?:0?[1-9]|[12]\d|3[01])日?"
    r"(?:\s{0,2}[—\-~至到]{1,2}\s?(?:(?:19|20)\d{2}[.\-/年]\s?)?(?:0?[1-9]|1[0-2])[.\-/月]\s?(?:0?[1-9]|[12]\d|3[01])日?)?"
    r"(?![0-9])"
    r"|(?<![0-9])(?:19|20)\d{2}[.年/]\d{1,2}月?\s?[—\-~至到]{1,2}\s?(?:19|20)\d{2}[.年/]\d{1,2}(?![0-9])"
)


def _looks_dated(text: str) -> list[tuple[int, int]]:
    """Dates and spans of dates: digits and separators that are nobody's number."""
    return [match.span() for match in _DATED.finditer(text)]


_WRITTEN_AT_LEAST = 4
_WRITTEN = re.compile(rf"[0-9](?:{_SEP}?[0-9]){{6,24}}")


def _written_out(shown: str, taken: list[Span]) -> list[Span]:
    """Numbers written with Chinese numerals (一三九…), alone or mixed with digits."""
    if numerals_in(shown) < _WRITTEN_AT_LEAST:
        return []
    digits = as_digits(shown)
    found = []
    for match in _WRITTEN.finditer(digits):
        start, end = match.span()
        written = sum(a != b for a, b in zip(shown[start:end], digits[start:end], strict=True))
        if written < _WRITTEN_AT_LEAST or any(start < each.end and each.start < end for each in taken):
            continue
        found.append(Span(start, end, "number"))
    return found
