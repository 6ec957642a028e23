"""What one run of a program costs: processor time, wall time and memory of its whole tree."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_TOLD = 2000
"""So many of the last characters that a failed program printed are told."""


class RunError(Exception):
    """A program that was to be measured failed; the message has its last words."""


@dataclass(frozen=True)
class Cost:
    """Seconds of processor time and of the clock; bytes of the largest process."""

    cpu: float
    wall: float
    memory: float


def measure(words: Sequence[str], folder: Path, log: Path) -> Cost:
    """Run a program to its end. Children count, as far as they are waited for.

    Raises:
        RunError: it did not exit with 0.
    """
    with log.open("wb") as printed:
        started = time.perf_counter()
        process = subprocess.Popen(
            words, cwd=folder, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)  # it was waited for behind its back
    if process.returncode:
        last = log.read_text(encoding="utf-8", errors="replace")[-_TOLD:]
        raise RunError(f"{' '.join(words)} → {process.returncode}\n{last}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * _MAXRSS_UNIT)


_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


def middle(costs: Iterable[Cost]) -> Cost:
    """The median of each quantity by itself."""
    found = list(costs)
    return Cost(
        median(cost.cpu for cost in found),
        median(cost.wall for cost in found),
        median(cost.memory for cost in found),
    )
