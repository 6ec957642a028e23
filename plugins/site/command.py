"""`make html` and `make publish`: run Pelican with this project's settings."""

from __future__ import annotations

import argparse
import json

import pelican

from plugins.settings import parse_build_date


def html(options: argparse.Namespace) -> int:
    """Build the site for looking at (pelicanconf.py)."""
    return _run(options, "pelicanconf.py")


def publish(options: argparse.Namespace) -> int:
    """Build the site for the public (publishconf.py)."""
    return _run(options, "publishconf.py")


def _run(options: argparse.Namespace, conf: str) -> int:
    arguments = [
        str(options.content or "content"),
        "-o",
        str(options.output or "output"),
        "-s",
        conf,
    ]
    if options.build_date:
        try:
            parse_build_date(options.build_date)
        except ValueError:
            print(f"“{options.build_date}”不是日期\n    改法：写成 --build-date 2021-07-15")
            return 1
        arguments += ["-e", f"BUILD_DATE={json.dumps(options.build_date)}"]
    try:
        pelican.main(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    return 0
