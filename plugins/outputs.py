"""What a feature hands over, and what a feature is.

An output is a **call**: a function and plain arguments. Nothing is made while outputs are listed;
publishing makes those whose call is another than last time, or whose function read what has changed
since (`plugins.tracing`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from plugins.library import Library
from plugins.problems import Problem
from plugins.settings import Settings
from plugins.views import Head

Inputs = Mapping[str, object]
"""What a template sees beside `site` and `page`: frozen views and plain values."""
Shown = tuple[Head, Inputs]
"""What a page is made of."""


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page; its template sees `site`, `page` (the head) and the inputs, nothing else.

    `make(library, settings, *arguments)` gives head and inputs. Arguments are documents, plain
    values, and frozen groups of such.
    """

    path: str
    template: str
    make: Callable[..., Shown]
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF for printing: its template extends `print/base.html` and sees what a page's does.

    `make` is as that of a `Page`. The head's url is that of the page it stands for: relative links
    and pictures mean what they mean there. Pictures are files that a public document uses
    (`Library.file_at`); they need not be told.
    """

    path: str
    template: str
    make: Callable[..., Shown]
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A file whose bytes a feature makes: `make(library, settings, *arguments)`."""

    path: str
    make: Callable[..., bytes]
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """A file of the content that is published as it lies there; `source` counts from content/."""

    path: str
    source: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A file whose bytes are at hand: the theme's own."""

    path: str
    data: bytes


def compact_json(value: object) -> bytes:
    """JSON for scripts of the site: without blanks, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


Output = Page | Pdf | File | Copy | Asset


@dataclass(frozen=True, slots=True)
class Report:
    """A table for the office, never published: `make report` prints it and writes it as CSV.

    `name` is its file name without an ending. `findings` counts the rows that somebody must act on;
    they stand first.
    """

    name: str
    title: str
    note: str
    """How it is counted, and by which rule."""
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    findings: int


Reporter = Callable[[Library, Settings], Iterable[Report]]
"""What gives reports of a feature; it is handed the library of what is public."""


class Feature(Protocol):
    """A derived part of the site: two pure functions of the library."""

    __name__: str

    def build(self, library: Library, settings: Settings, /) -> Iterable[Output]:
        """Every output of this feature, in a fixed order."""

    def check(self, library: Library, settings: Settings, /) -> Iterable[Problem]:
        """What editors must mend before this feature can be published."""
