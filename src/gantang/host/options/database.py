"""Which PostgreSQL, and as whom."""

from pathlib import Path

from pydantic import SecretStr, field_validator

from gantang.host.address import check_address
from gantang.host.declare import Group, option
from gantang.host.options.checks import absolute, can_be_folder, is_folder


class Database(Group):
    """The database."""

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

    @field_validator("database_url", "replica_url")
    @classmethod
    def _is_postgres(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            check_address(value.get_secret_value())
        return value

    _database_absolute = field_validator("postgres_dir", "postgres_bin")(absolute)
    _database_can_be_folder = field_validator("postgres_dir")(can_be_folder)
    _database_is_folder = field_validator("postgres_bin")(is_folder)
