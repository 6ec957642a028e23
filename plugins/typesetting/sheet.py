"""What is typeset, and what may be wrong with it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

_DRAWING = re.compile(r"<svg\b[^>]*>(?!\s*<title>\s*[^<\s])", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_AROUND = 8
"""Characters that are shown on each side of a place in the text."""


@dataclass(frozen=True)
class Attachment:
    """A file that travels inside a PDF (associated file, ISO 19005-3, 6.8).

    `name` tells its type by its ending. `relationship`: `Source` is what the PDF was made of,
    `Data` what it shows in a form for machines.
    """

    name: str
    data: bytes
    description: str
    relationship: Literal["Source", "Data"]


@dataclass(frozen=True)
class Sheet:
    """One PDF to be: a whole HTML page, its stylesheet, and all files that it may show.

    `address` is the absolute address of the page that it stands for: relative links become
    absolute by it, so that they work in a file on somebody's disk. `files`: absolute address →
    bytes; nothing else is ever fetched, neither from the disk nor from the network. A sheet with
    `attachments` must say in its `dcterms.created` when it was published: that is their date.
    """

    html: str
    style: str
    address: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Flaw:
    """One thing that keeps a sheet from being set, and how it is mended.

    `character` is the one that it is about, so that its place in the source can be found.
    """

    message: str
    remedy: str
    character: str = ""


class PreflightError(Exception):
    """A sheet that cannot be set without a flaw."""

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        self.flaws = tuple(flaws)
        super().__init__("；".join(flaw.message for flaw in self.flaws))

    def __reduce__(self) -> tuple[type[PreflightError], tuple[tuple[Flaw, ...]]]:
        """How it travels between processes."""
        return type(self), (self.flaws,)


class UnequippedError(PreflightError):
    """This machine lacks what any sheet needs: fonts, or the libraries that set them."""


def text_of(page: str) -> str:
    """All characters of a page that stand outside of its tags."""
    return html.unescape(_TAG.sub("", page))


def untold_drawings(page: str) -> bool:
    """Whether a page has an `<svg>` without a `<title>` in front that says what it shows."""
    return _DRAWING.search(page) is not None


def around(text: str, character: str) -> str:
    """The words of the line in which a character stands first."""
    line = next(line for line in text.splitlines() if character in line)
    place = line.index(character)
    return line[max(0, place - _AROUND) : place + _AROUND + 1].strip()
