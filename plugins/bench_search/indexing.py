"""Processor seconds of our index alone: `python -m plugins.bench_search.indexing CONTENT DATE OUT`.

All that the search does in a build from nothing, in a process of its own: terms of every document
counted, files of terms, rows, facets and parts made and written. What the build does for all
features, reading and checking the content, is done before and not counted.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.checking import check_content, settings_from
from plugins.folders import CONF
from plugins.memory import Derivations
from plugins.publishing.publish import put_in_place
from plugins.publishing.shelving import BundleShelf
from plugins.search import FOLDER
from plugins.search.bundle import bundle
from plugins.tracing import traced


def indexed(content: Path, build_date: str, out: Path) -> float:
    """Write the index of a content folder into a new folder; seconds of the processor."""
    settings = settings_from(CONF, build_date)
    library = check_content(content, settings).public
    with _counted() as spent, traced():
        derivations = Derivations({}, frozenset(), settings.now)
        shelf = BundleShelf(out / "shelf", FOLDER, derivations, library, settings)
        for name, file in bundle(library, settings, shelf).items():
            put_in_place(f"{out}/{FOLDER}/{name}", file.read())
    return spent[0]


@contextmanager
def _counted() -> Iterator[list[float]]:
    """What of the processor the block takes, user and system; as in a build, without `gc`."""
    spent = [0.0]
    gc.disable()
    before = time.process_time()
    yield spent
    spent[0] = time.process_time() - before
    gc.enable()


if __name__ == "__main__":
    folder, date, target = sys.argv[1:]
    print(indexed(Path(folder), date, Path(target)))
