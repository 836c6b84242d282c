"""Texts as residents write them, invented, with what must be masked planted at known places.

Names, numbers and plates are drawn at random from lists that are the corpus's own: they are not those of the
rules under test, and hold characters that the rules do not list. ``texts(seed)`` gives the same texts for the
same seed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

# Surnames with rough shares of the population in tenths of a percent; the tail stands for many rare ones.
_FREQUENT = "王72 李70 张67 刘52 陈46 杨30 黄25 赵22 周21 吴21 徐16 孙15 胡14 朱13 高12 林12 何12 郭11 马11 罗10 梁9 宋8 郑8 谢8 韩7 唐7 冯6 于6 董6 萧5 程5 曹5 袁5 邓5 许5 傅4 沈4 曾4 彭4 吕4 苏4 卢4 蒋4 蔡4 贾4 丁4 魏4 薛4 叶4 阎3 余3 潘3 杜3 戴3 夏3 钟3 汪3 田3 任3 姜3 范3 方3 石3 姚3 谭3 廖3 邹3 熊3 金3 陆3 郝3 孔3 白3 崔3 康3 毛3 邱3 秦3 江3 史2 顾2 侯2 邵2 孟2 龙2 万2 段2 雷2 钱2 汤2 尹2 黎2 易2 常2 武2 乔2 贺2 赖2 龚2 文2"
_TAIL = "樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢骆岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边"
_DOUBLE = ["欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "慕容", "令狐", "司徒", "夏侯"]
_WOMEN = "秀英桂兰玉珍凤莲红梅丽华艳霞芳燕玲娟娜敏静慧婷雪琳颖欣怡佳梦洁萍春香菊云美银翠淑惠冬爱巧金荣水娥连月招娣细妹满腊小芝青彩瑶妍悦蓉露曼彤筱茗沅芮绮雯漪"
_MEN = "伟强军勇磊杰涛明超辉建国志刚文斌平海波鹏飞峰浩宇俊凯鑫龙生根发福贵财水火林木金荣华长德仁义忠良友东春新民庆祥光亮大小家兴旺盛保全学武世昌正和泽轩昊然子豪博睿晨皓炜铭哲瀚骞淼楷弈钧恺祺劭桓"


def _weighted(random: Random) -> str:
    if random.random() < 0.02:
        return random.choice(_DOUBLE)
    pairs = [(item[0], int(item[1:])) for item in _FREQUENT.split()] + [(char, 1) for char in _TAIL]
    return random.choices([name for name, _ in pairs], [weight for _, weight in pairs])[0]


def name(random: Random) -> str:
    """A full name: four of five with two characters behind the surname."""
    chars = random.choice([_WOMEN, _MEN])
    return _weighted(random) + "".join(random.choice(chars) for _ in range(2 if random.random() < 0.8 else 1))


# --- numbers and plates -------------------------------------------------------------------------------

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_HAN = str.maketrans("0123456789", "零幺二三四五六七八九")


def _digits(random: Random, n: int) -> str:
    return "".join(random.choice("0123456789") for _ in range(n))


def _cut(digits: str, mark: str, *sizes: int) -> str:
    pieces, place = [], 0
    for size in sizes:
        pieces.append(digits[place : place + size])
        place += size
    return mark.join(pieces)


def mobile(random: Random) -> str:
    """A mobile number in one of the ways people write it."""
    digits = random.choice(["13", "15", "17", "18", "19"]) + _digits(random, 9)
    ways: list[Callable[[], str]] = [
        *[lambda: digits] * 8,
        lambda: _cut(digits, " ", 3, 4, 4),
        lambda: _cut(digits, "-", 3, 4, 4),
        lambda: _cut(digits, "—", 3, 4, 4),
        lambda: _cut(digits, ".", 3, 4, 4),
        lambda: _cut(digits, " ", 4, 3, 4),
        lambda: " ".join(digits),
        lambda: digits.translate(_WIDE),
        lambda: digits.translate(_HAN),
        lambda: "+86 " + digits,
        lambda: "86-" + _cut(digits, "-", 3, 4, 4),
        lambda: _cut(digits, "·", 3, 4, 4),
    ]
    return random.choice(ways)()


def landline(random: Random) -> str:
    """A landline with or without its area."""
    area, local = (
        random.choice(["0791", "0793", "0797", "010", "021"]),
        random.choice("25678") + _digits(random, 6),
    )
    return random.choice(
        [
            f"{area}-{local}",
            f"{area}{local}",
            f"（{area}）{local}",
            f"{area} {local}",
            f"{area}－{local}",
            local,
            f"{area}-{local}-{_digits(random, 3)}",
        ]
    )


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_card(random: Random) -> str:
    """An ID number with its right check digit, spaced or not, or one of the old fifteen."""
    born = f"{random.randint(1940, 2012)}{random.randint(1, 12):02d}{random.randint(1, 28):02d}"
    head = random.choice(["360428", "360102", "361128", "430104"]) + born + _digits(random, 3)
    check = "10X98765432"[sum(int(d) * w for d, w in zip(head, _WEIGHTS, strict=True)) % 11]
    full = head + check
    ways = [
        full,
        full,
        full,
        full.lower(),
        _cut(full, " ", 6, 8, 4),
        _cut(full, "-", 6, 8, 4),
        full.translate(_WIDE),
    ]
    return random.choice([*ways, head[:6] + head[8:]])


def bank_card(random: Random) -> str:
    digits = random.choice(["6222", "6217", "6228", "4367"]) + _digits(random, random.choice([12, 15]))
    return random.choice([digits, " ".join(digits[n : n + 4] for n in range(0, len(digits), 4))])


def account(random: Random) -> str:
    letters = "".join(random.choice("abcdefghkmnwxyz") for _ in range(4))
    return random.choice(
        [
            _digits(random, random.choice([6, 8, 9, 10])),
            letters + _digits(random, 5),
            f"wxid_{letters}{_digits(random, 3)}",
        ]
    )


def email(random: Random) -> str:
    who = random.choice([_digits(random, 9), "lin.hua" + _digits(random, 2), "zhou_" + _digits(random, 4)])
    return f"{who}@{random.choice(['qq.com', '163.com', 'mail.example.cn'])}"


_PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def plate(random: Random) -> str:
    """A number plate: ordinary, new energy, trailer, and as people type it."""
    province, city = random.choice("赣赣赣赣浙粤闽湘鄂京沪"), random.choice("ABCDEFGHJKLM")
    tail = "".join(random.choice(_PLATE_LETTERS) for _ in range(4)) + random.choice("0123456789")
    green = random.choice("DF") + random.choice(_PLATE_LETTERS) + _digits(random, 4)
    ways = [
        province + city + tail,
        province + city + "·" + tail,
        province + city + green,
        province + city + "·" + green,
    ]
    ways += [
        f"{province}{city} {tail}",
        f"{province}{city}-{tail}",
        (province + city + tail).lower(),
        province + city + tail[:4] + "挂",
    ]
    ways += [f"{province}{city}{tail[:4]}学", f"{province} {city} {tail}", province + city + tail]
    return random.choice(ways)


# --- texts --------------------------------------------------------------------------------------------

ORDINARY = [
    "高速公路",
    "周边居民",
    "马路中间",
    "黄金地段",
    "万元",
    "施工队",
    "安全隐患",
    "白天晚上",
    "石头",
    "江边",
    "方便",
    "时间",
    "水管",
    "车库",
    "任何部门",
    "金额",
    "常年",
    "严重影响",
    "许可证",
    "于是",
    "全部费用",
    "程序",
    "平台",
    "文化广场",
    "路口",
    "温泉",
    "项目部",
    "管理费",
    "单元门",
    "应急车道",
    "向上级",
    "成本",
    "党员活动室",
    "关系",
    "相关部门",
    "龙头企业",
    "雷雨天气",
    "明显",
    "田地",
    "池塘",
    "毛坯房",
    "阳光花园",
    "夏季",
    "秦汉大道",
    "孔桥",
    "孟家巷",
    "王家村",
    "李家坊",
    "张家坳",
    "刘家老屋",
    "陈坊乡",
    "杨梅岭",
    "朱桥镇",
    "罗湖路",
    "马坡小学",
    "金星大厦",
    "万达广场",
    "康乐园小区",
    "华联超市",
    "江南新村",
    "钱江商贸城",
    "安居工程",
    "花园路",
    "国庆期间",
    "平时",
    "易涝点",
    "余款",
    "段时间",
    "牛栏",
    "苗圃",
    "鱼塘",
    "左侧",
    "右边",
    "沿线",
    "房屋",
    "柴火",
    "古树",
    "计划生育",
    "代表大会",
    "原因",
    "后期",
    "皮肤",
    "景区",
    "景观灯",
    "宣传栏",
    "别墅",
    "那边",
    "青年路",
    "利息",
    "满意",
    "由于",
    "曾经",
    "尚未",
    "强制",
    "连续",
    "解决",
    "包括",
    "项目经理",
    "祝福",
    "查处",
    "商户",
    "宫灯",
    "支部",
    "习惯",
    "战友",
    "元旦",
    "乐器",
    "水平",
    "公安",
    "东边",
    "广场舞",
    "生活",
    "有关",
    "能力",
    "要求",
    "过程",
    "来信",
    "当地",
    "给予",
    "高低压线",
    "何时",
    "郑重承诺",
    "谢谢",
    "韩式",
    "唐诗",
    "冯湾",
    "董事会",
    "肖像",
    "邓家埠",
    "范围",
    "姜汤",
    "汪洋",
    "田埂",
    "石桥",
    "熊孩子",
    "陆地",
    "白天",
    "毛巾",
    "江水",
    "史料",
    "顾客",
]

# {f} a name from the form, {o} another name, {p} phone, {l} landline, {i} ID, {b} bank card, {a} account, {e}
# e-mail, {c} plate, {w} an ordinary word.
OPENINGS = [
    "本人{f}，",
    "我叫{f}，",
    "我是{f}，",
    "{f}反映：",
    "反映人{f}，电话{p}，",
    "您好，我是住在这里的{f}，",
    "领导好！",
    "各位领导：",
    "{w}的事情想问一下，",
    "",
    "",
    "尊敬的领导，我叫{f}，身份证号{i}，",
    "居民{f}（{p}）来电：",
    "{f}：",
    "反映一个问题，",
]
BODIES = [
    "村民{o}在{w}旁边搭了个棚子",
    "邻居{o}家的狗一直叫",
    "包工头{o}拖欠工资{w}没给",
    "老板{o}说下个月再发",
    "和{o}因为{w}吵了起来",
    "{o}把垃圾倒在{w}",
    "找了村主任{o}几次都没用",
    "司机{o}开的车牌是{c}",
    "一辆{c}的货车天天停在{w}",
    "{c}堵在路口不走",
    "对方叫{o}，手机{p}",
    "联系人{o}，电话{l}",
    "钱打到了{b}这张卡上",
    "他让我加微信{a}",
    "QQ：{a}，一直没人回",
    "发到邮箱{e}也没人管",
    "{o}和{o}两家为{w}打架",
    "{o}、{o}、{o}三户都没有领到补偿",
    "组长{o}不同意",
    "隔壁{o}的墙倒了压坏我家{w}",
    "是{o}让人挖的",
    "路灯坏了好几天，{w}也看不清",
    "{w}没人管，{w}又脏又乱",
    "打{l}没人接",
    "打{p}一直占线",
    "我的号码是{p}",
    "请回电{p}",
    "车主{o}（{c}）态度恶劣",
    "身份证{i}登记错了",
    "户主{o}的名字写错了",
    "卡号{b}，开户名{o}",
    "孩子在学校被{o}老师批评",
    "由{o}负责的工程质量差",
    "{o}承包的鱼塘污染了{w}",
    "去年{o}借走三万元不还",
    "{o}多次到我家闹事",
    "{o}擅自占用{w}",
    "听{o}说{w}要拆迁",
    "请找{o}核实",
    "{w}和{w}都在漏水",
    "证人{o}可以作证",
    "当时{o}也在场",
    "我老公{o}在工地受伤",
    "业主{o}不交物业费",
    "医生{o}说要转院",
    "当事人{o}拒绝签字",
    "{o}的儿子{o}动手打人",
    "车号{c}，尾气很大",
    "{f}家门口积水",
    "{f}的补贴没到账",
    "物业说要{f}自己出钱",
    "给{f}回个电话",
    "请联系{f}",
    "我{f}愿意配合",
    "以{f}的名义办的证",
    "{w}施工到半夜",
    "孔桥那边的水漫到{w}",
    "上面写着{w}三个字",
    "每个月收{w}50元",
    "2026年3月15日在{w}开会",
    "面积120平方米",
    "共38户",
]
CLOSINGS = [
    "。",
    "，请尽快处理。",
    "，谢谢！",
    "！！！",
    "，望解决。联系电话{p}",
    "。{f}",
    "。电话：{l}。",
    "，盼复。",
    "。我的电话{p}，姓名{f}。",
    "。",
]

_MAKERS: dict[str, Callable[[Random], str]] = {
    "p": mobile,
    "l": landline,
    "i": id_card,
    "b": bank_card,
    "a": account,
    "e": email,
    "c": plate,
    "o": name,
}
KINDS = {
    "p": "number",
    "l": "number",
    "i": "number",
    "b": "number",
    "a": "number",
    "e": "number",
    "c": "plate",
    "f": "form",
    "o": "other",
    "w": "word",
}


@dataclass(frozen=True, slots=True)
class Planted:
    """One thing planted: its place in the text and what it is."""

    start: int
    end: int
    kind: str


@dataclass(slots=True)
class Sample:
    """A text, what the form gave, and what stands where."""

    text: str = ""
    given: str = ""
    planted: list[Planted] = field(default_factory=list)

    def write(self, piece: str, kind: str = "") -> None:
        if kind:
            self.planted.append(Planted(len(self.text), len(self.text) + len(piece), kind))
        self.text += piece


def texts(seed: int, n: int = 600) -> Iterator[Sample]:
    """``n`` invented texts."""
    random = Random(seed)
    for _ in range(n):
        sample = Sample(given=name(random))
        for template in _plan(random):
            _fill(sample, template, random)
        yield sample


def _plan(random: Random) -> list[str]:
    bodies = random.sample(BODIES, random.randint(1, 4))
    joined = [piece for body in bodies for piece in (body, random.choice(["，", "。", "，而且", "，", "；"]))]
    return [random.choice(OPENINGS), *joined[:-1], random.choice(CLOSINGS)]


def _fill(sample: Sample, template: str, random: Random) -> None:
    pieces = template.replace("}", "{").split("{")
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            sample.write(piece)
        elif piece == "f":
            sample.write(_form_name(sample.given, random), "form")
        elif piece == "w":
            sample.write(random.choice(ORDINARY), "word")
        else:
            sample.write(_MAKERS[piece](random), KINDS[piece])


def _form_name(given: str, random: Random) -> str:
    if random.random() < 0.85:
        return given
    return random.choice([" ".join(given), "·".join(given), given[0] + " " + given[1:], given])
