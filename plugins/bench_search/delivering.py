"""A server of one folder that compresses as production does, and notes all that it sends.

What is noted here, and not in the browser, is all that crosses the network, whoever asked for it: a
page, a worker, or the browser itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import brotli  # type: ignore[import-untyped]

from plugins.serving.server import answer, is_text

QUALITY = 11
"""Of Brotli: what a server compresses beforehand."""
_KEPT_FOR = "max-age=3600"


class Sent(NamedTuple):
    """One answer: the path that was asked for, and the bytes of its body as sent."""

    path: str
    bytes: int


class Server(ThreadingHTTPServer):
    """Serves `folder` to one visitor at a time; `take` tells what was sent since the last time."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._sent: list[Sent] = []
        self._open = 0
        self._last = time.monotonic()
        self._packed: dict[str, bytes] = {}
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        """Of the site's root, without the last slash."""
        return f"http://127.0.0.1:{self.server_port}"

    def take(self) -> list[Sent]:
        """All answers since this was last asked."""
        with self._lock:
            sent, self._sent = self._sent, []
        return sent

    def is_quiet_for(self, seconds: float) -> bool:
        """Whether no answer is on its way, and none was for so long."""
        with self._lock:
            return not self._open and time.monotonic() - self._last >= seconds

    def began(self) -> None:
        """A request came in."""
        with self._lock:
            self._open += 1

    def ended(self, sent: Sent) -> None:
        """Its answer went out."""
        with self._lock:
            self._open -= 1
            self._last = time.monotonic()
            self._sent.append(sent)

    def packed(self, path: str, body: bytes) -> bytes:
        """The compressed body; the files do not change while they are served."""
        if path not in self._packed:
            self._packed[path] = brotli.compress(body, quality=QUALITY)
        return self._packed[path]


class _Handler(BaseHTTPRequestHandler):
    """Answers GET."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file, text as Brotli, and let the browser keep it."""
        path = urlsplit(self.path).path
        self.server.began()
        size = 0
        try:
            given = answer(self.server.folder, self.path)
            packs = is_text(given.type) and "br" in self.headers.get("Accept-Encoding", "")
            body = self.server.packed(path, given.body) if packs else given.body
            self.send_response(given.status)
            self.send_header("Content-Type", given.type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", _KEPT_FOR)
            if packs:
                self.send_header("Content-Encoding", "br")
            if given.location:
                self.send_header("Location", given.location)
            self.end_headers()
            self.wfile.write(body)
            size = len(body)
        finally:
            self.server.ended(Sent(path, size))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """Serve a folder on a port of its own until the end of the block."""
    server = Server(folder)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
