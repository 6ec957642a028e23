"""`make html` and `make publish`: run Pelican with this project's settings."""

from __future__ import annotations

import argparse
import gc
import json
import locale
import sys
from pathlib import Path

import pelican
from pelican import signals
from pelican.log import console

from plugins import addresses
from plugins.folders import CACHE, CONF
from plugins.settings import parse_build_date


def html(options: argparse.Namespace) -> int:
    """Build the site for looking at (pelicanconf.py)."""
    return _run(options, str(CONF))


def publish(options: argparse.Namespace) -> int:
    """Build the site for the public (publishconf.py); write down the addresses that are new."""
    conf = Path("publishconf.py")
    return _run(options, str(conf)) or addresses.add_all(options, conf)


def publish_quietly(options: argparse.Namespace, output: Path) -> int:
    """Build the site for the public in another folder; write nothing down."""
    return _run(argparse.Namespace(**{**vars(options), "output": output}), "publishconf.py")


def _run(options: argparse.Namespace, conf: str) -> int:
    content = Path(options.content or "content")
    if not content.is_dir():
        print(
            f"找不到内容文件夹 {content}\n    改法：在项目文件夹里运行，或用 --content 指明",
            file=sys.stderr,
        )
        return 1
    arguments = [
        str(content),
        "-o",
        str(options.output or "output"),
        "-s",
        conf,
    ]
    given = {"CACHE_PATH": str(Path(options.cache or CACHE).absolute())}
    if options.build_date:
        try:
            parse_build_date(options.build_date)
        except ValueError:
            print(
                f"“{options.build_date}”不是日期\n    改法：写成 --build-date 2021-07-15",
                file=sys.stderr,
            )
            return 1
        given["BUILD_DATE"] = options.build_date
    arguments += ["-e", *(f"{name}={json.dumps(value)}" for name, value in given.items())]
    signals.finalized.connect(_hush)
    collects = gc.isenabled()
    gc.disable()  # a build makes few circles, and ends soon: looking for them costs a fifth of it
    was = locale.setlocale(locale.LC_ALL)  # Pelican sets that of the whole process
    try:
        pelican.main(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        locale.setlocale(locale.LC_ALL, was)
        if collects:
            gc.enable()
    return 0


def _hush(_: pelican.Pelican) -> None:
    """Pelican's last line counts articles; we have none and have said our own counts."""
    console.quiet = True
