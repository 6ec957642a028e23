"""The targets `serve` and `devserver`."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from plugins.serving.news import News
from plugins.serving.server import open_server

if TYPE_CHECKING:
    import argparse

    from plugins.serving.server import Server


def serve(args: argparse.Namespace) -> int:
    """Serve the site as built until Ctrl-C: the target `serve`."""
    if not (args.output / "index.html").is_file():
        print(f"{args.output} 里还没有网站，请先执行：python -m plugins html", file=sys.stderr)
        return 1
    with suppress(KeyboardInterrupt):
        server = _open(args)
        if server is None:
            return 1
        with server:
            server.serve_forever()
    return 0


def devserver(args: argparse.Namespace) -> int:
    """Build, serve, and build again on every change until Ctrl-C: the target `devserver`."""
    from plugins.serving.developing import develop  # noqa: PLC0415 - `serve` runs on a bare Python

    news = News()
    with suppress(KeyboardInterrupt):
        server = _open(args, news)
        if server is None:
            return 1
        with server:
            return develop(args, server, news)
    return 0


def _open(args: argparse.Namespace, news: News | None = None) -> Server | None:
    """A listening server, its address printed; None, the reason printed, if it cannot be had."""
    try:
        server = open_server(args.bind, args.port, args.output, news)
    except OSError as error:
        print(
            f"不能监听 {args.bind} 端口 {args.port}：{error}\n可换一个端口，例如：--port 8001",
            file=sys.stderr,
        )
        return None
    print(f"网站在 http://localhost:{server.server_port}/ ，按 Ctrl-C 结束。", flush=True)
    return server
