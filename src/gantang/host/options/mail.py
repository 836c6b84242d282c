"""How notices leave: mail, the SMS gateway, webhooks."""

import re
from typing import Annotated, Literal

from pydantic import SecretStr, field_validator
from pydantic_settings import NoDecode

from gantang.host.declare import Group, option
from gantang.host.options.checks import is_host, is_network, split

#: A secret of Standard Webhooks: 24 bytes or more.
_SECRET = re.compile(r"^whsec_[A-Za-z0-9+/]{32,}={0,2}$")


class Mail(Group):
    """Mail, SMS and webhooks."""

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

    @field_validator("webhook_hosts", mode="before")
    @classmethod
    def _are_inside(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        hosts = split(value)
        if not all(is_host(host) or is_network(host) for host in hosts):
            raise ValueError("neither a host name nor a network")
        return hosts
