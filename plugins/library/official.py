"""官方文本: whether the text of a higher rule on the site is that of its official copy.

Blanks and line breaks do not count: official copies are broken into lines in every way.
"""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

_BOM = "\ufeff"
_AROUND = 12
"""So many characters are quoted from where two texts part."""


class Difference(NamedTuple):
    """Where two texts first part: paragraph of the page, counted from 1, and both wordings."""

    paragraph: int
    ours: str
    official: str


def bare(text: str) -> str:
    """A text without blanks and line breaks of any kind, full-width ones too."""
    return "".join(text.removeprefix(_BOM).split())


def text_of_copy(copy: str, title: str) -> str:
    """The text of an official copy without its title, which a page has outside of its body."""
    return bare(copy).removeprefix(bare(title))


def digest_of_text(text: str) -> str:
    """SHA-256 of a bare text, in hexadecimal."""
    return sha256(bare(text).encode()).hexdigest()


def first_difference(ours: str, official: str) -> Difference | None:
    """Where a page's text and an official one first part; None if they say the same.

    `ours` has a paragraph on each line.
    """
    mine, theirs = bare(ours), bare(official)
    if mine == theirs:
        return None
    pairs = enumerate(zip(mine, theirs, strict=False))
    place = next((n for n, (a, b) in pairs if a != b), min(len(mine), len(theirs)))
    start = max(0, place - _AROUND // 2)
    return Difference(
        _paragraph_at(ours, place),
        mine[start : place + _AROUND],
        theirs[start : place + _AROUND],
    )


def _paragraph_at(text: str, place: int) -> int:
    """The paragraph in which a place of the bare text lies; the last one for its end."""
    lengths = [len(bare(line)) for line in text.split("\n") if bare(line)]
    passed = 0
    for number, length in enumerate(lengths, 1):
        passed += length
        if place < passed:
            return number
    return len(lengths)
