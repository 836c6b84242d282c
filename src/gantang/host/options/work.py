"""What differs from one province, city or centre to the next."""

from pathlib import Path
from typing import Annotated

from pydantic import field_validator
from pydantic_settings import NoDecode

from gantang.host.declare import Group, option
from gantang.host.options.checks import absolute, is_file, is_folder, split


class Work(Group):
    """Casework."""

    province: str = option(
        "36",
        group="work",
        zh="本套系统服务的省份，两位行政区划代码。",
        en="Province this installation serves, as the two digits of its division code.",
        pattern=r"^[1-9]\d$",
    )
    grid_scheme: str = option(
        "cn15",
        group="work",
        zh="网格的主编码方案：cn15、gb30428-15，或 GANTANG_CODE_SCHEMES 里的方案。",
        en="Scheme of the grids' primary code: cn15, gb30428-15 or one of GANTANG_CODE_SCHEMES.",
        pattern=r"^[a-z][a-z0-9-]{1,23}$",
    )
    session_idle_minutes: int = option(
        120,
        group="work",
        zh="多久不用就自动退出，单位分钟，5 至 720；网格员在外面用手机，不受这一项限制，最长十二小时。",
        en="Minutes without use after which a session ends, 5 to 720; grid workers in the field are exempt "
        "and stay in for twelve hours at most.",
        ge=5,
        le=720,
    )
    password_words: Annotated[tuple[str, ...], NoDecode] = option(
        (),
        group="work",
        zh="密码里不许有的本地字样（单位、地名等），用逗号分隔，每个至少两个字符。",
        en="Words of the place (units, places) that no password may hold, separated by commas, two "
        "characters or more each.",
    )
    password_list: Path | None = option(
        None,
        group="work",
        zh="不许用的密码清单（例如已泄露的），每行一个，UTF-8 文本文件。",
        en="File of passwords that may not be used (leaked ones), one a line, UTF-8.",
        shown="Django's list of 20,000 common ones alone",
    )
    code_schemes: Path | None = option(
        None,
        group="work",
        zh="自定编码方案的 JSON 文件，按码段写明；补充自带的方案。",
        en="JSON file of further code schemes, described by segments, beside the shipped ones.",
        shown="shipped schemes only",
    )
    packs_dir: Path | None = option(
        None,
        group="work",
        zh="本地程序包文件夹，补充或替换自带的程序包。",
        en="Folder of local procedure packs, beside or instead of the shipped ones.",
        shown="shipped packs only",
    )
    fonts_dir: Path | None = option(
        None,
        group="work",
        zh="本单位自有字体（方正小标宋、仿宋_GB2312 等）的文件夹；文书先用这里的字体，其次用自带的免费字体。",
        en="Folder of fonts the centre owns; documents take them before the free ones that are shipped.",
        shown="shipped fonts only",
    )
    api_per_minute: int = option(
        60_000,
        group="work",
        zh="一个接口程序每分钟最多调用的次数，100 至 1000000；超过的答 429。",
        en="Calls one API program may make a minute, 100 to 1000000; what is beyond is answered with 429.",
        ge=100,
        le=1_000_000,
    )
    field_kept_hours: int = option(
        72,
        group="work",
        zh="网格员手机上的内容最多存几小时，24 至 168；到时没传出的会先提醒，再清除并留下记录。",
        en="Hours a grid worker's phone keeps things, 24 to 168; what is unsent by then is told of, wiped.",
        ge=24,
        le=168,
    )

    @field_validator("password_words", mode="before")
    @classmethod
    def _are_words(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        words = split(value.replace("，", ",") if isinstance(value, str) else value)
        if any(len(word) < 2 for word in words):
            raise ValueError("a word of one character")
        return words

    _work_absolute = field_validator("packs_dir", "fonts_dir", "code_schemes", "password_list")(absolute)
    _work_is_folder = field_validator("packs_dir", "fonts_dir")(is_folder)
    _work_is_file = field_validator("code_schemes", "password_list")(is_file)
