"""Removes what building made, and nothing that it did not make."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

MARKER = ".gongkai"
"""The file by which a build marks its output folder as its own."""


def command(args: argparse.Namespace) -> int:
    """Remove `args.output` and the cache, or refuse: the target `clean`."""
    if not may_remove(args.output):
        print(
            f"没有删除：{args.output} 里没有 {MARKER} 标记，看来不是本程序生成的目录。"
            "请核对目录；确要删除，请手工删除。",
            file=sys.stderr,
        )
        return 1
    for folder in (args.output, Path(".cache")):
        if folder.is_dir():
            shutil.rmtree(folder)
            print(f"已删除 {folder}")
    return 0


def may_remove(folder: Path) -> bool:
    """Whether `folder` is absent, empty, or marked as made by a build."""
    if not folder.exists():
        return True
    if folder.is_symlink() or not folder.is_dir():
        return False
    return (folder / MARKER).is_file() or not any(folder.iterdir())
