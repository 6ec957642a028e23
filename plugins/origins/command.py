"""The target `origin`: writes the configuration of the server that citizens or the CDN reach."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.folders import write_whole
from plugins.origins import caddy, nginx
from plugins.origins.site import OriginError, Site, address_of, plain_path, whereabouts

if TYPE_CHECKING:
    import argparse

WRITERS = {"nginx": nginx.configuration, "caddy": caddy.configuration}
NAMES = {"nginx": "gongkai.conf", "caddy": "Caddyfile"}
PUBLIC_CONF = Path("publishconf.py")


def command(args: argparse.Namespace) -> int:
    """Write the configuration that the options ask for; nothing is written where one is wrong."""
    try:
        site = site_of(args)
        text = WRITERS[args.server](site)
        target = args.config or Path("origin") / NAMES[args.server]
        _write(target, text)
    except OriginError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    except OSError as fault:
        print(
            f"“{fault.filename}”不能读写：{fault.strerror}\n"
            "    改法：用 --config 换一个能写的地方，例如 --config gongkai.conf",
            file=sys.stderr,
        )
        return 1
    print(
        f"写好了 {target}：https://{site.host}{site.base}/，"
        f"移走 {len(site.moved)} 个、撤下 {len(site.gone)} 个网址。"
    )
    return 0


def site_of(args: argparse.Namespace) -> Site:
    """The site that the options describe.

    Raises:
        OriginError: an option is wrong, or there is no site.
    """
    host, base = address_of(args.site or _public_address())
    moved, gone = whereabouts(args.output, base)
    folder = f"/etc/ssl/{host}"
    return Site(
        host=host,
        base=base,
        root=plain_path("网站文件夹", args.root),
        certificate=plain_path("证书文件", args.certificate or f"{folder}/fullchain.pem"),
        key=plain_path("私钥文件", args.key or f"{folder}/privkey.pem"),
        brotli=args.brotli,
        moved=moved,
        gone=gone,
    )


def _public_address() -> str:
    """SITEURL of publishconf.py.

    Raises:
        OriginError: there is none.
    """
    try:
        url = str(runpy.run_path(str(PUBLIC_CONF)).get("SITEURL") or "")
    except FileNotFoundError:
        url = ""
    if not url:
        raise OriginError(
            f"不知道网站的网址：{PUBLIC_CONF} 里没有 SITEURL\n"
            "    改法：在项目文件夹里运行，或用 --site https://www.example.gov.cn/zwgk 指明"
        )
    return url


def _write(target: Path, text: str) -> None:
    """Put the file in its place in one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, text.encode())
