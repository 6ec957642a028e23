"""The leaves of a book: cover, table of contents, chapters, each an XHTML document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote, unquote, urldefrag, urljoin

from plugins.epub.book import Book, Chapter, Section, UnfitPictureError
from plugins.epub.xhtml import anchors, attribute, text_in_xml, xhtml

COVER, CONTENTS, STYLESHEET = "cover.xhtml", "contents.xhtml", "book.css"
MEDIA_TYPES = {
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
"""Pictures that every reader shows (EPUB 3.3, 3.2 Core media types)."""
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PAGE = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"{language}>
<head>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="book.css"/>
</head>
<body>
{body}
</body>
</html>
"""


def leaf_of(chapter: Chapter) -> str:
    """The name of a chapter's file."""
    return f"chapter-{chapter.id}.xhtml"


def page_anchor(chapter: Chapter) -> str:
    """The id of the mark at which a page of the printed edition begins."""
    return f"_page-{chapter.page}"


def first_on_page(book: Book) -> dict[int, Chapter]:
    """Page of the printed edition → the first chapter that begins on it."""
    told = {chapter.page: chapter for chapter in [*book.chapters()][::-1] if chapter.page}
    return dict(sorted(told.items()))


class Leaves:
    """Writes a book's leaves, and notes which pictures they show."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._anchors = {leaf_of(chapter): anchors(chapter.html) for chapter in book.chapters()}
        self._homes = {chapter.address: leaf_of(chapter) for chapter in [*book.chapters()][::-1]}
        """Address → leaf; of two chapters at one address the first."""
        self._marked = first_on_page(book)
        self.pictures: dict[str, str] = {}
        """Address of each picture that is shown → its name in the book."""

    def cover(self) -> str:
        """The cover in words."""
        name, *lines = self._book.cover
        told = "".join(f"<p>{text_in_xml(line)}</p>\n" for line in lines)
        body = f"<h1>{text_in_xml(name)}</h1>\n{told}"
        section = f'<section epub:type="cover" class="cover">\n{body}</section>'
        return self._page("封面", section)

    def contents(self) -> str:
        """目录: columns as groups, the places of the book, the pages of the printed edition."""
        body = "\n".join([*self._toc(), *self._landmarks(), *self._page_list()])
        return self._page("目录", body)

    def chapter(self, chapter: Chapter) -> str:
        """One text under its title."""
        mark = ""
        if chapter.page and self._marked[chapter.page] is chapter:
            mark = (
                f'<span epub:type="pagebreak" role="doc-pagebreak" id="{page_anchor(chapter)}"'
                f' aria-label="第{chapter.page}页"></span>\n'
            )
        lines = "".join(f'<p class="line">{text_in_xml(line)}</p>\n' for line in chapter.lines)
        text = xhtml(chapter.html, partial(self._link, chapter), partial(self._picture, chapter))
        body = (
            f'<section epub:type="chapter" role="doc-chapter" aria-labelledby="_title">\n{mark}'
            f'<h1 id="_title">{text_in_xml(chapter.title)}</h1>\n{lines}'
            f'<div id="_text">{text}</div>\n</section>'
        )
        return self._page(chapter.title, body)

    def _page(self, title: str, body: str) -> str:
        language = self._book.language
        told = attribute("lang", language) + attribute("xml:lang", language)
        return _PAGE.format(language=told, title=text_in_xml(title), body=body)

    def _toc(self) -> Iterator[str]:
        yield '<nav epub:type="toc" role="doc-toc" aria-labelledby="_contents">'
        yield '<h1 id="_contents">目录</h1>\n<ol>'
        for section in self._book.sections:
            if section.chapters:
                yield _group(section)
        yield "</ol>\n</nav>"

    def _landmarks(self) -> Iterator[str]:
        first = next(self._book.chapters())
        places = [("toc", CONTENTS, "目录"), ("bodymatter", leaf_of(first), "正文")]
        if self._book.cover:
            places.insert(0, ("cover", COVER, "封面"))
        yield '<nav epub:type="landmarks" aria-label="位置" hidden="hidden">\n<ol>'
        for kind, leaf, label in places:
            yield f'<li><a epub:type="{kind}" href="{leaf}">{label}</a></li>'
        yield "</ol>\n</nav>"

    def _page_list(self) -> Iterator[str]:
        if not self._marked:
            return
        yield '<nav epub:type="page-list" role="doc-pagelist" aria-label="页码" hidden="hidden">'
        yield "<ol>"
        for page, chapter in self._marked.items():
            yield _entry(f"{leaf_of(chapter)}#{page_anchor(chapter)}", str(page))
        yield "</ol>\n</nav>"

    def _link(self, chapter: Chapter, written: str) -> str:
        """A link to another chapter stays in the book, any other becomes absolute."""
        whole = urljoin(chapter.address, written)
        address, fragment = urldefrag(whole)
        home = leaf_of(chapter) if address == chapter.address else self._homes.get(address)
        if home is None:
            return _as_uri(whole)
        # What stands on a page beside the text (附件, 解读) has no place in the book.
        known = unquote(fragment) in self._anchors[home]
        return f"{home}#{fragment}" if known else home

    def _picture(self, chapter: Chapter, written: str) -> str:
        address = unquote(urljoin(chapter.address, written))
        suffix = address.rpartition(".")[2].lower()
        if address not in self._book.pictures or suffix not in MEDIA_TYPES:
            raise UnfitPictureError(address)
        return self.pictures.setdefault(address, f"picture-{len(self.pictures) + 1}.{suffix}")


def _group(section: Section) -> str:
    entries = "\n".join(_entry(leaf_of(each), each.title) for each in section.chapters)
    if not section.title:
        return entries
    return f"<li><span>{text_in_xml(section.title)}</span>\n<ol>\n{entries}\n</ol>\n</li>"


def _entry(target: str, label: str) -> str:
    return f'<li><a href="{target}">{text_in_xml(label)}</a></li>'


def _as_uri(address: str) -> str:
    """An address as somebody typed it, every character that no URI may hold encoded (RFC 3986)."""
    return quote(_LONE_PERCENT.sub("%25", address), safe="%/:?#@!$&'()*+,;=~")
