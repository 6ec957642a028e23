"""Work on all cores of the machine."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")


def each(work: Callable[[T], U], items: Sequence[T], worth: int) -> Iterator[U]:
    """The work done for every item, in order; on all cores from `worth` items on.

    Work, items and results travel between processes: they must be such as pickle takes.
    """
    workers = min(os.cpu_count() or 1, len(items))
    if workers < 2 or len(items) < worth:  # noqa: PLR2004  # one does it itself
        yield from map(work, items)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # seldom wanted

    with ProcessPoolExecutor(workers, initializer=_end_with_parent) as pool:
        yield from pool.map(work, items, chunksize=max(1, min(32, len(items) // (4 * workers))))


def _end_with_parent() -> None:
    """A worker whose build was killed must not wait for work for ever."""
    import multiprocessing  # noqa: PLC0415  # only workers want it

    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
