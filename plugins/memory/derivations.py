"""Results that are kept with the trace of what was read for them (verifying traces).

A result is used again if it was asked for with the same words and nothing that its trace names has
changed. What reads what is never declared: it is seen (`plugins.tracing`), so there is nothing to
forget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from plugins.tracing import Fact, Trace, is_noting, note_all, traced

T = TypeVar("T")


class Derivation(NamedTuple):
    """One kept result: what it was asked with, what was read, and the span in which it is true.

    `since` and `until` are `2021-07-15T16:00:00`, which sort as moments do. A result consists of
    plain values: text, bytes, numbers, tuples.
    """

    asked: bytes
    facts: tuple[Fact, ...]
    since: str
    until: str
    result: Any

    @property
    def trace(self) -> Trace:
        """What was read for the result, and the span in which it is true."""
        since, until = map(datetime.fromisoformat, (self.since, self.until))
        return Trace(set(self.facts), since, until)


class Derivations:
    """The results of the last build, and those of this one as they are made or taken over."""

    def __init__(
        self, last: Mapping[str, Derivation], changed: AbstractSet[Fact], now: datetime
    ) -> None:
        """`changed` are the facts that differ since `last`; `now` is this build's moment."""
        self._last = last
        moment = now.isoformat()
        self._stale = {
            name
            for name, kept in last.items()
            if not (kept.since <= moment < kept.until and changed.isdisjoint(kept.facts))
        }
        self.kept: dict[str, Derivation] = {}
        self._names: dict[Fact, Fact] = {}

    def good(self, name: str, asked: bytes | None = None) -> Derivation | None:
        """What is kept under a name, if it is still true; with `asked`, if it was asked so."""
        kept = self._last.get(name)
        if kept is None or name in self._stale or (asked is not None and kept.asked != asked):
            return None
        return kept

    def take_over(self, name: str, kept: Derivation) -> None:
        """Keep a result of the last build for the next."""
        self.kept[name] = kept

    def keep(self, name: str, asked: bytes, trace: Trace, result: object) -> None:
        """Keep a result of this build. Facts are told apart by what they say: each is held once."""
        facts = tuple(self._names.setdefault(fact, fact) for fact in trace.facts)
        self.kept[name] = Derivation(
            asked, facts, trace.since.isoformat(), trace.until.isoformat(), result
        )

    def derive(self, name: str, work: Callable[[], T], asked: bytes = b"") -> T:
        """The kept result of some work, or else the work done now.

        Who traces around it is told what was read for it, then or now.
        """
        kept = self.good(name, asked)
        if kept is not None:
            self.take_over(name, kept)
            if is_noting():
                note_all(kept.trace)
            result: T = kept.result
            return result
        with traced() as trace:
            result = work()
        self.keep(name, asked, trace, result)
        return result
