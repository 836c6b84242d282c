"""Where the site answers, and as what."""

from ipaddress import ip_address, ip_network
from typing import Annotated, Literal

from pydantic import SecretStr, field_validator
from pydantic_settings import NoDecode

from gantang.host.declare import Group, option
from gantang.host.options.checks import is_host, split


class Server(Group):
    """The web server."""

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

    @field_validator("bind")
    @classmethod
    def _is_address(cls, value: str) -> str:
        return str(ip_address(value))

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _are_hosts(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        hosts = split(value)
        if not all(map(is_host, hosts)):
            raise ValueError("not a host name")
        return hosts

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _are_networks(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(ip_network(part)) for part in split(value))

    @property
    def url(self) -> str:
        """The address under which the site is opened, without a slash at its end."""
        shown = f"[{self.bind}]" if ":" in self.bind else self.bind
        return self.site_url or f"http://{shown}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the web server."""
        return ip_address(self.bind).is_loopback
