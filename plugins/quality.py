"""The checks of the code itself: style, types, floor plan, tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

LINT = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports", "--no-logo"),
)


def lint(_args: argparse.Namespace) -> int:
    """Run every check of the code's form: the target `lint`."""
    return run_all(LINT)


def test(args: argparse.Namespace) -> int:
    """Run `lint`, then pytest with `args.extra`: the target `test`.

    pytest is last, so that its closing line is the last of all.
    """
    return run_all((*LINT, ("pytest", *args.extra)))


def run_all(
    steps: Sequence[Sequence[str]], run: Callable[[Sequence[str]], int] | None = None
) -> int:
    """Run every step, also after a failed one; 1 if any failed, else 0."""
    run = run or _run
    failed: list[str] = []
    for step in steps:
        if failed and step is steps[-1]:
            print(f"没有通过 / failed: {'; '.join(failed)}", file=sys.stderr)
        print(f"== {' '.join(step)}", flush=True)
        if run(step) != 0:
            failed.append(" ".join(step))
    return 1 if failed else 0


def _run(step: Sequence[str]) -> int:
    """Run one tool from beside this Python: `.venv` need not be activated."""
    program = Path(sys.executable).with_name(step[0])
    return subprocess.run([program, *step[1:]], check=False).returncode
