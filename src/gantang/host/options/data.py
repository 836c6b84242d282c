"""Where data, keys, attachments and backups lie, and how large what people send may be."""

from pathlib import Path
from typing import Literal

from pydantic import SecretStr, field_validator

from gantang.host import kms
from gantang.host.declare import Group, option
from gantang.host.options.checks import absolute, can_be_folder


class Data(Group):
    """Data and keys."""

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

    @field_validator("kms")
    @classmethod
    def _can_be_asked(cls, value: str) -> str:
        kms.check(value)
        return value

    _data_absolute = field_validator("data_dir", "keys_dir", "backup_dir")(absolute)
    _data_can_be_folder = field_validator("data_dir", "keys_dir", "backup_dir")(can_be_folder)

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
