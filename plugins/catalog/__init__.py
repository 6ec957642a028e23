"""基层政务公开标准目录: areas, their versions, every row with its documents and its state."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.library import Library
from plugins.outputs import Output
from plugins.problems import Problem
from plugins.settings import Settings


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """Nothing yet."""
    yield from ()


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here: versions are asked by the library's rules."""
    yield from ()
