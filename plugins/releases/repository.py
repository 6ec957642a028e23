"""What a release asks of git."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from plugins.problems import some
from plugins.releases.problems import ReleaseError


def commit_of(content: Path) -> str:
    """The commit that the working folder is at.

    Raises ReleaseError if it is not at any, differs from it, or does not hold the content.
    """
    top = Path(_git("rev-parse", "--show-toplevel").strip()).resolve()
    if not content.resolve().is_relative_to(top):
        raise ReleaseError(
            f"内容文件夹 {content} 不在 {top} 的版本库里，发布版无法凭提交号重做",
            "把内容放进同一个版本库",
        )
    changed = [line[3:] for line in _git("status", "--porcelain").splitlines()]
    if changed:
        raise ReleaseError(
            f"有没提交的改动：{some(changed)}", "先提交（git add、git commit），再发布"
        )
    return _git("rev-parse", "HEAD").strip()


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """The files of a commit in a temporary folder."""
    with TemporaryDirectory(prefix="gongkai-") as folder:
        place = Path(folder) / "files"
        _git("worktree", "add", "--detach", str(place), commit)
        try:
            yield place
        finally:
            _git("worktree", "remove", "--force", str(place))


def _git(*words: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotePath=false", *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    except FileNotFoundError:
        raise ReleaseError("没有 git", "安装 git，在项目的版本库里运行") from None
    if done.returncode:
        raise ReleaseError(
            f"git {words[0]} 没有成功：{done.stderr.strip()}", "在版本库里运行，核对提交号"
        )
    return done.stdout
