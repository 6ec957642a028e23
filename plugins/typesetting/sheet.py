"""What is typeset, and what may be wrong with it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_TAG = re.compile(r"<[^>]*>")
_AROUND = 8
"""Characters that are shown on each side of a place in the text."""


@dataclass(frozen=True)
class Sheet:
    """One PDF to be: a whole HTML page, its stylesheet, and all files that it may show.

    `address` is the absolute address of the page that it stands for: relative links become
    absolute by it, so that they work in a file on somebody's disk. `files`: absolute address →
    bytes; nothing else is ever fetched, neither from the disk nor from the network.
    """

    html: str
    style: str
    address: str
    files: Mapping[str, bytes] = field(default_factory=dict)


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


class UnequippedError(PreflightError):
    """This machine lacks what any sheet needs: fonts, or the libraries that set them."""


def text_of(page: str) -> str:
    """All characters of a page that stand outside of its tags."""
    return html.unescape(_TAG.sub("", page))


def around(text: str, character: str) -> str:
    """The words of the line in which a character stands first."""
    line = next(line for line in text.splitlines() if character in line)
    place = line.index(character)
    return line[max(0, place - _AROUND) : place + _AROUND + 1].strip()
