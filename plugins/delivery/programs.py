"""The programs that do the work, and how they are called."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from plugins.delivery.problems import DeliveryError

_LINES = 8
"""How much of what a failed program says is passed on."""


def find(name: str) -> str | None:
    """The path of a program: in the folder of this Python, as `.venv/bin` is, or on PATH."""
    beside = shutil.which(name, path=str(Path(sys.executable).parent))
    return beside or shutil.which(name)


class Rclone:
    """rclone, told by the environment alone where it goes and by which key."""

    def __init__(self) -> None:
        found = find("rclone")
        if found is None:
            raise DeliveryError(
                "找不到 rclone", "运行 make setup ARGS=deploy，或安装 rclone 1.75 以上"
            )
        # Without a name of its own the settings file is empty: keys never lie in a home folder.
        self._environment = {"RCLONE_CONFIG": "", **os.environ}
        self._program = found

    def __call__(self, *words: str) -> str:
        """What rclone prints. Raises DeliveryError if it fails."""
        done = self._run(words)
        if done.returncode != 0:
            raise DeliveryError(
                f"rclone {words[0]} 没有成功：\n{_end(done.stderr)}",
                "核对目标、密钥（环境变量 RCLONE_CONFIG_名称_…）和网络，再执行一次：已传的不会重传",
            )
        return done.stdout

    def answer(self, *words: str) -> tuple[int, str]:
        """Exit code and output, where a failure is an answer too."""
        done = self._run(words)
        return done.returncode, done.stdout or _end(done.stderr)

    def _run(self, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self._program, *words],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            env=self._environment,
        )


def _end(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-_LINES:])
