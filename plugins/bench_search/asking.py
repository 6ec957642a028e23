"""Both searches asked in Chromium: what they answer, what they load, what the browser works."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from plugins.bench.measuring import RunError
from plugins.bench_search.delivering import Sent, Server, served
from plugins.bench_search.engines import Engine, Ours, Pagefind
from plugins.bench_search.queries import Query
from plugins.bench_search.scores import SHOWN, Loads, Outcome, Part
from plugins.installing import BROWSERS, find_program

_PATIENCE = 120.0
"""Seconds that an answer may take."""
_QUIET = 0.5
"""Results are complete when nothing was sent for so long and they did not change."""
_NOTHING = 3.0
"""So long no result is waited for before there is none."""
_POLL = 100.0
_TRIES = 3
_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Typed by a script: Playwright's own typing would cost the page more than many a search.
_TYPE = """(words) => {
  const field = document.querySelector("main input[name=q]");
  field.value = words;
  field.form.requestSubmit();
}"""
# A page that draws nothing may never be told that it is idle.
_READ = """() => new Promise((done) => requestIdleCallback(() => done({
  links: [...document.querySelectorAll("#results > li")].map((row) => {
    const link = row.querySelector("a");
    return link ? link.pathname : "";
  }),
  text: document.querySelector("main").textContent,
}), { timeout: 1000 }))"""
_PAGEFIND = """async ([words, shown]) => {
  window.engine ??= await import("/pagefind/pagefind.js");
  const { results } = await window.engine.search(words);
  const rows = await Promise.all(results.slice(0, shown).map((row) => row.data()));
  return rows.map((row) => row.url);
}"""


class Visitor(Protocol):
    """Somebody who searches: in a new page for the first time, then again in the same page."""

    @property
    def engine(self) -> Engine:
        """What is asked."""

    def ask(self, page: Page, server: Server, words: str) -> list[str]:
        """Open the search with a query; the paths of the answers shown."""

    def ask_again(self, page: Page, server: Server, words: str) -> list[str]:
        """Type another query."""


@dataclass
class OurVisitor:
    """Sees of our search what everybody sees: its page."""

    engine: Ours

    def ask(self, page: Page, server: Server, words: str) -> list[str]:
        """Open the address of a query."""
        page.goto(f"{server.address}/search/?q={quote(words)}")
        return _settled(page, server)

    def ask_again(self, page: Page, server: Server, words: str) -> list[str]:
        """Type the words over those in the field."""
        page.evaluate(_TYPE, words)
        page.wait_for_timeout(_QUIET * 1000)
        return _settled(page, server)


def _settled(page: Page, server: Server) -> list[str]:
    """Wait until nothing is sent and the results stay as they are."""
    started = time.monotonic()
    before: object = None
    while (waited := time.monotonic() - started) < _PATIENCE:
        page.wait_for_timeout(_POLL)
        if not server.is_quiet_for(_QUIET):
            continue
        shown = page.evaluate(_READ)
        links = cast("list[str]", shown["links"])
        if shown == before and (links or waited >= _NOTHING):
            return links
        before = shown
    raise RunError(f"{page.url}: no result after {_PATIENCE:.0f} s")


@dataclass
class PagefindVisitor:
    """Asks Pagefind by its own interface, and has it load the excerpts of the answers shown."""

    engine: Pagefind

    def ask(self, page: Page, server: Server, words: str) -> list[str]:
        """Load Pagefind and ask."""
        page.goto(f"{server.address}/")
        return self.ask_again(page, server, words)

    def ask_again(self, page: Page, server: Server, words: str) -> list[str]:
        """Ask the Pagefind that is loaded."""
        found = page.evaluate(_PAGEFIND, [words, SHOWN])
        while not server.is_quiet_for(_POLL / 1000):
            page.wait_for_timeout(_POLL)
        return cast("list[str]", found)


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    flags = [*_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=find_program(*BROWSERS), args=flags)
        try:
            yield found
        finally:
            found.close()


def first_queries(
    chromium: Browser, visitor: Visitor, queries: Iterable[Query]
) -> Iterator[Outcome]:
    """Every query as somebody's first: nothing is kept from the one before.

    Raises:
        RunError: there was no answer.
    """
    with served(visitor.engine.folder) as server:
        for query in queries:
            yield _first(chromium, visitor, server, query)


def _first(chromium: Browser, visitor: Visitor, server: Server, query: Query) -> Outcome:
    """One query; a browser that stumbles, as workers in fresh pages may, is asked again."""
    trouble: Exception | None = None
    for _ in range(_TRIES):
        context = chromium.new_context(locale="zh-CN")
        try:
            server.take()
            paths = visitor.ask(context.new_page(), server, query.words)
            loads = loads_of(server.take(), visitor.engine)
            return Outcome(query, ids_of(paths), loads)
        except BrowserError as error:
            trouble = error
        finally:
            context.close()
    raise RunError(f"{visitor.engine.name} “{query.words}”: {trouble}")


@dataclass(frozen=True)
class Session:
    """Later queries of one visitor: what each loaded; processor seconds of one on average."""

    loads: tuple[Loads, ...]
    cpu: float


def later_queries(chromium: Browser, visitor: Visitor, queries: Sequence[Query]) -> Session:
    """One visitor who asks all queries after the first in the same page.

    Raises:
        RunError: there was no answer.
    """
    clock = chromium.new_browser_cdp_session()
    with served(visitor.engine.folder) as server:
        context = chromium.new_context(locale="zh-CN")
        try:
            page = context.new_page()
            visitor.ask(page, server, queries[0].words)
            server.take()
            before = _seconds(clock)
            loads = []
            for query in queries[1:]:
                visitor.ask_again(page, server, query.words)
                loads.append(loads_of(server.take(), visitor.engine))
            after = _seconds(clock)
        except BrowserError as error:
            raise RunError(f"{visitor.engine.name}: {error}") from error
        finally:
            context.close()
    spent = sum(seconds - before.get(process, 0.0) for process, seconds in after.items())
    return Session(tuple(loads), spent / len(loads))


def _seconds(clock: CDPSession) -> dict[int, float]:
    """Processor seconds of each process that runs a page and its workers."""
    processes = clock.send("SystemInfo.getProcessInfo")["processInfo"]
    pages = [row for row in processes if row["type"] == "renderer" and not _is_chrome(row["id"])]
    return {row["id"]: row["cpuTime"] for row in pages}


def _is_chrome(process: int) -> bool:
    """Whether a renderer draws the browser's own bars, which cost more than many a page."""
    try:
        words = Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:  # it has ended, or this is no Linux
        return False
    return b"--top-chrome-webui" in words


def shared_paths(chromium: Browser, site: Path, document_id: str) -> frozenset[str]:
    """What a document's page loads: a search page needs no more of that than any other page."""
    with served(site) as server:
        context = chromium.new_context(locale="zh-CN")
        context.new_page().goto(f"{server.address}/{document_id}/", wait_until="networkidle")
        context.close()
        return frozenset(sent.path for sent in server.take())


def loads_of(sent: Iterable[Sent], engine: Engine) -> Loads:
    """Add up what a query loaded, by what it is for."""
    sizes: Counter[Part] = Counter()
    requests = 0
    for path, size in sent:
        if part := engine.part_of(path):
            sizes[part] += size
            requests += 1
    return Loads(dict(sizes), requests)


def ids_of(paths: Iterable[str]) -> tuple[str, ...]:
    """The documents behind the answers that count."""
    found = [urlsplit(path).path.removesuffix("index.html").strip("/") for path in paths]
    return tuple(found[:SHOWN])
