"""The site as a server has to know it: its address, its folder, what became of old addresses."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

REDIRECTS = "redirects.json"
"""What the site says of addresses that moved or were taken down (`plugins.moved`)."""
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")
_BASE = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")
_PATH = re.compile(r"[^\s\"'`{}$;#\\]+")
"""Paths that mean themselves in both configurations."""
_IPV4 = re.compile(r"[0-9.]+")
_PLAIN = "/:?#[]@!&'()*+,=%~"
"""Left as they are in a target. What a configuration would read as its own is percent-encoded."""


class OriginError(Exception):
    """The configuration cannot be written as it was asked for; the message says why, in Chinese."""


@dataclass(frozen=True)
class Moved:
    """An address, with the base path, that leads elsewhere."""

    source: str
    target: str


@dataclass(frozen=True)
class Gone:
    """An address, with the base path, that was taken down; `page` is the file that says why."""

    source: str
    page: str


@dataclass(frozen=True, kw_only=True)
class Site:
    """All that a configuration is made from."""

    host: str
    base: str
    root: str
    certificate: str
    key: str
    brotli: bool = False
    moved: tuple[Moved, ...] = ()
    gone: tuple[Gone, ...] = ()


def address_of(url: str) -> tuple[str, str]:
    """Host and base path of the site's address.

    Raises:
        OriginError: it is none that a server can be configured for.
    """
    parts = urlsplit(url)
    host, base = parts.netloc.lower(), parts.path.rstrip("/")
    is_named = _HOST.fullmatch(host) and not _IPV4.fullmatch(host)
    if parts.scheme != "https" or not is_named or not _BASE.fullmatch(base):
        raise OriginError(
            f"“{url}”不能用作网站的网址\n"
            "    改法：写成 https://www.example.gov.cn/zwgk 的样子，用域名，不用 IP 地址，不带端口"
        )
    return host, base


def plain_path(name: str, path: str) -> str:
    """A path on the server, made absolute by whoever gave it.

    Raises:
        OriginError: it is not absolute, or has a character that a configuration would misread.
    """
    if not path.startswith("/") or not _PATH.fullmatch(path):
        raise OriginError(
            f"{name}“{path}”写法不对\n"
            "    改法：写服务器上从 / 开始的完整路径，不要有空格、引号、花括号、$、; 和 #"
        )
    return path.rstrip("/") or "/"


def whereabouts(output: Path, base: str) -> tuple[tuple[Moved, ...], tuple[Gone, ...]]:
    """What the built site says of old addresses.

    Raises:
        OriginError: there is no site, or it was built for another base path.
    """
    try:
        rows = json.loads((output / REDIRECTS).read_bytes())["redirects"]
    except FileNotFoundError:
        raise OriginError(
            f"{output} 里没有 {REDIRECTS}\n    改法：先执行 python -m plugins publish"
        ) from None
    for row in rows:
        if not row["from"].startswith(f"{base}/"):
            raise OriginError(
                f"{output} 是按另一个网址生成的：“{row['from']}”不在 {base}/ 下面\n"
                "    改法：核对 publishconf.py 里的 SITEURL，重新执行 python -m plugins publish"
            )
    moved = tuple(Moved(row["from"], safe(row["to"])) for row in rows if row["status"] != _GONE)
    gone = tuple(_gone(row["from"], base) for row in rows if row["status"] == _GONE)
    return moved, gone


_GONE = 410


def _gone(source: str, base: str) -> Gone:
    page = source.removeprefix(base)
    return Gone(source, f"{page}index.html" if page.endswith("/") else page)


def safe(target: str) -> str:
    """The same address, without any character that means something to nginx or Caddy."""
    return quote(target, safe=_PLAIN)
