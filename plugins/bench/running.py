"""One size after the other: set up, build once unmeasured, then measure in rounds, then live."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from plugins.bench.cases import BASE, CASES, LIVE, STOCK_LIMIT, Case, Yard
from plugins.bench.contents import Corpus, label_of
from plugins.bench.generators import Generator, Gongkai, Hugo, StockPelican
from plugins.bench.live import save_to_browser
from plugins.bench.measuring import RunError, measure
from plugins.bench.results import Sheet, size_of

SAVES = 5
_LOG = "printed.txt"

Step = tuple[str, Callable[[], None]]


@dataclass
class Bench:
    """Everything that the sizes of one run share."""

    project: Path
    work: Path
    hugo: Path
    corpus: Corpus
    chosen: set[str]
    rounds: int

    def run(self, size: str) -> Sheet:
        """Everything about one size; its folder is removed at the end."""
        with tempfile.TemporaryDirectory(dir=self.work) as folder:
            yard = self._yard(size, Path(folder))
            sheet = Sheet(yard.label)
            take(yard.label, list(self._steps(yard, sheet, Path(folder) / _LOG)))
        return sheet

    def _yard(self, size: str, place: Path) -> Yard:
        contents = self.corpus.write(size, place / "content")
        wants_pelican = any(key.startswith("pelican") for key in self.chosen)
        return Yard(
            label=label_of(size, contents),
            contents=contents,
            hugo=Hugo(self.hugo, place, contents),
            gongkai=Gongkai(self.project, place, contents),
            pelican=StockPelican(Path(sys.executable), place, contents)
            if wants_pelican and len(contents.ids) <= STOCK_LIMIT
            else None,
        )

    def _steps(self, yard: Yard, sheet: Sheet, log: Path) -> Iterator[Step]:
        """The first builds warm up what is cold only once, and show how much is written."""
        cases = [BASE, *(case for case in CASES if case.key in self.chosen)]
        cases = [case for case in cases if case.builder in yard.generators]
        for name in dict.fromkeys(case.builder for case in cases):
            yield f"{name} 首次", partial(_first, yard.generators[name], yard, sheet, log)
        for turn in range(self.rounds):
            for case in cases if turn % 2 == 0 else reversed(cases):
                name = f"{case.label}（{turn + 1}/{self.rounds}）"
                yield name, partial(_measure, case, yard, sheet, log)
        if LIVE in self.chosen:
            for server in (yard.gongkai, yard.hugo):
                yield f"{server.name} 保存到浏览器", partial(_live, server, yard, sheet, log)


def _first(generator: Generator, yard: Yard, sheet: Sheet, log: Path) -> None:
    measure(generator.words(), generator.folder, log)
    sheet.sizes[generator.name] = size_of(generator.output, yard.contents.ids)


def _measure(case: Case, yard: Yard, sheet: Sheet, log: Path) -> None:
    case.prepare(yard)
    generator = yard.generators[case.builder]
    cost = measure(generator.words(), generator.folder, log)
    sheet.costs.setdefault(case.key, []).append(cost)


def _live(server: Gongkai | Hugo, yard: Yard, sheet: Sheet, log: Path) -> None:
    """Measure saving; a server that fails costs its own row, and not all that was measured."""
    turns = [yard.next_turn() for _ in range(SAVES)]
    try:
        sheet.live[server.name] = save_to_browser(
            server.server_words, server.folder, yard.contents, turns, log
        )
    except RunError as error:
        print(error, file=sys.stderr)


def take(label: str, steps: Sequence[Step]) -> None:
    """Take the steps; show a bar on a terminal, plain lines elsewhere."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(label, total=len(steps))
        for name, step in steps:
            progress.update(task, description=f"{label}：{name}")
            if not console.is_terminal:
                print(f"{label}：{name}", file=sys.stderr, flush=True)
            step()
            progress.advance(task)
