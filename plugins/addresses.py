"""`make addresses`: the addresses that citizens have seen are written down, so that none is lost.

`content/addresses.txt` belongs to the content and is kept in its repository. The check asks every
time whether all that stands there still leads somewhere (`library/addresses.py`). `make publish`
adds what is new at its end; so does this command.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from plugins.checking import Checked, clock, looked_at, told, unusable
from plugins.folders import CONF, write_whole
from plugins.problems import report
from plugins.reading.names import ADDRESSES, SHOWN
from plugins.records.office import listed
from plugins.settings import Settings

HEAD = """\
# 公开过的全部文件网址，一行一个，由程序在正式发布（publish）时添加。
# 不要手工删改：文件移走或撤下的，在 redirects.yaml 里写明去向。
"""


def command(options: argparse.Namespace) -> int:
    """Check the content, and add the addresses of all that is public; exit code 1 on errors."""
    return add_all(options, CONF)


def add_all(options: argparse.Namespace, conf: Path) -> int:
    """The same with another file of settings."""
    looked = looked_at(options, conf)
    if looked is None:
        return 1
    checked, settings = looked
    if checked.errors:
        print(report(checked.errors), file=sys.stderr)
        print(told(checked, settings))
        return 1
    try:
        new = add(checked, settings, options.content)
    except OSError as fault:
        print(unusable(fault), file=sys.stderr)
        return 1
    if new:
        print(f"新公开的网址 {len(new)} 个，已记入 {SHOWN}/{ADDRESSES}：请把这个文件一并提交。")
    return 0


def add(checked: Checked, settings: Settings, content: Path) -> list[str]:
    """Add to the list what is public, and was not listed; the new addresses.

    What a build for a day ahead shows is not public yet: the clock decides.
    """
    now = clock()
    seen = settings if settings.now <= now else replace(settings, now=now)
    known = {address for _, address in listed(checked.everything.addresses)}
    public = {document.url for document in checked.everything.public(seen)}
    new = sorted(public - known)
    if new:
        text = HEAD + "".join(f"{address}\n" for address in sorted(known | public))
        write_whole(content / ADDRESSES, text.encode())
    return new
