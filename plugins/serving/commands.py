"""The targets `serve` and `devserver`."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.serving.news import News
from plugins.serving.server import open_server

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from plugins.serving.server import Server

# What the development server watches besides the content folder.
SOURCES = ("themes", "plugins", "pelicanconf.py")

Build = Callable[[], tuple[bool, str]]
"""Builds the site; says whether that went well, and what was printed."""


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
    news = News()
    with suppress(KeyboardInterrupt):
        server = _open(args, news)
        if server is None:
            return 1
        with server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            watched = [path for path in (args.content, *map(Path, SOURCES)) if path.exists()]
            try:
                build_on_change(watched, lambda: run_build(build_command(args)), news)
            finally:
                server.shutdown()
    return 0


def build_on_change(
    paths: Iterable[Path], build: Build, news: News, stop: threading.Event | None = None
) -> None:
    """Build now and after every change under `paths`, and tell the news, until `stop` is set."""
    from watchfiles import watch  # noqa: PLC0415 - `serve` runs on a bare Python

    # The time-out gives a first turn after watching has begun: what is saved during the first
    # build is already seen.
    turns = watch(
        *paths, stop_event=stop, rust_timeout=200, yield_on_timeout=True, raise_interrupt=True
    )
    is_first = True
    for changes in turns:
        if changes or is_first:
            is_first = False
            build_and_tell(build, news)


def build_and_tell(build: Build, news: News) -> None:
    """Build once; a failed build leaves the old site standing."""
    is_good, printed = build()
    if is_good:
        news.built()
    else:
        news.failed(printed)
        print("没有生成成功，浏览器中仍是上一次的网站。改好后会自动重试。", file=sys.stderr)


def build_command(args: argparse.Namespace) -> list[str]:
    """The command line that builds what the development server shows."""
    words = [sys.executable, "-m", "plugins", "html"]
    words += ["--content", str(args.content), "--output", str(args.output)]
    if args.build_date:
        words += ["--build-date", args.build_date]
    return words


def run_build(command: list[str]) -> tuple[bool, str]:
    """Run one build in a process of its own: it always has the newest code.

    Returns whether it went well, and what it printed; the terminal gets that too.
    """
    result = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONUTF8": "1"},
        encoding="utf-8",
        errors="replace",
    )
    print(result.stdout, end="", flush=True)
    return result.returncode == 0, result.stdout


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
