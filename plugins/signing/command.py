"""The two targets, and what they print."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from pyhanko.keys import load_certs_from_pemder

from plugins.folders import write_whole
from plugins.library import PDF, SIGNED
from plugins.records import Issue
from plugins.settings import BEIJING
from plugins.signing.keys import signer_of, timestamper_of
from plugins.signing.problems import SigningError
from plugins.signing.sealing import sealed
from plugins.signing.verifying import Verdict, verdict

SOUND, BROKEN, UNKNOWN = 0, 1, 3
"""Exit codes of `verify`; 2 is a wrong command line."""


def sign(args: argparse.Namespace) -> int:
    """Sign the PDF of issue `args.issue`: the target `sign`."""
    try:
        file = _signed(args)
    except SigningError as fault:
        print(fault, file=sys.stderr)
        return 1
    print(
        f"已签章：{file}\n请用 make verify FILE={file} 核对，再提交到版本库："
        "它不能再生成第二次。\n下一次 make publish 时一并公布。"
    )
    return 0


def _signed(args: argparse.Namespace) -> Path:
    folder: Path = args.content / Issue.folder
    source, target = folder / f"{args.issue}{PDF}", folder / f"{args.issue}{SIGNED}"
    if target.exists() and not args.force:
        raise SigningError(f"{target} 已经有了，没有改动它", "确要重签，加 --force")
    if not source.is_file():
        raise SigningError(f"{source} 还没有定版", "核对期号；先运行 make freeze，再签章")
    authority = timestamper_of(os.environ)
    data = sealed(source.read_bytes(), signer_of(os.environ), args.seal, authority)
    write_whole(target, data)
    return target


def verify(args: argparse.Namespace) -> int:
    """Say what the signature of `args.file` is worth: the target `verify`."""
    try:
        data = args.file.read_bytes()
        roots = list(load_certs_from_pemder([str(args.roots)])) if args.roots else []
    except (OSError, ValueError) as fault:
        print(f"打不开：{fault}\n    改法：核对文件", file=sys.stderr)
        return BROKEN
    found = verdict(data, roots)
    if found is None:
        print(f"{args.file} 里没有签章，或者不是完好的 PDF。")
        return BROKEN
    print(told(found))
    if not (found.intact and found.valid):
        return BROKEN
    return SOUND if found.trusted else UNKNOWN


def told(found: Verdict) -> str:
    """A verdict in words."""
    moment = found.moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S") if found.moment else ""
    lines = [
        f"文件：{found.title}",
        f"签章：{found.signer}",
        f"时间：{moment or '读不出来'}（{'时间戳' if found.stamped else '签章人自己写明'}）",
        f"内容：{'签章以后没有改动' if found.intact else '签章以后被改动过，不能采信'}",
        f"签名：{'有效' if found.valid else '无效'}",
        f"证书：{'可信' if found.trusted else '没有核对到受信任的机构，用 --roots 指明其证书'}",
    ]
    return "\n".join(lines)
