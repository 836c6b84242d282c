"""Every option of Gantang, declared once: name, type, default and one sentence in two languages.

Options are environment variables. ``options()`` reads and checks them once per process; a value that does
not fit raises ``OptionError``, whose text names the variable, the value and the sentence below. Secrets
may stand in a file instead, named by the same variable with ``_FILE`` behind it.
"""

import os
import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from gantang.host import kms
from gantang.host.address import check_address
from gantang.host.declare import PREFIX, OptionError, SecretFiles, describe, option

__all__ = ["OptionError", "Options", "options", "options_page", "strangers"]

GROUPS = {
    "server": ("网站", "Web server"),
    "data": ("数据与密钥", "Data and keys"),
    "database": ("数据库", "Database"),
    "work": ("业务", "Casework"),
    "mail": ("邮件与 webhook", "Mail and webhooks"),
}

#: A host name, an address, or `.example.org` for all below it; no scheme, port or path.
_HOST = re.compile(r"^(?:\*|\.?[\w-]+(?:\.[\w-]+)*\.?|\[[0-9a-fA-F:.]+\])$")

#: A secret of Standard Webhooks: 24 bytes or more.
_SECRET = re.compile(r"^whsec_[A-Za-z0-9+/]{32,}={0,2}$")


def _is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


class Options(BaseSettings):
    """The options in force. Read them through ``options()``."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True, populate_by_name=True
    )

    bind: str = option(
        "127.0.0.1",
        group="server",
        zh="网站监听的 IP 地址；0.0.0.0 表示所有网络接口。",
        en="IP address the web server listens on; 0.0.0.0 means every interface.",
    )
    port: int = option(
        8000,
        group="server",
        zh="网站监听的端口，1 至 65535。",
        en="Port the web server listens on, 1 to 65535.",
        ge=1,
        le=65535,
    )
    site_url: str | None = option(
        None,
        group="server",
        zh="群众和工作人员打开网站所用的网址，以 http:// 或 https:// 开头，用于邮件和二维码。",
        en="Address under which people open the site, http:// or https://; used in mail and QR codes.",
        shown="http://<bind>:<port>",
        pattern=r"^https?://[^/\s]+$",
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = option(
        (),
        group="server",
        zh="网站接受的主机名，用逗号分隔；本机地址和 GANTANG_SITE_URL 的主机名总是接受。",
        en="Host names the site answers to, separated by commas; loopback and the site's own always count.",
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = option(
        (),
        group="server",
        zh="网站前面的代理的 IP 地址或网段，用逗号分隔；只有它们说的访客地址和 https 才算数。",
        en="Addresses or networks of the proxies in front of the site, separated by commas; only their word "
        "on the visitor's address and on https counts.",
    )
    proxy_header: Literal["x-forwarded-for", "forwarded"] = option(
        "x-forwarded-for",
        group="server",
        zh="代理用来写访客地址的请求头：x-forwarded-for（连同 x-forwarded-proto）或 forwarded；另一个不看。",
        en="Header the proxies write the visitor's address in: x-forwarded-for (with x-forwarded-proto) or "
        "forwarded; the other one is not read.",
    )
    live_url: str | None = option(
        None,
        group="server",
        zh="浏览器找实时更新的网址，到 /live 为止；不设置时只有在本机打开的页面用它，别处的隔一会儿问一次。",
        en="Address under which browsers find the live updates, up to /live. Without it only pages opened on "
        "this machine use them, others ask now and then.",
        shown="http://<loopback>:<live port>/live",
        pattern=r"^https?://[^/\s]+/live$",
    )
    live_port: int | None = option(
        None,
        group="server",
        zh="实时更新监听的端口，1 至 65535；不设置时自动选一个，0 为不用。",
        en="Port the live updates listen on, 1 to 65535; without it a free one is chosen, 0 is none.",
        shown="a free one",
        ge=0,
        le=65535,
    )
    web_workers: int = option(
        2, group="server", zh="网站进程数，1 至 64。", en="Number of web processes, 1 to 64.", ge=1, le=64
    )
    web_threads: int = option(
        2,
        group="server",
        zh="每个网站进程的线程数，1 至 64。",
        en="Threads per web process, 1 to 64.",
        ge=1,
        le=64,
    )
    language: Literal["zh-hans", "en"] = option(
        "zh-hans",
        group="server",
        zh="浏览器没有表明语言时所用的界面语言：zh-hans 或 en。",
        en="Language of the pages when the browser names none: zh-hans or en.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = option(
        "info",
        group="server",
        zh="日志的详细程度：debug、info、warning 或 error。",
        en="How much is logged: debug, info, warning or error.",
    )
    metrics_token: SecretStr | None = option(
        None,
        group="server",
        zh="Prometheus 取 /metrics 时出示的令牌，至少 20 个字符；不设置时没有这个地址。",
        en="Token that Prometheus shows to read /metrics, at least 20 characters; without it the address is "
        "not there.",
        min_length=20,
    )
    otlp_endpoint: str | None = option(
        None,
        group="server",
        zh="接收 OpenTelemetry 跟踪数据的网址（OTLP/HTTP）；不设置时不送出。需要附加组件 telemetry。",
        en="Address that takes OpenTelemetry traces (OTLP/HTTP); none are sent when it is not set. Needs the "
        "extra telemetry.",
        pattern=r"^https?://\S+$",
    )
    data_dir: Path = option(
        Path("var"),
        group="data",
        zh="数据文件夹：数据库、附件、密钥和日志都放在这里。",
        en="Data folder: the database, attachments, keys and logs live here.",
    )
    keys_dir: Path | None = option(
        None,
        group="data",
        zh="密钥文件夹；请与数据库分开备份，遗失后密文无法解开。",
        en="Folder of the keys; back it up apart from the database, without it sealed text cannot be opened.",
        shown="<data_dir>/keys",
    )
    secret_key: SecretStr | None = option(
        None,
        group="data",
        zh="登录会话的签名密钥，至少 32 个字符；不设置时自动生成，保存在密钥文件夹。",
        en="Key that signs sessions, at least 32 characters; made and kept in the keys folder when not set.",
        shown="made on the first start",
        min_length=32,
    )
    kms: str = option(
        "",
        group="data",
        zh="外部密钥服务：命令或 http(s) 地址，负责封装和解开密钥文件；不设置时密钥原样存放（权限 0600）。",
        en="Outside key service that closes and opens the key files: a command or an http(s) address. "
        "Not set: keys in files of mode 0600.",
    )
    crypto_suite: Literal["sm", "intl"] = option(
        "sm",
        group="data",
        zh="密码算法套件：sm（SM3、SM4）或 intl（SHA-256、AES-256）。",
        en="Cipher suite: sm (SM3, SM4) or intl (SHA-256, AES-256).",
    )
    backup_dir: Path | None = option(
        None,
        group="data",
        zh="备份文件夹，最好在另一块盘上；设置后数据库的写入随时存到那里，可以恢复到任意时刻。",
        en="Folder of the backups, best on another disk; when set, all writes are kept there as they happen.",
        shown="no backups",
    )
    backup_keep_days: int = option(
        35,
        group="data",
        zh="备份保留天数，1 至 3650；到期该忘掉的信息，最多在备份里再留这么久。",
        en="Days a backup is kept, 1 to 3650: what was forgotten on time lives on in backups no longer.",
        ge=1,
        le=3650,
    )
    max_attachment_mb: int = option(
        20,
        group="data",
        zh="单个附件的上限，单位 MB，1 至 2000。",
        en="Largest attachment in MB, 1 to 2000.",
        ge=1,
        le=2000,
    )
    s3_url: str | None = option(
        None,
        group="data",
        zh="存放附件的 S3 兼容存储的桶地址，形如 https://主机/桶/前缀；不设置时放在数据文件夹。",
        en="Bucket of an S3-compatible store for attachments, https://host/bucket[/prefix]; else a folder.",
        shown="<data_dir>/files",
        pattern=r"^https?://[^/\s?#@]+(/[A-Za-z0-9._-]+)+$",
    )
    s3_region: str = option(
        "us-east-1",
        group="data",
        zh="S3 存储的区域名，签名时使用。",
        en="Region of the S3 store, part of each signature.",
        pattern=r"^[a-z0-9-]{1,40}$",
    )
    s3_access_key: str = option(
        "",
        group="data",
        zh="S3 存储的访问密钥标识，不含空格。",
        en="Access key id of the S3 store, without blanks.",
        pattern=r"^[^\s/]{0,128}$",
    )
    s3_secret_key: SecretStr | None = option(
        None, group="data", zh="S3 存储的访问密钥。", en="Secret access key of the S3 store."
    )
    max_attachments: int = option(
        100,
        group="data",
        zh="一件事项最多有几个附件，1 至 10000。",
        en="Attachments a matter may have, 1 to 10,000.",
        ge=1,
        le=10_000,
    )
    max_image_megapixels: int = option(
        50,
        group="data",
        zh="图片的上限，单位百万像素，所有画面合计，1 至 500；打开一张图片时，每百万像素约用 8 MB 内存。",
        en="Largest image in million pixels, all frames together, 1 to 500; opening one takes 8 MB for each.",
        ge=1,
        le=500,
    )
    max_pdf_pages: int = option(
        2000,
        group="data",
        zh="PDF 附件的页数上限，1 至 100000。",
        en="Pages a PDF may have, 1 to 100,000.",
        ge=1,
        le=100_000,
    )
    scanner: str = option(
        "",
        group="data",
        zh="检查附件有没有病毒的 clamd：unix:/路径 或 主机:端口；不设置时不检查。",
        en="clamd that every attachment is shown to, unix:/path or host:port; none is asked without it.",
        pattern=r"^$|^unix:/\S+$|^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):\d{1,5}$",
    )
    scanner_away: Literal["refuse", "take"] = option(
        "refuse",
        group="data",
        zh="病毒检查程序不在时，附件怎么办：refuse 先不收，请人稍后再传；take 照收。",
        en="What becomes of attachments while the scanner is away: refuse (to be sent again later) or take.",
    )
    max_unpacked_mb: int = option(
        200,
        group="data",
        zh="Word、Excel、PPT 文档和 PDF 对象解开后的上限，单位 MB，1 至 4000。",
        en="MB that an office document, or the objects of a PDF, may unpack to, 1 to 4000.",
        ge=1,
        le=4000,
    )
    database_url: SecretStr | None = option(
        None,
        group="database",
        env="DATABASE_URL",
        zh="已有 PostgreSQL（15 及以上）的属主连接，形如 postgresql://用户:密码@主机/库；不设置时使用自带的数据库。",
        en="Owner's address of a PostgreSQL ≥ 15, postgresql://user:password@host/name; else our own runs.",
        shown="the embedded server",
    )
    replica_url: SecretStr | None = option(
        None,
        group="database",
        zh="只读副本的地址，形如 postgresql://主机/库；搜索和导出读它，角色和密码与网站的相同。",
        en="Address of a read replica, postgresql://host/name; search and export read it, as the site's own "
        "role.",
        shown="everything is read from the main database",
    )
    postgres_dir: Path | None = option(
        None,
        group="database",
        zh="自带数据库的文件夹；用 root 启动时默认在系统的状态目录下。",
        en="Folder of the embedded database; for root it defaults to the system's state directory.",
        shown="<data_dir>/postgres",
    )
    postgres_bin: Path | None = option(
        None,
        group="database",
        zh="PostgreSQL 程序所在的文件夹；不设置时使用随软件安装的程序，其次使用系统的程序。",
        en="Folder of the PostgreSQL programs; else the installed ones are used, then the system's.",
        shown="found by itself",
    )
    app_role: str = option(
        "gantang_app",
        group="database",
        zh="网站连接数据库所用的角色；行级权限对它生效，它不能拥有任何表。",
        en="Database role the site works as; row-level security holds for it, and it owns no table.",
        pattern=r"^[a-z_][a-z0-9_]{0,62}$",
    )
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
    smtp_host: str | None = option(
        None,
        group="mail",
        zh="发送邮件的 SMTP 服务器的主机名或 IP 地址；不设置时不发送邮件。",
        en="Host name or address of the SMTP server that takes our mail; no mail is sent when it is not set.",
        pattern=r"^[^\s/@]+$",
    )
    smtp_port: int = option(
        25,
        group="mail",
        zh="SMTP 服务器的端口，1 至 65535。",
        en="Port of the SMTP server, 1 to 65535.",
        ge=1,
        le=65535,
    )
    smtp_user: str | None = option(
        None,
        group="mail",
        zh="SMTP 登录名；不设置时不登录。",
        en="Name to sign in to the SMTP server; none when not set.",
    )
    smtp_password: SecretStr | None = option(
        None, group="mail", zh="SMTP 登录密码。", en="Password for the SMTP server."
    )
    smtp_security: Literal["none", "starttls", "tls"] = option(
        "none",
        group="mail",
        zh="与 SMTP 服务器连接的加密方式：none、starttls 或 tls。",
        en="How the connection to the SMTP server is secured: none, starttls or tls.",
    )
    mail_from: str = option(
        "gantang@localhost",
        group="mail",
        zh="外发邮件的发件人地址。",
        en="Sender address of outgoing mail.",
        pattern=r"^[^@\s]+@[^@\s]+$",
    )

    sms_url: str | None = option(
        None,
        group="mail",
        zh="短信网关的网址：给只留了手机号的人发通知；不设置时不发短信。约定见“短信通知”。",
        en="Address of the SMS gateway that carries notices to people who left a phone number alone; no SMS "
        "is sent when it is not set. The contract: docs/how-to/sms.md.",
        pattern=r"^https?://[^\s/]+(?:/\S*)?$",
    )
    sms_secret: SecretStr | None = option(
        None,
        group="mail",
        zh="给短信网关的请求签名的密钥，whsec_ 加 base64（至少 24 字节）；没有它不发短信。",
        en="Secret that signs requests to the SMS gateway, whsec_ and base64 of at least 24 bytes; without "
        "it no SMS is sent.",
    )
    webhook_hosts: Annotated[tuple[str, ...], NoDecode] = option(
        (),
        group="mail",
        zh="webhook 还可以送往的内网主机名、IP 地址或网段，用逗号分隔；公网只送 https 地址。",
        en="Hosts, addresses or networks inside that webhooks may go to as well, separated by commas; public "
        "addresses by https always count.",
    )

    @field_validator("sms_secret")
    @classmethod
    def _is_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _SECRET.match(value.get_secret_value()):
            raise ValueError("not whsec_ and base64")
        return value

    @field_validator("bind")
    @classmethod
    def _is_address(cls, value: str) -> str:
        return str(ip_address(value))

    @field_validator("kms")
    @classmethod
    def _can_be_asked(cls, value: str) -> str:
        kms.check(value)
        return value

    @field_validator("database_url", "replica_url")
    @classmethod
    def _is_postgres(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            check_address(value.get_secret_value())
        return value

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        parts = value.split(",") if isinstance(value, str) else value
        hosts = tuple(part.strip() for part in parts if part.strip())
        if not all(_HOST.match(host) for host in hosts):
            raise ValueError("not a host name")
        return hosts

    @field_validator("password_words", mode="before")
    @classmethod
    def _split_words(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        parts = value.replace("，", ",").split(",") if isinstance(value, str) else value
        words = tuple(part.strip() for part in parts if part.strip())
        if any(len(word) < 2 for word in words):
            raise ValueError("a word of one character")
        return words

    @field_validator("webhook_hosts", mode="before")
    @classmethod
    def _split_inside(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        parts = value.split(",") if isinstance(value, str) else value
        hosts = tuple(part.strip() for part in parts if part.strip())
        if not all(_HOST.match(host) or _is_network(host) for host in hosts):
            raise ValueError("neither a host name nor a network")
        return hosts

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _split_networks(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        parts = value.split(",") if isinstance(value, str) else value
        return tuple(str(ip_network(part.strip())) for part in parts if part.strip())

    @field_validator(
        "data_dir",
        "keys_dir",
        "backup_dir",
        "postgres_dir",
        "postgres_bin",
        "packs_dir",
        "fonts_dir",
        "code_schemes",
        "password_list",
    )
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return None if value is None else value.expanduser().absolute()

    @field_validator("data_dir", "keys_dir", "backup_dir", "postgres_dir")
    @classmethod
    def _can_be_folder(cls, value: Path | None) -> Path | None:
        # What this account may not look into is told by whoever makes the folder.
        above = (value, *value.parents) if value else ()
        if any(os.path.exists(place) and not os.path.isdir(place) for place in above):
            raise ValueError("a file stands there")
        return value

    @field_validator("packs_dir", "fonts_dir", "postgres_bin")
    @classmethod
    def _exists(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError("no such folder")
        return value

    @field_validator("code_schemes", "password_list")
    @classmethod
    def _is_file(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError("no such file")
        return value

    @property
    def keys(self) -> Path:
        """The keys folder in force."""
        return self.keys_dir or self.data_dir / "keys"

    @property
    def files(self) -> Path:
        """The folder of the attachments."""
        return self.data_dir / "files"

    @property
    def restored_mark(self) -> Path:
        """The file that is there between a restore and its release."""
        return self.data_dir / "restored.json"

    @property
    def logs(self) -> Path:
        """The folder of the log files."""
        return self.data_dir / "logs"

    @property
    def url(self) -> str:
        """The address under which the site is opened, without a slash at its end."""
        shown = f"[{self.bind}]" if ":" in self.bind else self.bind
        return self.site_url or f"http://{shown}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the web server."""
        return ip_address(self.bind).is_loopback

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then files named by ``…_FILE``; nothing else is read."""
        return init_settings, env_settings, SecretFiles(settings_cls)


@cache
def options() -> Options:
    """The options of this process, read from the environment once."""
    try:
        return Options()
    except ValidationError as error:
        raise OptionError("\n".join(_complaints(error))) from None


def _complaints(error: ValidationError) -> Iterator[str]:
    known = {key: info for info in describe(Options) for key in (info.field, info.name)}
    for problem in error.errors():
        info = known[str(problem["loc"][0])]
        yield info.complaint(info.name if info.secret else f"{info.name}={problem['input']}")


def strangers() -> dict[str, str | None]:
    """Variables with our prefix that no option has, each with the nearest option's name."""
    names = [info.name for info in describe(Options)]
    files = (f"{info.name}_FILE" for info in describe(Options) if info.secret)
    known = {*names, *files, PREFIX + "CHROMIUM"}
    given = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    return {name: next(iter(get_close_matches(name, names, 1)), None) for name in given}


def options_page() -> str:
    """The reference page of all options, in Markdown."""
    lines = ["# Settings (设置)", "", *_PAGE_HEAD, ""]
    for group, (zh, en) in GROUPS.items():
        lines += [f"## {en} ({zh})", "", "| option | kind | default | meaning |", "|---|---|---|---|"]
        for info in describe(Options):
            if info.group == group:
                kind = info.kind.replace("|", "\\|")
                lines.append(f"| `{info.name}` | {kind} | {info.default} | {info.en}<br>{info.zh} |")
        lines.append("")
    return "\n".join(lines)


_PAGE_HEAD = (
    "Options are environment variables, read once at the start.",
    "A value that does not fit stops the start with the sentence given here.",
    "A *secret* may stand in a file: set the same name with `_FILE` behind it to the path of the file.",
    "This page is generated from `gantang.host.options`.",
)
