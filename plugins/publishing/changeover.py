"""Put one folder in the place of another, so that no moment shows half of each."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_CWD = -100
_EXCHANGE = 2


def change_over(new: Path, target: Path) -> None:
    """`new` takes the place of `target`; what was there is gone afterwards.

    On Linux the two are exchanged in one system call. Elsewhere there are two renames, and
    `restore` mends what a kill between them leaves.
    """
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        aside = _aside(target)
        shutil.rmtree(aside, ignore_errors=True)
        target.rename(aside)
        new.rename(target)
        shutil.rmtree(aside, ignore_errors=True)


def restore(target: Path) -> None:
    """Bring the old folder back if a change-over by two renames was cut in the middle."""
    aside = _aside(target)
    if aside.is_dir() and not target.exists():
        aside.rename(target)


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _exchange(first: Path, second: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done: int = rename(_AT_CWD, os.fsencode(first), _AT_CWD, os.fsencode(second), _EXCHANGE)
    return done == 0


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Wait until no other build writes this target; then mend what an earlier one left."""
    lock = target.with_name(f".{target.name}.lock")
    with lock.open("w") as handle:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415  # not on Windows

            fcntl.flock(handle, fcntl.LOCK_EX)
        restore(target)
        yield
