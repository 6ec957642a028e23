"""A static file server that answers as the production server will, on IPv4 and IPv6 at once."""

from __future__ import annotations

import gzip
import re
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from plugins.origins.answers import HASHED, HTML, OTHER, SECURITY, TYPES, is_text

if TYPE_CHECKING:
    from plugins.serving.news import News, State

NOT_FOUND = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>找不到网页</title>'
    "</head><body><h1>找不到网页</h1></body></html>"
)
RELOAD = b'<script src="/-/reload.js" defer></script>'
SECONDS_BETWEEN_SIGNS_OF_LIFE = 15.0


@dataclass(frozen=True)
class Answer:
    """What one address is answered with."""

    status: HTTPStatus
    type: str
    body: bytes = b""
    location: str = ""


def answer(folder: Path, address: str) -> Answer:
    """The answer to `address` (path and query as sent) from the site built in `folder`."""
    path = unquote(urlsplit(address).path)
    file = locate(folder, path)
    if file is None:
        return not_found(folder)
    if file.is_dir():
        moved = quote(path) + "/"
        return Answer(HTTPStatus.MOVED_PERMANENTLY, HTML, location=moved)
    return Answer(HTTPStatus.OK, type_of(file), file.read_bytes())


def locate(folder: Path, path: str) -> Path | None:
    """The file for a decoded path, or a folder whose address lacks its last slash.

    None when there is nothing to show: a missing file, a folder without index.html, or a way out
    of `folder`, be it by dots, by another drive or by a link.
    """
    names = [name for name in path.split("/") if name]
    if any(name in {".", ".."} or set(name) & set("\\:\0") for name in names):
        return None
    file = folder.joinpath(*names)
    index = file / "index.html"
    if path.endswith("/"):
        file = index
    with suppress(OSError):  # a name may be longer than the disk allows
        if file.resolve().is_relative_to(folder.resolve()) and (file.is_file() or index.is_file()):
            return file
    return None


def not_found(folder: Path) -> Answer:
    """The site's own 404 page, or a plain one before the first build."""
    body = NOT_FOUND.encode()
    with suppress(OSError):
        body = (folder / "404.html").read_bytes()
    return Answer(HTTPStatus.NOT_FOUND, HTML, body)


def type_of(file: Path) -> str:
    """The media type of a file, by its suffix."""
    return TYPES.get(file.suffix.lower(), OTHER)


class Server(ThreadingHTTPServer):
    """Serves `folder`; with `news` it also tells open browsers to load their page again."""

    daemon_threads = True  # an open browser must not keep the program from ending

    def __init__(self, address: tuple[str, int], folder: Path, news: News | None = None) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.folder = folder
        self.news = news
        super().__init__(address, Handler)

    def server_bind(self) -> None:
        """Bind for both kinds of IP, and ask no name server for this machine's name."""
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of browsers that leave in the middle of an answer."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def open_server(bind: str, port: int, folder: Path, news: News | None = None) -> Server:
    """Listen on `bind`; where the kernel has no IPv6, `::` becomes 0.0.0.0.

    Raises:
        OSError: the address is not this machine's, or the port is taken.
    """
    try:
        return Server((bind, port), folder, news)
    except OSError:
        if bind != "::" or has_ipv6():
            raise
        return Server(("0.0.0.0", port), folder, news)  # noqa: S104 - what `::` asks for


def has_ipv6() -> bool:
    """Whether this kernel lets a socket of IPv6 be bound."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::", 0))
    except OSError:
        return False
    return True


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "gongkai"
    sys_version = ""

    def do_GET(self) -> None:
        """Send the file, or the news when asked for them."""
        path = urlsplit(self.path).path
        if self.server.news is None:
            self._send(answer(self.server.folder, self.path))
        elif path == "/-/events":
            self._tell(self.server.news)
        elif path in {"/-/reload.js", "/-/reload.css"}:
            file = Path(__file__).with_name(path.rpartition("/")[2])
            self._send(Answer(HTTPStatus.OK, type_of(file), file.read_bytes()))
        else:
            self._send(with_reload(answer(self.server.folder, self.path)))

    do_HEAD = do_GET  # noqa: N815 - the base class asks for this name

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep the terminal for the build's own messages."""

    def _send(self, answer: Answer) -> None:
        body = answer.body
        self.send_response(answer.status)
        self._send_common_headers(answer.type)
        if answer.location:
            self.send_header("Location", answer.location)
        if is_text(answer.type):
            self.send_header("Vary", "Accept-Encoding")
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                body = gzip.compress(body, mtime=0)
                self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_common_headers(self, content_type: str) -> None:
        self.send_header("Content-Type", content_type)
        for name, value in SECURITY:
            self.send_header(name, value)
        # Whoever looks at what was built a second ago must not see what was there before.
        is_hashed = re.search(HASHED.pattern, urlsplit(self.path).path)
        self.send_header("Cache-Control", HASHED.cache_control if is_hashed else "no-cache")

    def _tell(self, news: News) -> None:
        """Send each new state for as long as the browser stays."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self._send_common_headers("text/event-stream; charset=utf-8")
        self.end_headers()
        known: State | None = None
        while self.command != "HEAD":
            state = news.after(known, SECONDS_BETWEEN_SIGNS_OF_LIFE)
            known = state or known
            # The comment keeps the line open, and shows us by an error that the browser has left.
            line = f"data: {state.as_json()}\n\n" if state else ": \n\n"
            self.wfile.write(line.encode())


def with_reload(answer: Answer) -> Answer:
    """The same answer, its HTML asking for reload.js."""
    if answer.type != HTML:
        return answer
    body = answer.body.replace(b"</head>", RELOAD + b"</head>", 1)
    return Answer(answer.status, answer.type, body, answer.location)
