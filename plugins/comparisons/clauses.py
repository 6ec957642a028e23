"""The text of a paper as clauses: headings, 条 with their 款 and 项, or paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Literal, NamedTuple

from plugins.reading import Body

Kind = Literal["heading", "clause"]

_BLOCKS = frozenset({"p", "h2", "h3", "h4", "h5", "li", "tr", "caption", "figcaption", "pre"})
_CELLS = frozenset({"td", "th"})
_APART = frozenset({"signature", "note", "address"})
"""Who signed, 「（此件公开发布）」 and the 主送机关: what differs anyway, and is no clause."""
_NUMERAL = r"[零〇一二三四五六七八九十百千]"
_ARTICLE = re.compile(rf"第{_NUMERAL}+条(?:之{_NUMERAL}+)?(?=[\s　]|$)")
_LABEL = re.compile(
    rf"(?:第{_NUMERAL}+[编章节条](?:之{_NUMERAL}+)?(?=[\s　]|$)"
    rf"|{_NUMERAL}+、|（{_NUMERAL}+）|\d+[.．、](?!\d)|（\d+）)[\s　]*"
)


class Clause(NamedTuple):
    """A clause: its number as it is written (第三条, （一）), and the words behind it.

    The paragraphs of one 条 are one clause; a line end stands between them.
    """

    kind: Kind
    label: str
    text: str

    @property
    def whole(self) -> str:
        """The clause as it stands in the paper."""
        return self.label + self.text


class Text(NamedTuple):
    """A paper's clauses in their order; `unit` is what one of them is called."""

    unit: str
    clauses: tuple[Clause, ...]


def text_of(body: Body) -> Text:
    """The clauses of a body. In a text with 条, what follows a 条 belongs to it."""
    reader = _Reader()
    reader.feed(body.html)
    reader.close()
    blocks = [(tag, text) for tag, text in reader.blocks if text]
    by_article = any(tag == "p" and _ARTICLE.match(text) for tag, text in blocks)
    gathered = _articles(blocks) if by_article else blocks
    clauses = tuple(_clause(tag, text) for tag, text in gathered)
    return Text("条" if by_article else "段", clauses)


def _articles(blocks: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The paragraphs of a 条 joined to it; headings and what stands before the first stay alone."""
    article: list[str] = []
    for tag, text in blocks:
        if tag == "p" and _ARTICLE.match(text):
            if article:
                yield "p", "\n".join(article)
            article = [text]
        elif tag.startswith("h") or not article:
            if article:
                yield "p", "\n".join(article)
            article = []
            yield tag, text
        else:
            article.append(text)
    if article:
        yield "p", "\n".join(article)


def _clause(tag: str, text: str) -> Clause:
    label = found[0] if (found := _LABEL.match(text)) else ""
    return Clause("heading" if tag.startswith("h") else "clause", label, text[len(label) :])


class _Reader(HTMLParser):
    """Our own HTML of a body → its blocks in their order, each a tag and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[tuple[str, str]] = []
        self._open = ["p", ""]
        """Tag and text of the block that is being read; no words are ever outside of one."""
        self._in_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS and not self._in_row:
            self._finish()
            apart = dict(attrs).get("class") in _APART
            self._open = ["" if apart else tag, ""]
            self._in_row = tag == "tr"
        elif tag == "br":
            self._open[1] += " "
        elif tag in _CELLS and (before := self._open[1].strip()):
            self._open[1] = f"{before}｜"

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self._in_row = False
        if tag in _BLOCKS and not self._in_row:
            self._finish()

    def handle_data(self, data: str) -> None:
        self._open[1] += data

    def close(self) -> None:
        super().close()
        self._finish()

    def _finish(self) -> None:
        tag, text = self._open
        if tag:
            self.blocks.append((tag, re.sub(r"[ \t\r\n]+", " ", text).strip()))
        self._open = ["p", ""]
