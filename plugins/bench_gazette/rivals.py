"""The same issue for the rivals: HTML for Chromium, Typst's language for Typst."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from plugins.reading import Document
from plugins.records import Record
from plugins.typesetting import Faces, Sheet

_PAGE = """#set document(title: [{title}])
#set page(paper: "a4", margin: (x: 27.37mm, top: 30mm, bottom: 27mm), numbering: "1",
  header: [#text(9pt)[{title} #h(1fr) 区人民政府文件] #line(length: 100%, stroke: 0.6pt)])
#set text(font: "Noto Serif SC", size: 11pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 9pt, spacing: 9pt, first-line-indent: (amount: 2em, all: true))
#show heading.where(level: 1): it => align(center, text(18pt, weight: 900, it.body))
#show heading.where(level: 2): it => text(11pt, font: "Noto Sans SC", weight: 500, it.body)
#show heading.where(level: 3): it => text(11pt, font: "LXGW WenKai", weight: 400, it.body)
#outline(title: [目录], depth: 1)
#pagebreak()
"""
_SPECIAL = '\\#$*_`<>@[]~=-+/"'
_LEVELS = {"h1": 2, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}


def for_chromium(sheet: Sheet, faces: Faces) -> str:
    """The sheet as one file; the faces under the names that the stylesheet has for them."""
    rules = "".join(_face(part, face.files) for part, face in faces.parts.items())
    return sheet.html.replace("</head>", f"<style>{rules}{sheet.style}</style></head>", 1)


def _face(part: str, files: Iterable[Path]) -> str:
    return "".join(
        f'@font-face{{font-family:"{part}";font-weight:{weight};src:url("{file.as_uri()}")}}'
        for weight, file in zip((400, 700), files, strict=False)
    )


def for_typst(title: str, documents: Iterable[Document[Record]]) -> str:
    """Titles, headings, paragraphs and tables in Typst's language."""
    parts = [_PAGE.format(title=_escaped(title))]
    for document in documents:
        parts.append(f"= {_escaped(document.record.title)}\n\n")
        parts += _Blocks(document.body.html).written()
    return "".join(parts)


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in _SPECIAL else sign for sign in text)


class _Blocks(HTMLParser):
    """Our HTML, block by block."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._text: list[str] = []
        self._rows: list[list[str]] | None = None
        self.feed(html)
        self.close()
        self._end_block("p")

    def written(self) -> Iterator[str]:
        """The blocks as Typst reads them."""
        yield from self._out

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """A table begins, or a row of it."""
        if tag == "table":
            self._end_block("p")
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])

    def handle_endtag(self, tag: str) -> None:
        """A block ends."""
        if tag in {"td", "th"} and self._rows:
            self._rows[-1].append(self._taken())
        elif tag == "table" and self._rows is not None:
            self._out.append(_table(self._rows))
            self._rows = None
        elif self._rows is None and (tag in _LEVELS or tag in {"p", "li", "figcaption"}):
            self._end_block(tag)

    def handle_data(self, data: str) -> None:
        """Text of the block."""
        self._text.append(data)

    def _taken(self) -> str:
        text = " ".join("".join(self._text).split())
        self._text.clear()
        return _escaped(text)

    def _end_block(self, tag: str) -> None:
        if text := self._taken():
            mark = "=" * _LEVELS[tag] + " " if tag in _LEVELS else ""
            self._out.append(f"{mark}{text}\n\n")


def _table(rows: list[list[str]]) -> str:
    width = max(map(len, rows), default=0)
    if not width:
        return ""
    cells = (f"[{cell}]" for row in rows for cell in [*row, *[""] * (width - len(row))])
    return f"#table(columns: {width}, {', '.join(cells)})\n\n"
