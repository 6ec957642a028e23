"""One build at a time for each output folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Wait until no other build writes this folder, and say so; Windows has no such lock."""
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.with_name(f".{target.name}.lock").open("w") as handle:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415  # not on Windows

            # A record lock: processes forked meanwhile do not inherit it, and cannot outlive it.
            try:
                fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                print(f"另一次生成正在写 {target}，等它结束……", flush=True)
                fcntl.lockf(handle, fcntl.LOCK_EX)
        yield
