"""The development server's loop: a resident builder that builds what was saved.

It keeps what it knows between builds, so that one saved file is on the screen at once. When our own
code or the settings file changes, the whole program starts again: what a process has imported
cannot be trusted to be the newest.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import Change, watch

from plugins.building import Builder, Built
from plugins.checking import settings_from, told
from plugins.folders import CONF, THEME, Folders
from plugins.problems import report
from plugins.progress import Progress
from plugins.publishing import ForeignOutputError
from plugins.reading.store import ChangedMeanwhileError

if TYPE_CHECKING:
    import argparse

    from plugins.serving.news import News
    from plugins.serving.server import Server

CODE = Path("plugins")
_STEP, _DEBOUNCE, _TURN = 10, 200, 200
"""Milliseconds: quiet after a change, the longest wait for it, the time between two looks."""

Changes = Iterable[tuple[Change, str]]


class Developer:
    """Builds the site that the server shows, and tells the news."""

    def __init__(self, folders: Folders, news: News, build_date: str = "") -> None:
        self._builder = Builder(folders)
        self._news = news
        self._build_date = build_date
        self._waiting: set[str] | None = None
        """Files of the content that were saved since the last good build; None if not known."""

    def close(self) -> None:
        """Let go of the reading cache."""
        self._builder.close()

    def build(self, changes: Changes = ()) -> None:
        """Build once; whatever goes wrong is shown in the browser and in the terminal."""
        touched = self._touched(changes)
        started = time.perf_counter()
        try:
            settings = settings_from(CONF, self._build_date)
            built = self._builder.build(
                settings,
                Progress(is_terminal=sys.stdout.isatty()),
                touched,
                lambda built: self._tell(built, started),
            )
        except ForeignOutputError:
            self._fail(f"{self._builder.folders.output} 里有不是本程序生成的文件，没有改动它")
        except ChangedMeanwhileError:
            self._waiting = None  # it was saved again: the next turn builds it
        except FileNotFoundError as missing:
            self._waiting = None
            self._fail(f"找不到 {missing.filename or missing.args[0]}")
        except Exception as fault:  # noqa: BLE001 - a template's fault, say: mended, and saved again
            self._waiting = None
            traceback.print_exc()
            self._fail(f"{type(fault).__name__}: {fault}")
        else:
            if built.published:
                self._waiting = set()
                gc.freeze()  # what is known of the site stays: do not look through it for circles
            print(told(built.checked, settings), flush=True)

    def _touched(self, changes: Changes) -> set[str] | None:
        """Which files of the content may have changed; None if more than that may have."""
        content = self._builder.folders.content.resolve()
        for change, path in changes:
            file = Path(path)
            if change is Change.modified and file.is_file() and file.is_relative_to(content):
                if self._waiting is not None:
                    self._waiting.add(file.relative_to(content).as_posix())
            else:
                self._waiting = None
        return self._waiting

    def _tell(self, built: Built, started: float) -> None:
        said = report(built.checked.problems)
        if built.published is None:
            self._fail(said)
            return
        self._news.built()
        if said:
            print(said, file=sys.stderr, flush=True)
        seconds = time.perf_counter() - started
        print(f"重新生成网页 {built.published.rendered} 个，{seconds:.2f} 秒。", flush=True)

    def _fail(self, problem: str) -> None:
        self._news.failed(problem)
        print(
            f"{problem}\n没有生成成功，浏览器中仍是上一次的网站。改好后会自动重试。",
            file=sys.stderr,
            flush=True,
        )


def develop(args: argparse.Namespace, server: Server, news: News) -> int:
    """Serve and build on every change, until the watch ends or the code changes."""
    folders = Folders(args.content, args.output, THEME, args.cache)
    watched = [path for path in (args.content, THEME, CODE, CONF) if path.exists()]
    developer = Developer(folders, news, args.build_date or "")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        ended = build_on_change(watched, developer)
    finally:
        developer.close()
        server.shutdown()
    if ended:
        start_again()
    return 0


def build_on_change(
    paths: Iterable[Path], developer: Developer, stop: threading.Event | None = None
) -> bool:
    """Build now and after every change under `paths`; true as soon as our own code changes."""
    # The time-out gives a first turn after watching has begun: what is saved during the first
    # build is already seen.
    turns = watch(
        *paths,
        stop_event=stop,
        step=_STEP,
        debounce=_DEBOUNCE,
        rust_timeout=_TURN,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    is_first = True
    for changes in turns:
        if any(_is_code(Path(path)) for _, path in changes):
            return True
        if changes or is_first:
            is_first = False
            developer.build(changes)
    return False


def _is_code(path: Path) -> bool:
    return path == CONF.resolve() or (path.suffix == ".py" and path.is_relative_to(CODE.resolve()))


def start_again() -> None:
    """Put a new process in the place of this one: it imports the newest code."""
    print("程序有改动，重新启动……", flush=True)
    os.execv(sys.executable, [sys.executable, "-m", "plugins", *sys.argv[1:]])  # noqa: S606 - a list of words, no shell wanted
