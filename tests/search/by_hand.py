"""The engine over real texts: `python -m tests.search.by_hand FOLDER [COUNT [PIECES]]`.

And its speed: `python -m tests.search.by_hand FOLDER speed COUNT` asks the index of COUNT short
documents made of these texts, and prints what of the browser's processor a query takes.

FOLDER holds plain legal texts, as for `make trial`; COUNT of them are taken, all by default. Asks
240 queries, whose refs, order and scores must be to the bit those of lunr.js over the whole index
that lunr.py makes; and PIECES of two to six characters, each of which must find every text that
holds it. Needs some gigabytes of memory and some minutes: lunr.py's index is large.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from plugins.bench.preparing import corpus_of
from plugins.checking import check_content, settings_from
from plugins.folders import CONF
from plugins.installing import BROWSERS, find_program
from plugins.library import Library
from plugins.search.bundle import numbered
from plugins.search.rows import counts_of
from plugins.settings import END_OF_DAY, Settings
from plugins.trial.converting import convert
from plugins.trial.sources import find_texts, read_source
from plugins.trial.tree import write_tree
from tests.county import ROOT
from tests.search.oracle import COMPARED, FOUND, pieces, questions, whole_index
from tests.search.workbench import made, open_engine

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

QUERIES, PIECES, AT_ONCE, SPREAD = 240, 20_000, 500, 50


def main(corpus: Path, count: int, how_many: int) -> bool:
    """Ask, and print what came of it; whether all is as it must be."""
    with tempfile.TemporaryDirectory() as folder:
        library, settings = read(corpus, count, Path(folder) / "content")
        documents = dict(numbered(library))
        texts = {number: document.body.text for number, document in documents.items()}
        found = made(library, settings, Path(folder))
    whole = whole_index(
        (number, counts_of(document, library)) for number, document in documents.items()
    )
    print(f"{len(documents)} 篇；lunr.py 的索引 {len(whole.encode()) / 1e6:.1f} MB", flush=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_program(*BROWSERS), args=["--no-sandbox"]
        )
        page = open_engine(browser, {**found, "whole.json": whole.encode()})
        titles = [document.record.title for document in documents.values()]
        asked = [*questions(list(texts.values()), QUERIES * 3 // 4)]
        asked += random.Random(3).sample(titles, QUERIES // 4)
        compared = page.evaluate(COMPARED, asked)
        different = [text for text, same, _ in compared if not same]
        results = sum(count for _, _, count in compared)
        print(f"{len(asked)} 次检索，{results} 条结果，不同 {len(different)} 次", different[:3])
        missed = misses(page, texts, list(pieces(texts, how_many)))
        print(f"{how_many} 段文字，漏掉 {len(missed)} 段", missed[:3])
        browser.close()
    return not different and not missed


def speed(corpus: Path, count: int) -> bool:
    """Ask many documents, and print the processor time of a query."""
    with tempfile.TemporaryDirectory() as folder:
        contents = corpus_of(corpus).write(str(count), Path(folder) / "content")
        settings = settings_from(CONF, contents.build_date.isoformat())
        library = check_content(contents.folder, settings).public
        texts = [document.body.text for document in islice(library, 0, None, SPREAD)]
        found = made(library, settings, Path(folder))
    asked = list(questions(texts, QUERIES))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_program(*BROWSERS), args=["--no-sandbox"]
        )
        page = open_engine(browser, found)
        clock = page.context.new_cdp_session(page)
        clock.send("Performance.enable", {"timeDomain": "threadTicks"})
        spent = []
        for text in asked:
            before = _task_seconds(clock)
            page.evaluate(FOUND, [text])
            spent.append((_task_seconds(clock) - before) * 1000)
        browser.close()
    spent.sort()
    middle, high = (spent[len(spent) * share // 100] for share in (50, 95))
    print(
        f"{count} 篇，{len(asked)} 次检索：每次 {middle:.1f} 毫秒（中位），{high:.1f} 毫秒（95%）"
    )
    return True


def _task_seconds(clock: CDPSession) -> float:
    """Processor seconds that the page's thread has worked."""
    metrics = clock.send("Performance.getMetrics")["metrics"]
    return float(next(m["value"] for m in metrics if m["name"] == "TaskDuration"))


def read(corpus: Path, count: int, content: Path) -> tuple[Library, Settings]:
    """So many of the texts, as documents."""
    names, _ = find_texts(corpus)
    taken = random.Random(1).sample(names, min(count or len(names), len(names)))
    converted = convert([read_source(corpus, name) for name in sorted(taken)])
    write_tree(ROOT / "content", converted, content)
    newest = max(text.facts.published for text in converted)
    settings = settings_from(CONF, newest.isoformat())
    settings = replace(settings, now=datetime.combine(newest, END_OF_DAY))
    return check_content(content, settings).public, settings


def misses(
    page: Page, texts: dict[int, str], asked: Sequence[tuple[int, str]]
) -> list[tuple[int, str]]:
    """(number, piece): a text that holds a piece and was not found by it."""
    missed = []
    started = time.perf_counter()
    for start in range(0, len(asked), AT_ONCE):
        some = [piece for _, piece in asked[start : start + AT_ONCE]]
        for piece, answers in zip(some, page.evaluate(FOUND, some), strict=True):
            found = set(answers)
            missed += [(n, piece) for n, text in texts.items() if n not in found and piece in text]
    print(f"{(time.perf_counter() - started) / len(asked) * 1000:.1f} 毫秒一段", flush=True)
    return missed


if __name__ == "__main__":
    folder, *numbers = sys.argv[1:]
    if numbers[:1] == ["speed"]:
        sys.exit(0 if speed(Path(folder), int(numbers[1])) else 1)
    count, how_many = (*map(int, numbers), *(0, PIECES)[len(numbers) :])
    sys.exit(0 if main(Path(folder), count, how_many) else 1)
