"""What a feature hands over, and what a feature is.

An output is a **call**: a function and plain arguments. Nothing is made while outputs are listed;
publishing makes those whose call is another than last time, or whose function read what has changed
since (`plugins.tracing`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from plugins.library import Library
from plugins.problems import Problem
from plugins.settings import Settings
from plugins.views import Head

T = TypeVar("T")
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
    (`Library.file_at`); they need not be told. Files that
    travel inside (`views.Attached`) stand among the inputs as `attachments`.
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


class Sealed(NamedTuple):
    """A file of a bundle: the digest of its bytes (`reading.entries`), and how to get them."""

    digest: bytes
    read: Callable[[], bytes]


class Shelf(Protocol):
    """What a bundle may keep from one build to the next. Results must not depend on it."""

    @property
    def file(self) -> Path:
        """A file of the bundle's own in the cache; it may be missing, damaged or older."""

    @property
    def stamp(self) -> bytes:
        """What tells one version of our code from another."""

    def derive(self, name: str, make: Callable[..., T], *arguments: object) -> T:
        """`make(library, settings, *arguments)`, or its result of the last build if that holds.

        The result consists of plain values; arguments are as those of an output.
        """


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files that are made together, of which one edit changes a few, under names not known before.

    `make(library, settings, shelf, *arguments)` gives name inside the folder → file. It may read
    nearly all there is: it is asked again as soon as anything of the content is another.
    """

    path: str
    """The folder, with a slash at its end; other outputs may lie in it."""
    make: Callable[..., Mapping[str, Sealed]]
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class OfflineList:
    """The list of files that a browser may keep together, with the digests of what was published.

    It is made after all other outputs; each of `files` is the path of one (`plugins.offline`).
    """

    path: str
    title: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asset:
    """A file whose bytes are at hand: the theme's own."""

    path: str
    data: bytes


def compact_json(value: object) -> bytes:
    """JSON for scripts of the site: without blanks, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


Output = Page | Pdf | File | Copy | Bundle | OfflineList | Asset


@dataclass(frozen=True, slots=True)
class Report:
    """A table for the office, never published: `make report` prints it and writes its files.

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
