"""`make bench-search`: our search and Pagefind asked the same, and the ratios printed."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Error as BrowserError

from plugins.bench.measuring import RunError
from plugins.bench.preparing import (
    PROJECT,
    BenchError,
    corpus_of,
    sizes_of,
    surroundings,
    work_folder,
)
from plugins.bench_search import results
from plugins.bench_search.asking import browser
from plugins.bench_search.results import Sheet
from plugins.bench_search.running import Bench

REPORT = Path("docs/bench-search.md")
_PACKAGE = "pagefind_bin_extended"


def command(options: argparse.Namespace) -> int:
    """Run the bench; exit code 0 if both engines did their work."""
    try:
        sizes = sizes_of(options.sizes)
        corpus = corpus_of(Path(options.corpus))
        pagefind = pagefind_program()
        folder = work_folder(options.work)
        with (
            tempfile.TemporaryDirectory(prefix="gongkai-bench-search-", dir=folder) as work,
            browser() as chromium,
        ):
            bench = Bench(
                PROJECT.resolve(),
                Path(work),
                pagefind,
                chromium,
                corpus,
                options.rounds,
                options.queries,
            )
            sheets: list[Sheet] = []
            for size in sizes:
                sheets.append(bench.run(size))
                _report(sheets, chromium.version, is_written=options.write)
    except (BenchError, RunError) as error:
        print(error, file=sys.stderr)
        return 1
    except BrowserError as error:
        print(
            f"浏览器没有启动：{error}\n    改法：执行 python -m plugins setup bench",
            file=sys.stderr,
        )
        return 1
    return 0


def _report(sheets: Sequence[Sheet], chromium: str, *, is_written: bool) -> None:
    """Say what was measured so far: a size takes long, and what stands is not lost."""
    around = surroundings({"Pagefind": version(_PACKAGE), "Chromium": chromium})
    print("\n".join(results.tables(sheets[-1:], around)))
    if is_written:
        REPORT.write_text(results.document(sheets, around), encoding="utf-8")
        print(f"\n已写入 {REPORT}")


def pagefind_program() -> Path:
    """The program inside the wheel.

    Raises:
        BenchError: it is not installed.
    """
    found = find_spec(_PACKAGE)
    folders = list(found.submodule_search_locations or ()) if found else []
    if not folders:
        raise BenchError("没有 Pagefind\n    改法：执行 python -m plugins setup bench")
    return Path(folders[0]) / "pagefind_extended"
