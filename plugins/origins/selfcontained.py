"""Whether the built site stands on its own: what its files load, and where they lead.

A reader's browser asks nobody but the site, and whoever has IPv6 only misses nothing: no file loads
anything from another host, no address is a number of IPv4, and links lead to listed sites. What a
script puts together while it runs is not seen here; the Content-Security-Policy stops it, and the
proof in a browser (tests/origins) shows it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from plugins.records.office import OutwardHost

_LOADED = frozenset({"src", "poster", "data", "action", "formaction", "background", "xlink:href"})
_LINKS = frozenset({"a", "area"})
_NAMED_ONLY = frozenset({"canonical", "alternate", "license", "prev", "next", "up"})
"""Relations of <link> that a browser does not load."""
_ELSEWHERE = re.compile(r"(?:(?:https?|wss?|ftp):)?//", re.IGNORECASE)
_IPV4 = re.compile(
    r"(?:(?:https?|wss?|ftp):)?//[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.A-Za-z-])[^\s\"'<>)]*"
)
_CSS = re.compile(r"url\(\s*['\"]?([^'\")\s]+)|@import\s+['\"]([^'\"]+)")
_JS = re.compile(r"[\"'`]((?:(?:https?|wss?):)?//[A-Za-z0-9\[][^\"'`\s]*)")
_SVG = re.compile(r"(?:xlink:)?href\s*=\s*[\"']([^\"']+)")
_NAMESPACES = frozenset({"www.w3.org"})
"""Names of XML's kinds of elements look like addresses; nobody loads them."""
_URI = re.compile(rb"/URI\s*\(((?:[^()\\]|\\.)*)\)")
_PACKED_OBJECTS = re.compile(rb"/Type\s*/ObjStm.*?stream\r?\n", re.DOTALL)
_TEXTS = frozenset({".html", ".css", ".js", ".mjs", ".svg", ".xml", ".json", ".jsonld", ".opml"})


@dataclass(frozen=True)
class Allowed:
    """Names of the site itself, and other sites that it may link to; None: any."""

    own: frozenset[str]
    outward: tuple[OutwardHost, ...] | None = None

    def lets_load(self, url: str) -> bool:
        """Whether a browser may fetch this as a part of a page."""
        return not _ELSEWHERE.match(url) or _host(url) in self.own

    def lets_link(self, url: str) -> bool:
        """Whether a reader may be led there."""
        if self.lets_load(url) or self.outward is None:
            return True
        return any(listed.covers(_host(url)) for listed in self.outward)


def faults_in(output: Path, allowed: Allowed) -> Iterator[str]:
    """What is wrong, file by file, in Chinese."""
    for path in sorted(output.rglob("*")):
        if path.is_file():
            for fault in dict.fromkeys(_faults(path, allowed)):
                yield f"{path.relative_to(output).as_posix()}：{fault}"


def _faults(path: Path, allowed: Allowed) -> Iterator[str]:
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        yield from _of_pdf(path.read_bytes(), allowed)
    if suffix not in _TEXTS:
        return
    text = path.read_text(encoding="utf-8", errors="replace")
    if "//" not in text:
        return
    yield from (f"用了 IPv4 地址 {found.group()}" for found in _IPV4.finditer(text))
    look = _LOOKS.get(suffix)
    if look:
        yield from look(text, allowed)


def _of_html(text: str, allowed: Allowed) -> Iterator[str]:
    page = _Page()
    page.feed(text)
    yield from _loaded(page.loads, allowed)
    yield from _linked(page.links, allowed)
    yield from _of_js("\n".join(page.scripts), allowed)
    yield from _of_css("\n".join(page.styles), allowed)


def _of_css(text: str, allowed: Allowed) -> Iterator[str]:
    yield from _loaded([one or other for one, other in _CSS.findall(text)], allowed)


def _of_js(text: str, allowed: Allowed) -> Iterator[str]:
    named = (url for url in _JS.findall(text) if _host(url) not in _NAMESPACES)
    yield from _loaded(list(named), allowed)


def _of_svg(text: str, allowed: Allowed) -> Iterator[str]:
    yield from _loaded(_SVG.findall(text), allowed)
    yield from _of_css(text, allowed)


def _of_pdf(data: bytes, allowed: Allowed) -> Iterator[str]:
    """Links of a PDF, those in packed objects too."""
    for part in (data, *_unpacked(data)):
        for found in _URI.findall(part):
            url = found.decode("latin-1")
            if _IPV4.match(url):
                yield f"用了 IPv4 地址 {url}"
            yield from _linked([url], allowed)


def _unpacked(data: bytes) -> Iterator[bytes]:
    for found in _PACKED_OBJECTS.finditer(data):
        unpacking = zlib.decompressobj()
        try:
            yield unpacking.decompress(data[found.end() :])
        except zlib.error:  # packed in another way, which none of our tools writes
            continue


def _loaded(urls: list[str], allowed: Allowed) -> Iterator[str]:
    yield from (f"加载外站 {url}" for url in urls if not allowed.lets_load(url))


def _linked(urls: list[str], allowed: Allowed) -> Iterator[str]:
    yield from (f"链接到名单以外的 {url}" for url in urls if not allowed.lets_link(url))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:  # brackets that hold no address
        return url


class _Page(HTMLParser):
    """What one page loads, links to, and has written into it."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self._inside: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Sort the addresses in the attributes."""
        known = {name: value or "" for name, value in attrs}
        self.loads += [known[name] for name in _LOADED & known.keys()]
        self.loads += [
            part.split()[0] for part in known.get("srcset", "").split(",") if part.strip()
        ]
        self.styles.append(known.get("style", ""))
        href = known.get("href", "")
        if tag in _LINKS:
            self.links.append(href)
        elif not set(known.get("rel", "").split()) & _NAMED_ONLY:
            self.loads.append(href)
        if tag == "style":
            self._inside = self.styles
        elif tag == "script" and known.get("type", "") != "application/ld+json":
            self._inside = self.scripts

    def handle_endtag(self, tag: str) -> None:
        """Behind a script or style, text is text again."""
        if tag in {"script", "style"}:
            self._inside = None

    def handle_data(self, data: str) -> None:
        """Keep what is written between the tags of a script or style."""
        if self._inside is not None:
            self._inside.append(data)


_LOOKS: Mapping[str, Callable[[str, Allowed], Iterator[str]]] = {
    ".html": _of_html,
    ".css": _of_css,
    ".js": _of_js,
    ".mjs": _of_js,
    ".svg": _of_svg,
}
