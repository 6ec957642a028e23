"""Plans among plans: the tree of those above and below, and those of other periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.library import Library
from plugins.reading import Document
from plugins.records import Plan, Record
from plugins.views import Link, Step


@dataclass(frozen=True)
class Branch:
    """One plan of a tree, with the plans below it; `is_here` is the page's own."""

    title: str
    url: str
    note: str
    is_here: bool
    below: tuple[Branch, ...]


def tree(document: Document[Record], library: Library) -> tuple[Branch, ...]:
    """From the topmost 上位规划 down to the lower plans of this one's; empty if it stands alone."""
    if not isinstance(document.record, Plan):
        return ()
    below = tuple(
        _branch(child, tuple(_branch(d) for d in library.lower_plans(child)))
        for child in library.lower_plans(document)  # type: ignore[arg-type]
    )
    above = list(_line(document, "parent", library))  # type: ignore[arg-type]
    branch = _branch(document, below, is_here=True)  # type: ignore[arg-type]
    for upper in above:
        branch = _branch(upper, (branch,))
    return (branch,) if above or below else ()


def succession(document: Document[Record], library: Library) -> tuple[Step, ...]:
    """The plans before and after this one, the oldest first; empty if there are none."""
    if not isinstance(document.record, Plan):
        return ()
    before = list(_line(document, "replaces", library))  # type: ignore[arg-type]
    after = list(_followers(document, library))  # type: ignore[arg-type]
    if not before and not after:
        return ()
    return (
        *(_step(other) for other in reversed(before)),
        Step(f"{document.record.period}（本规划）", document.record.signed),
        *(_step(other) for other in after),
    )


def _line(document: Document[Plan], key: str, library: Library) -> Iterator[Document[Plan]]:
    """The plans that one leads to through a field, the nearest first."""
    seen = {document.id}
    while found := library.find(filter(None, [getattr(document.record, key)]), Plan):
        document = found[0]
        if document.id in seen:
            return
        seen.add(document.id)
        yield document


def _followers(document: Document[Plan], library: Library) -> Iterator[Document[Plan]]:
    """The plans that follow one, and those that follow these, in the order of their days."""
    seen = {document.id: document}
    waiting = [document]
    for one in waiting:  # grows while it is walked
        for other in library.pointing_at(one.id, "replaces", Plan):
            if other.id not in seen:
                seen[other.id] = other
                waiting.append(other)
    yield from sorted(waiting[1:], key=lambda d: (d.record.signed, d.id))


def _branch(
    document: Document[Plan], below: tuple[Branch, ...] = (), *, is_here: bool = False
) -> Branch:
    record = document.record
    return Branch(record.title, document.url, f"{record.level}，{record.kind}", is_here, below)


def _step(document: Document[Plan]) -> Step:
    record = document.record
    return Step(record.period, record.signed, Link(record.title, document.url))
