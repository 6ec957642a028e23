"""Our HTML → XHTML, which readers parse as XML: one open tag, and they show nothing at all.

The standard library's parser does for it: what our reading gives is a tree written out, so that
only void elements, attributes and characters need another spelling. A parser that builds trees as
browsers do (tinyhtml5) would move what stands in an unexpected place, and the text with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from xml.sax.saxutils import escape, quoteattr

_VOID = frozenset({"br", "col", "hr", "img", "wbr"})
_PLAYERS = frozenset({"video", "audio", "track"})
"""Films and recordings would need the network: the link for downloading inside them stays."""
_ROLES = {
    "footnote-ref": {"epub:type": "noteref", "role": "doc-noteref"},
    "footnote-backref": {"role": "doc-backlink"},
}
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Rewrite = Callable[[str], str]
"""An address as it is written → as the book has it."""


def text_in_xml(text: str) -> str:
    """Text as XML has it; characters that no XML may hold are left out (XML 1.0, production 2)."""
    return escape(_NO_XML.sub("", text), {"\r": "&#13;"})


def attribute(name: str, value: str) -> str:
    """One attribute with the blank before it."""
    return f" {name}={quoteattr(_NO_XML.sub('', value))}"


def xhtml(html: str, link: Rewrite, picture: Rewrite) -> str:
    """A fragment of HTML as well-formed XML with the same text, its addresses rewritten."""
    writer = _Writer({"href": link, "src": picture})
    writer.feed(html)
    writer.close()
    return writer.finished()


def anchors(html: str) -> frozenset[str]:
    """Every id of a fragment."""
    seeker = _Anchors()
    seeker.feed(html)
    seeker.close()
    return frozenset(seeker.found)


class _Writer(HTMLParser):
    """Writes each tag and text as XML has it."""

    def __init__(self, rewrites: dict[str, Rewrite]) -> None:
        super().__init__(convert_charrefs=True)
        self._rewrites = rewrites
        self._pieces: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; a void one is closed at once."""
        if tag in _PLAYERS or not _NAME.fullmatch(tag):
            return
        self._pieces.append(f"<{tag}{self._attributes(attrs)}{'/' if tag in _VOID else ''}>")
        if tag not in _VOID:
            self._open.append(tag)

    def _attributes(self, attrs: list[tuple[str, str | None]]) -> str:
        written = {key: value or "" for key, value in attrs if _NAME.fullmatch(key)}
        for key in written.keys() & self._rewrites.keys():
            written[key] = self._rewrites[key](written[key])
        for name in written.get("class", "").split():
            written |= _ROLES.get(name, {})
        return "".join(attribute(key, value) for key, value in written.items())

    def handle_endtag(self, tag: str) -> None:
        """Close an element and all that is open in it; what was never opened is left out."""
        if tag in self._open:
            while self._close() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Text."""
        self._pieces.append(text_in_xml(data))

    def _close(self) -> str:
        tag = self._open.pop()
        self._pieces.append(f"</{tag}>")
        return tag

    def finished(self) -> str:
        """All that was written, every element closed."""
        while self._open:
            self._close()
        return "".join(self._pieces)


class _Anchors(HTMLParser):
    """Gathers ids."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the library's
        """Note an element's id."""
        self.found += [value for key, value in attrs if key == "id" and value]
