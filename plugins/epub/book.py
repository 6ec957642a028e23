"""What is bound: a book, its sections and chapters, and the pictures that they show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class UnfitPictureError(Exception):
    """A chapter shows a picture that was not given, or of a kind that no reader need know."""


@dataclass(frozen=True)
class Chapter:
    """One text. `id` (ASCII letters, digits, `.`, `_`, `-`) names its file in the book.

    `address` is the absolute address of the page where the text stands on the web, the place from
    which its relative links count; a link of another chapter to it stays inside the book.
    """

    id: str
    title: str
    html: str
    """As `reading` gives it: balanced, headings from h2 on, no id that begins with `_`."""
    address: str
    lines: tuple[str, ...] = ()
    """What stands under the title: 发文字号, 公布日期."""
    page: int | None = None
    """The page of the printed edition on which it begins."""


@dataclass(frozen=True)
class Section:
    """A column (栏目) of the book; one without a title is not shown as a group."""

    title: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, kw_only=True)
class Book:
    """A whole book. Moments are Beijing time unless they say otherwise.

    Raises ValueError if two chapters have one id, or an id cannot name a file.
    """

    identifier: str
    """A URI that no other edition has: the issue's absolute address, `urn:…`."""
    title: str
    publisher: str
    published: datetime
    sections: tuple[Section, ...]
    modified: datetime | None = None
    """When it was last put right; the publication if it never was."""
    language: str = "zh-CN"
    description: str = ""
    rights: str = ""
    series: str = ""
    """The series that it belongs to: the 刊名."""
    number: int | None = None
    """Its number in the series: 总第几期."""
    printed: str = ""
    """Absolute address of the PDF whose pages the chapters tell."""
    cover: tuple[str, ...] = ()
    """A cover in words, line by line, the 刊名 first; none if empty."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Absolute address, not percent-encoded (`reprinting.pictures_in`) → bytes."""

    def __post_init__(self) -> None:
        ids = [chapter.id for chapter in self.chapters()]
        if len(ids) != len(set(ids)) or not all(map(_NAME.fullmatch, ids)):
            raise ValueError(ids)

    def chapters(self) -> Iterator[Chapter]:
        """All chapters in reading order."""
        for section in self.sections:
            yield from section.chapters
