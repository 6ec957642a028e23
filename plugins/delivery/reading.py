"""Asks a server as a citizen's browser would, over one kind of IP and no other."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

_TIMEOUT = 30
FAMILIES = {"IPv6": socket.AF_INET6, "IPv4": socket.AF_INET}


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 if nothing did, and then why, in `body`."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Reader:
    """Reads addresses below `url`, each thread over a connection of its own."""

    def __init__(self, url: str, family: str) -> None:
        self._parts = urlsplit(url)
        self._family = FAMILIES[family]
        self._own = threading.local()
        self._open: list[http.client.HTTPConnection] = []

    def close(self) -> None:
        """Hang up."""
        for line in self._open:
            line.close()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to a path, encoded and relative to the url; asked twice if the line breaks."""
        fault: Exception
        for _ in range(2):
            try:
                return self._ask(path, {"Accept-Encoding": "identity", **(headers or {})})
            except (OSError, http.client.HTTPException) as problem:
                fault = problem
                self._own.line = None
        return Answer(0, {}, str(fault).encode())

    def _ask(self, path: str, headers: Mapping[str, str]) -> Answer:
        line = self._line()
        line.request("GET", f"{self._parts.path.rstrip('/')}/{path}", headers=dict(headers))
        answer = line.getresponse()
        names = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, names, answer.read())

    def _line(self) -> http.client.HTTPConnection:
        line: http.client.HTTPConnection | None = getattr(self._own, "line", None)
        if line is None or line.sock is None:  # the server closes it after some answers
            self._own.line = line = self._connected()
            self._open.append(line)
        return line

    def _connected(self) -> http.client.HTTPConnection:
        host = self._parts.hostname or ""
        secure = self._parts.scheme == "https"
        port = self._parts.port or (443 if secure else 80)
        found = socket.getaddrinfo(host, port, self._family, socket.SOCK_STREAM)
        line = socket.create_connection((str(found[0][4][0]), port), timeout=_TIMEOUT)
        if not secure:
            plain = http.client.HTTPConnection(host, port)
            plain.sock = line
            return plain
        safe = http.client.HTTPSConnection(host, port)
        safe.sock = ssl.create_default_context().wrap_socket(line, server_hostname=host)
        return safe
