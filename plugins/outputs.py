"""What a feature hands over, and what a feature is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from plugins.library import Library
from plugins.problems import Problem
from plugins.settings import Settings
from plugins.views import Head


@dataclass(frozen=True)
class Page:
    """An HTML page; its template sees `site`, `page` (the head) and `inputs`, nothing else."""

    path: str
    template: str
    head: Head
    inputs: Mapping[str, object]


@dataclass(frozen=True)
class File:
    """A file whose bytes the feature has made."""

    path: str
    data: bytes


@dataclass(frozen=True)
class Copy:
    """A file of the content that is published as it lies there; `source` counts from content/."""

    path: str
    source: str


Output = Page | File | Copy


class Feature(Protocol):
    """A derived part of the site: two pure functions of the library."""

    def build(self, library: Library, settings: Settings, /) -> Iterable[Output]:
        """Every output of this feature, in a fixed order."""

    def check(self, library: Library, settings: Settings, /) -> Iterable[Problem]:
        """What editors must mend before this feature can be published."""
