"""From saving a file to the new text in the browser, with each generator's development server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median

from plugins.bench.contents import Contents
from plugins.bench.edits import edit_body, mark
from plugins.bench.measuring import RunError

START = 1200.0
"""Seconds that a server may take until its first page."""
PATIENCE = 300.0
"""Seconds that a saved text may take to the page."""
_POLL = 0.01
_QUIET_FOR = 1.0
_QUIET_CPU = 0.05
"""A server is idle when a second costs it less than this."""
_FAREWELL = 15.0


@dataclass(frozen=True)
class Live:
    """Seconds from saving to the page, and processor seconds per save; both are medians."""

    wall: float
    cpu: float


def save_to_browser(
    words: Callable[[int], Sequence[str]],
    folder: Path,
    contents: Contents,
    turns: Sequence[int],
    log: Path,
) -> Live:
    """Save once for each turn and wait for the page; `words` makes the command line for a port.

    Raises:
        RunError: the server did not start, or a saved text never came.
    """
    port = _free_port()
    with _running(words(port), folder, log) as server:
        first = _documents(contents, turns)[0]
        _wait_for(server, port, first, "", START)
        saves = [
            _save(server, port, contents, document_id, turn)
            for document_id, turn in zip(_documents(contents, turns), turns, strict=True)
        ]
    return Live(median(save.wall for save in saves), median(save.cpu for save in saves))


def _documents(contents: Contents, turns: Sequence[int]) -> list[str]:
    """A document for each turn, spread over all."""
    return [
        contents.ids[len(contents.ids) * (n + 1) // (len(turns) + 1)] for n in range(len(turns))
    ]


def _save(
    server: subprocess.Popen[bytes], port: int, contents: Contents, document_id: str, turn: int
) -> Live:
    _settle(server.pid)
    _page(port, document_id)  # the editor has the page open
    before = tree_cpu(server.pid)
    started = time.perf_counter()
    edit_body(contents.file(document_id), turn)
    _wait_for(server, port, document_id, mark(turn), PATIENCE)
    wall = time.perf_counter() - started
    _settle(server.pid)
    return Live(wall, tree_cpu(server.pid) - before)


def _wait_for(
    server: subprocess.Popen[bytes], port: int, document_id: str, text: str, seconds: float
) -> None:
    """Ask for a page until it is there and holds the text."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        page = _page(port, document_id)
        if page and text in page:
            return
        if server.poll() is not None:
            raise RunError(f"{server.args!r} → {server.returncode}")
        time.sleep(_POLL)
    raise RunError(f"{document_id}: {text or 'no page'} after {seconds:.0f} s")


def _page(port: int, document_id: str) -> str:
    """The page of a document, or an empty text while there is none."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", f"/{document_id}/")
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", errors="replace")
    except (OSError, HTTPException):
        return ""
    finally:
        connection.close()
    return body if answer.status == 200 else ""  # noqa: PLR2004  # OK


def _settle(pid: int) -> None:
    """Wait until the server has nothing more to do, at most for `PATIENCE`."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        before = tree_cpu(pid)
        time.sleep(_QUIET_FOR)
        if tree_cpu(pid) - before < _QUIET_CPU:
            return


@contextmanager
def _running(words: Sequence[str], folder: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a session of its own, of which nothing is left at the end."""
    with log.open("wb") as printed:
        server = subprocess.Popen(
            words,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield server
        finally:
            server.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                server.wait(_FAREWELL)
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def tree_cpu(pid: int) -> float:
    """Processor seconds of a process and all below it, ended ones included; 0 without `/proc`."""
    times: dict[int, float] = {}
    children: dict[int, list[int]] = defaultdict(list)
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            process = int(path.parent.name)
            times[process] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
            children[int(fields[1])].append(process)
    waiting, total = [pid], 0.0
    while waiting:
        process = waiting.pop()
        total += times.get(process, 0.0)
        waiting += children[process]
    return total
