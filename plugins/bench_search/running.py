"""One size after the other: derive queries, build both indexes by turns, then ask both."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser

from plugins.bench.contents import Contents, Corpus, label_of
from plugins.bench.generators import GONGKAI, Gongkai
from plugins.bench.measuring import measure
from plugins.bench.preparing import BenchError
from plugins.bench.running import Step, take
from plugins.bench_search.asking import (
    OurVisitor,
    PagefindVisitor,
    Visitor,
    first_queries,
    later_queries,
    shared_paths,
)
from plugins.bench_search.engines import PAGEFIND, Ours, Pagefind
from plugins.bench_search.queries import SEED, Query, derive
from plugins.bench_search.results import BARE, Sheet
from plugins.bench_search.texts import read_texts

_LOG = "printed.txt"
_LEAST = 2
"""Queries: a first one and a later one."""


@dataclass
class Yard:
    """Both engines, set up for one content folder, and what they will be asked."""

    contents: Contents
    ours: Ours
    pagefind: Pagefind
    queries: Sequence[Query]
    log: Path


@dataclass
class Bench:
    """Everything that the sizes of one run share; `count` is the number of queries of a kind."""

    project: Path
    work: Path
    pagefind: Path
    chromium: Browser
    corpus: Corpus
    rounds: int
    count: int

    def run(self, size: str) -> Sheet:
        """Everything about one size; its folder is removed at the end.

        Raises:
            BenchError: hardly a query can be derived from the texts.
        """
        with tempfile.TemporaryDirectory(dir=self.work) as folder:
            yard = self._yard(size, Path(folder))
            sheet = Sheet(label_of(size, yard.contents))
            take(sheet.label, list(self._steps(yard, sheet)))
        return sheet

    def _yard(self, size: str, place: Path) -> Yard:
        contents = self.corpus.write(size, place / "content")
        queries = derive(list(read_texts(contents)), self.count)
        if len(queries) < _LEAST:
            raise BenchError("文本太少，问不出什么\n    改法：换一个文本多些的文件夹")
        return Yard(
            contents,
            Ours(self.project, place, contents),
            Pagefind(self.pagefind, place / "pagefind"),
            queries,
            place / _LOG,
        )

    def _steps(self, yard: Yard, sheet: Sheet) -> Iterator[Step]:
        yield "准备", yard.ours.warm_up
        builds = [
            ("从零生成", partial(_build, yard.ours.whole, GONGKAI, yard, sheet)),
            ("从零生成，不含检索", partial(_build, yard.ours.bare, BARE, yard, sheet)),
            (f"{GONGKAI} 建索引", partial(_index_alone, yard, sheet)),
            (f"{PAGEFIND} 建索引", partial(_index, yard, sheet)),
        ]
        for turn in range(self.rounds):
            for name, step in builds if turn % 2 == 0 else reversed(builds):
                yield f"{name}（{turn + 1}/{self.rounds}）", step
        yield "核对", partial(_count, yard, sheet, self.chromium)
        for visitor in (OurVisitor(yard.ours), PagefindVisitor(yard.pagefind)):
            name = visitor.engine.name
            yield f"{name} 首次检索", partial(_first, visitor, yard, sheet, self.chromium)
            yield f"{name} 再次检索", partial(_later, visitor, yard, sheet, self.chromium)


def _build(builder: Gongkai, key: str, yard: Yard, sheet: Sheet) -> None:
    """Build from nothing."""
    builder.forget()
    cost = measure(builder.words(), builder.folder, yard.log)
    sheet.costs.setdefault(key, []).append(cost)


def _index_alone(yard: Yard, sheet: Sheet) -> None:
    """The search's own work, once more."""
    with tempfile.TemporaryDirectory(dir=yard.log.parent) as folder:
        measure(yard.ours.index_alone(Path(folder)), yard.ours.whole.folder, yard.log)
    sheet.indexing.append(float(yard.log.read_text(encoding="utf-8").split()[-1]))


def _index(yard: Yard, sheet: Sheet) -> None:
    """Index the pages that our last build wrote, from nothing: Pagefind knows no other way."""
    pagefind = yard.pagefind
    pagefind.forget()
    if not pagefind.folder.is_dir():
        pagefind.take_pages(yard.ours.folder, yard.contents.ids)
    cost = measure(pagefind.words(), pagefind.folder, yard.log)
    sheet.costs.setdefault(PAGEFIND, []).append(cost)


def _count(yard: Yard, sheet: Sheet, chromium: Browser) -> None:
    """Note the sizes, and what a search page shares with the others."""
    yard.pagefind.make_page()
    for engine in (yard.ours, yard.pagefind):
        sheet.footprints[engine.name], sheet.texts[engine.name] = engine.index(), engine.texts()
    yard.ours.shared = shared_paths(chromium, yard.ours.folder, yard.contents.ids[0])


def _first(visitor: Visitor, yard: Yard, sheet: Sheet, chromium: Browser) -> None:
    sheet.first[visitor.engine.name] = list(first_queries(chromium, visitor, yard.queries))


def _later(visitor: Visitor, yard: Yard, sheet: Sheet, chromium: Browser) -> None:
    """All queries in an order of chance, the same for both."""
    chance = random.Random(SEED)  # noqa: S311  # no secret
    queries = chance.sample(yard.queries, len(yard.queries))
    sheet.later[visitor.engine.name] = later_queries(chromium, visitor, queries)
