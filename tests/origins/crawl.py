"""Follow every link of a site from its home page, at every depth, and say which lead nowhere.

Standard library only, a program of its own: it runs inside a namespace. The level of a page is the
least number of clicks to it, the home page being level 1 (一级); so 二级、三级内链 can be told.

    python tests/origins/crawl.py https://www.example.gov.cn/zwgk/ [--address IP] [--roots PEM]
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import socket
import ssl
import sys
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

LOADED = {"src", "poster", "data", "srcset"}
_CSS_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


class Reader(HTMLParser):
    """Where one page leads, what it loads, and the places on it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if not value:
                continue
            if name == "id":
                self.places.add(value)
            elif name == "srcset":
                self.loads += [part.split()[0] for part in value.split(",") if part.strip()]
            elif name in LOADED:
                self.loads.append(value)
            elif name == "href":
                is_loaded = tag == "link" and ("rel", "stylesheet") in attrs
                (self.loads if is_loaded else self.links).append(value)


class Site:
    """One connection to the site, opened again when the server closes it."""

    def __init__(self, home: str, address: str, roots: str) -> None:
        parts = urlsplit(home)
        self._host, self._port = str(parts.hostname), parts.port or 443
        self._address = address or self._host
        self._trust = ssl.create_default_context(cafile=roots or None)
        self._line: http.client.HTTPSConnection | None = None
        self.peers: set[str] = set()

    def get(self, url: str) -> tuple[int, str, str, bytes]:
        """Status, type, where it is sent on, body."""
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        try:
            return self._ask(path)
        except (http.client.RemoteDisconnected, ConnectionError):
            self._line = None
            return self._ask(path)

    def _ask(self, path: str) -> tuple[int, str, str, bytes]:
        line = self._line or self._connected()
        line.request("GET", path or "/", headers={"User-Agent": "gongkai-crawl"})
        reply = line.getresponse()
        body = reply.read()
        kind = reply.getheader("Content-Type", "").partition(";")[0]
        return reply.status, kind, reply.getheader("Location", ""), body

    def _connected(self) -> http.client.HTTPSConnection:
        line = http.client.HTTPSConnection(self._host, self._port, timeout=10)
        plain = socket.create_connection((self._address, self._port), timeout=10)
        self.peers.add(str(plain.getpeername()[0]))
        line.sock = self._trust.wrap_socket(plain, server_hostname=self._host)
        self._line = line
        return line


@dataclass
class Crawl:
    """What was found: level of every address, faults, hosts that links lead to."""

    home: str
    site: Site
    levels: dict[str, int] = field(default_factory=dict)
    good: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    outside: set[str] = field(default_factory=set)
    places: dict[str, set[str]] = field(default_factory=dict)
    anchors: list[tuple[str, str, str]] = field(default_factory=list)

    def run(self) -> None:
        """Breadth first, so that each address is met at its least depth."""
        self.levels[self.home] = 1
        waiting = [(self.home, "")]
        for url, page in waiting:  # it grows while it is walked
            waiting += [(found, url) for found in self._visit(url, page)]
        for url, anchor, page in self.anchors:
            if url in self.places and anchor not in self.places[url]:
                self.faults.append(f"{page}: {url} 里没有 #{anchor}")

    def _visit(self, url: str, page: str) -> list[str]:
        try:
            status, kind, onward, body = self.site.get(url)
        except OSError as fault:
            self.faults.append(f"{page}: {url} {type(fault).__name__} {fault}")
            return []
        if status in (301, 302, 308):
            return self._new([urljoin(url, onward)], url)
        if status != http.client.OK:
            self.faults.append(f"{page}: {url} {status}")
            return []
        self.good.add(url)
        if kind == "text/css":
            found = [one or other for one, other in _CSS_URL.findall(body.decode())]
            return self._loads(found, url)
        if kind != "text/html":
            return []
        reader = Reader()
        reader.feed(body.decode())
        self.places[url] = reader.places
        return self._new(reader.links, url) + self._loads(reader.loads, url)

    def _loads(self, written: list[str], page: str) -> list[str]:
        """What a page loads must be the site's own."""
        own = []
        for address in written:
            if urljoin(page, address).startswith((self.home, "data:")):
                own.append(address)
            else:
                self.faults.append(f"{page}: 加载外站 {address}")
        return self._new(own, page)

    def _new(self, written: list[str], page: str) -> list[str]:
        found = []
        for address in written:
            url, anchor = urldefrag(urljoin(page, address))
            if not url.startswith(self.home):
                if url.startswith(("http:", "https:")):
                    self.outside.add(str(urlsplit(url).hostname))
                continue
            if anchor:
                self.anchors.append((url, unquote(anchor), page))
            if url not in self.levels:
                self.levels[url] = self.levels[page] + 1
                found.append(url)
        return found


def main() -> int:
    """Crawl, print what was found as JSON, end with 1 if anything is wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("home")
    asked.add_argument("--address", default="")
    asked.add_argument("--roots", default="")
    args = asked.parse_args()
    crawl = Crawl(args.home, Site(args.home, args.address, args.roots))
    crawl.run()
    met = Counter(crawl.levels.values())
    good = Counter(crawl.levels[url] for url in crawl.good)
    print(
        json.dumps(
            {
                "levels": {level: [good[level], met[level]] for level in sorted(met)},
                "peers": sorted(crawl.site.peers),
                "outside": sorted(crawl.outside),
                "faults": crawl.faults,
            },
            ensure_ascii=False,
        )
    )
    return 1 if crawl.faults else 0


if __name__ == "__main__":
    sys.exit(main())
