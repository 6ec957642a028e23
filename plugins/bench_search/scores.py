"""Answers and transfers → the figures of the report."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from plugins.bench_search.queries import Query

SHOWN = 10
"""Answers that count: MRR@10, recall@10."""


class Part(Enum):
    """What a transfer is for."""

    BOOT = "boot"
    """Programs and tables that every query needs."""
    INDEX = "index"
    """What this query needs of the index."""
    EXCERPT = "excerpt"
    """Texts of the documents shown."""


@dataclass(frozen=True)
class Loads:
    """What one query brought over the network: bytes of bodies as sent, and requests."""

    bytes: dict[Part, int] = field(default_factory=dict)
    requests: int = 0

    @property
    def total(self) -> int:
        """All bytes."""
        return sum(self.bytes.values())

    def of(self, part: Part) -> int:
        """Bytes of one part."""
        return self.bytes.get(part, 0)


@dataclass(frozen=True)
class Outcome:
    """A query, the ids of the first documents that an engine gave, and what that cost."""

    query: Query
    found: tuple[str, ...]
    loads: Loads


@dataclass(frozen=True)
class Quality:
    """How well known documents were found; `zero` counts queries without any answer."""

    count: int
    mrr: float
    recall: float
    zero: int


def rank(found: Sequence[str], wanted: Collection[str]) -> int:
    """The place, from 1, of the first right answer among those shown; 0 if there is none."""
    places = (place for place, answer in enumerate(found[:SHOWN], 1) if answer in wanted)
    return next(places, 0)


def quality(outcomes: Iterable[Outcome]) -> Quality:
    """Mean reciprocal rank, share of queries answered, and queries with no answer at all."""
    given = list(outcomes)
    ranks = [rank(outcome.found, outcome.query.wanted) for outcome in given]
    count = len(given)
    return Quality(
        count,
        sum(1 / place for place in ranks if place) / count if count else 0.0,
        sum(1 for place in ranks if place) / count if count else 0.0,
        sum(1 for outcome in given if not outcome.found),
    )


def percentile(values: Iterable[float], share: float) -> float:
    """The least value that at least `share` of the values do not exceed (nearest rank).

    Raises:
        ValueError: there are no values.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
