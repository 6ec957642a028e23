"""The proof that nothing was lost: the characters of each text against those of its page."""

from __future__ import annotations

import html
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from plugins.trial.converting import ARTICLE, COMMENT, CONTROL, HAN, UNSEEN, Converted
from plugins.trial.sources import Line

_TAG = re.compile(r"<[^>]*>")
_MARKED_ARTICLE = re.compile(r'<p class="article"')
_HEADING_MARK = re.compile(r"^[ \t　]*#+[ \t　]+", re.MULTILINE)
_RULE_ROW = re.compile(r"^\|(?:\s*:?-+:?\s*\|)+\s*$", re.MULTILINE)
_ROW = re.compile(r"^\|.*$", re.MULTILINE)
_LINK = re.compile(r'(?:href|src)="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#")


@dataclass(frozen=True)
class Comparison:
    """One text and its page. `lost` and `added` are Chinese characters with their numbers."""

    text: Converted
    han: int
    lost: dict[str, int]
    added: dict[str, int]
    in_order: bool
    signs_in_order: bool
    """Whether punctuation, figures and letters too follow each other as in the text."""
    articles: int
    marked_articles: int

    @property
    def is_whole(self) -> bool:
        """Whether the page says what the text says, Chinese characters in their order."""
        return not self.lost and not self.added and self.in_order


def compare(text: Converted, body: str, site: Path) -> Comparison:
    """Hold a text against its page as it was written.

    `body` is the document's HTML; a page that is not there, or does not hold it, has lost all.
    """
    page = site / text.id / "index.html"
    written = page.read_text(encoding="utf-8") if page.is_file() else ""
    element = body if body in written else ""
    shown = html.unescape(_TAG.sub("", element))
    before, after = _han(text.source.words), _han(shown)
    return Comparison(
        text,
        len(before),
        lost=dict(Counter(before) - Counter(after)),
        added=dict(Counter(after) - Counter(before)),
        in_order=before == after,
        signs_in_order=_signs(_without_marks(text.source.words)) == _signs(shown),
        articles=articles_in(text.source.body),
        marked_articles=len(_MARKED_ARTICLE.findall(element)),
    )


def articles_in(lines: Iterable[Line]) -> int:
    """How many lines begin a 条."""
    return sum(1 for line in lines if ARTICLE.match(line.text))


def _han(words: str) -> str:
    return "".join(HAN.findall(words))


def _signs(words: str) -> str:
    return re.sub(r"\s", "", words)


def _without_marks(words: str) -> str:
    """A text without what Markdown takes for itself: comments, heading marks, table lines."""
    words = COMMENT.sub(lambda found: found[0] if HAN.search(found[0]) else "", words)
    words = CONTROL.sub("", UNSEEN.sub("", words))
    words = _RULE_ROW.sub("", _HEADING_MARK.sub("", words))
    return _ROW.sub(lambda found: found[0].replace("|", ""), words)


def broken_links(site: Path) -> Iterator[tuple[str, str]]:
    """(page, address) for every link inside a site that leads to no file of it."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for page in sorted(files):
        if page.endswith(".html") and page != "404.html":
            found = set(_LINK.findall((site / page).read_text(encoding="utf-8")))
            addresses = {_address(page, html.unescape(link)) for link in found}
            yield from ((page, a) for a in sorted(addresses) if not _is_there(a, files))


def _address(page: str, link: str) -> str:
    """Where a link leads, from the site's root; an empty text if that is the page or elsewhere."""
    path = unquote(link.partition("#")[0].partition("?")[0])
    if not path or _ELSEWHERE.match(link):
        return ""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    return f"{joined}/" if path.endswith("/") else joined


def _is_there(address: str, files: set[str]) -> bool:
    bare = address.rstrip("/")
    return bare in {"", "."} or bare in files or f"{bare}/index.html" in files
