"""What a piece of work reads is noted while it runs: later it is done again only if that changed.

A **fact** is the name of something that can be read: `record policies/2021/2021-005`. Whoever hands
out what changes (the library, the settings) notes its fact; whoever remembers results opens a
`Trace` around the work. Outside of a trace, noting does nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

Fact = str


@dataclass(slots=True)
class Trace:
    """The facts that were read, and the span of build moments in which the result stays true."""

    facts: set[Fact] = field(default_factory=set)
    since: datetime = datetime.min  # noqa: DTZ901  # build moments are local by definition
    until: datetime = datetime.max  # noqa: DTZ901  # the same


_open: list[Trace] = []


@contextmanager
def traced() -> Iterator[Trace]:
    """A trace of what is read inside; work inside of other work is noted for both."""
    trace = Trace()
    _open.append(trace)
    try:
        yield trace
    finally:
        _open.pop()
        note_all(trace)


def note_all(trace: Trace) -> None:
    """All that is in a trace was read, be it now or by work whose result was kept."""
    if _open:
        outer = _open[-1]
        outer.facts |= trace.facts
        outer.since = max(outer.since, trace.since)
        outer.until = min(outer.until, trace.until)


def is_noting() -> bool:
    """Whether anybody wants to know what is read."""
    return bool(_open)


def note(fact: Fact) -> None:
    """Something was read."""
    if _open:
        _open[-1].facts.add(fact)


def note_reached(moment: datetime, now: datetime) -> None:
    """It was asked whether a moment has come; the answer holds until it comes, or since then."""
    if not _open:
        return
    trace = _open[-1]
    if moment <= now:
        trace.since = max(trace.since, moment)
    else:
        trace.until = min(trace.until, moment)
