"""How far long work has come: a bar on a terminal, plain lines elsewhere, times at the end."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

T = TypeVar("T")

_WORTH_SHOWING = 200
"""So many steps or more are worth a bar or a line."""
_SECONDS_BETWEEN_LINES = 5.0


class Over(Protocol):
    """Goes through the items of some work, and shows how many of `total` are done."""

    def __call__(self, name: str, items: Iterable[T], total: int) -> Iterable[T]:
        """The same items."""


def plainly(name: str, items: Iterable[T], total: int) -> Iterable[T]:  # noqa: ARG001  # an Over
    """Show nothing."""
    return items


class Progress:
    """The stages of one run, with the seconds that each has taken."""

    def __init__(self, *, is_terminal: bool) -> None:
        self._is_terminal = is_terminal
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time some work; a name that comes again is added up."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0) + time.perf_counter() - started

    def over(self, name: str, items: Iterable[T], total: int) -> Iterable[T]:
        """The items; if they are many, with a bar or with a line from time to time."""
        if total < _WORTH_SHOWING:
            return items
        return self._bar(name, items, total) if self._is_terminal else _lines(name, items, total)

    def _bar(self, name: str, items: Iterable[T], total: int) -> Iterator[T]:
        from rich.progress import track  # noqa: PLC0415  # slow to load, and seldom wanted

        yield from track(items, description=name, total=total, transient=True)

    def summary(self) -> str:
        """`读取 0.8 秒，检查 0.1 秒`."""
        return "，".join(f"{name} {seconds:.1f} 秒" for name, seconds in self.seconds.items())


def _lines(name: str, items: Iterable[T], total: int) -> Iterator[T]:
    said = time.perf_counter()
    for number, item in enumerate(items, 1):
        yield item
        if time.perf_counter() - said > _SECONDS_BETWEEN_LINES:
            said = time.perf_counter()
            print(f"{name} {number}/{total}", flush=True)
