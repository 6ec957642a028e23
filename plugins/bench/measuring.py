"""What one run of a program costs: processor time, wall time and memory of its whole tree."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_METER = Path(__file__).with_name("meter.py")
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
    result = log.with_suffix(".json")
    meter = [sys.executable, "-I", "-S", str(_METER), str(result), str(log)]
    subprocess.run([*meter, *words], cwd=folder, check=True)
    code, cpu, wall, memory = json.loads(result.read_text(encoding="ascii"))
    if code:
        last = log.read_text(encoding="utf-8", errors="replace")[-_TOLD:]
        raise RunError(f"{' '.join(words)} → {code}\n{last}")
    return Cost(cpu, wall, memory)


def middle(costs: Iterable[Cost]) -> Cost:
    """The median of each quantity by itself."""
    found = list(costs)
    return Cost(
        median(cost.cpu for cost in found),
        median(cost.wall for cost in found),
        median(cost.memory for cost in found),
    )
