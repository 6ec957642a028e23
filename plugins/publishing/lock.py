"""One build at a time for each output folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Wait until no other build writes this folder, and say so; Windows has no such lock."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.with_name(f".{target.name}.lock").open("w") as handle:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415  # not on Windows

            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print(f"另一次生成正在写 {target}，等它结束……", flush=True)
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield
