"""Pages of a PDF → lines of text without running heads and page numbers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from plugins.reading.attachments import PageText

_CJK = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef“”‘’—…·]"
_BLANKS = re.compile(rf"(?<={_CJK})[ \t\u00a0]+(?={_CJK})")
_PRESENTATION = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")
"""Radicals and compatibility forms, which some fonts of PDFs give for common characters."""
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ufdd0-\ufdef]"
)
_NUMBER = re.compile(r"[\s·.\-—－–_~第页/／共\dOoIl|]*\d[\s·.\-—－–_~第页/／共\dOoIl|]*")
_EDGE = 2
"""So many lines at the top and at the foot of a page may belong to every page."""
_FEWEST = 3


class Line(NamedTuple):
    """A line of a page."""

    text: str
    is_indented: bool = False

    @property
    def width(self) -> int:
        """In halves of a Chinese character."""
        return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in self.text)


class Pages(NamedTuple):
    """The pages of a PDF as lines, and what was left out of them."""

    lines: tuple[tuple[Line, ...], ...]
    heads: tuple[str, ...]
    """Running heads that were left out, each once."""


def lines_of(pages: Iterable[PageText], names: Iterable[str] = ()) -> Pages:
    """The lines of each page; `names` of the issue are running heads however seldom they stand."""
    found = [_lines(page.text) for page in pages]
    heads = _running(found) | {_bare(name) for name in names}
    kept = tuple(_without(lines, heads) for lines in found)
    shown = dict.fromkeys(
        line.text for lines in found for line in _edges(lines) if _bare(line.text) in heads
    )
    return Pages(kept, tuple(shown))


def key(text: str) -> str:
    """What two writings of a line have in common: no blanks, no signs, one width."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum()).casefold()


def _lines(text: str) -> list[Line]:
    lines = []
    for raw in _CONTROLS.sub("", text.replace("\r", "\n")).split("\n"):
        whole = _PRESENTATION.sub(lambda found: unicodedata.normalize("NFKC", found[0]), raw)
        words = _BLANKS.sub("", whole.strip()).strip("　")
        if words:
            lines.append(Line(words, whole.startswith(("　", "  "))))
    return lines


def _running(pages: Sequence[list[Line]]) -> frozenset[str]:
    """Running heads, without their figures: lines at the edge of most pages that have any text."""
    counts = Counter(
        bare for lines in pages for bare in {_bare(line.text) for line in _edges(lines)} if bare
    )
    written = sum(map(bool, pages))
    return frozenset(b for b, n in counts.items() if n >= max(_FEWEST, written / 3))


def _edges(lines: list[Line]) -> list[Line]:
    return lines if len(lines) <= _EDGE * 2 else [*lines[:_EDGE], *lines[-_EDGE:]]


def _bare(text: str) -> str:
    return re.sub(r"\d", "", key(text))


def _without(lines: list[Line], heads: frozenset[str]) -> tuple[Line, ...]:
    """Lines without page numbers and running heads, which stand at the edges only."""
    begin, end = 0, len(lines)
    while begin < min(_EDGE, end) and _is_left_out(lines[begin], heads):
        begin += 1
    while end > max(len(lines) - _EDGE, begin) and _is_left_out(lines[end - 1], heads):
        end -= 1
    return tuple(lines[begin:end])


def _is_left_out(line: Line, heads: frozenset[str]) -> bool:
    return _bare(line.text) in heads or _NUMBER.fullmatch(line.text) is not None
