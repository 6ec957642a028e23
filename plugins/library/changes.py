"""What differs between two states of the content, as facts that traces may have noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from plugins.library import facts as named
from plugins.library.facts import ANYTHING, CALENDAR, FILES, file_fact, has_fact, values_fact
from plugins.library.library import PUBLIC
from plugins.reading.document import BODY, PLACES, RECORD
from plugins.reading.entries import Entry
from plugins.reading.names import (
    ADDRESSES,
    CONSULT,
    REDIRECTS,
    RELEASED,
    RELEASES,
    VOCABULARY_FOLDER,
    WORKDAYS,
)
from plugins.reading.tree import Source
from plugins.records.vocabularies import WORDS
from plugins.settings import NOW
from plugins.tracing import Fact

_FACT_OF = {
    WORKDAYS: CALENDAR,
    REDIRECTS: named.REDIRECTS,
    ADDRESSES: named.ADDRESSES,
    CONSULT: named.WINDOW,
    RELEASES: named.RELEASES,
    RELEASED: named.RELEASES,
}
"""Data file → the fact that it was read."""


def changed_facts(
    old: Mapping[str, Source], new: Mapping[str, Source], then: datetime, now: datetime
) -> set[Fact]:
    """Every fact that may have changed between two builds. Costs time only for what did."""
    facts: set[Fact] = {NOW} if then != now else set()
    for path in _changed(old, new):
        facts |= set(_facts_of_file(path, path in old, path in new))
    before, after = f"{then:%Y-%m-%d %H:%M}", f"{now:%Y-%m-%d %H:%M}"
    for path in _changed_entries(old, new, before, after):
        first = old[path].entry if path in old else None
        second = new[path].entry if path in new else None
        facts |= set(_facts_of_parts(first, second))
        facts |= set(_facts_of_lists("", first, second))
        facts |= set(_facts_of_lists(PUBLIC, _seen(first, before), _seen(second, after)))
    return facts | {ANYTHING} if facts - {NOW} else facts


def _changed(old: Mapping[str, Source], new: Mapping[str, Source]) -> Iterator[str]:
    yield from old.keys() - new.keys()
    for path, source in new.items():
        then = old.get(path)
        if then is not source and (then is None or then.digest != source.digest):
            yield path


def _facts_of_file(path: str, was: bool, is_there: bool) -> Iterator[Fact]:  # noqa: FBT001
    yield file_fact(path)
    if was != is_there:
        yield FILES
    if path.startswith(f"{VOCABULARY_FOLDER}/"):
        yield f"{WORDS} {path.rpartition('/')[2].removesuffix('.yaml')}"
    if path in _FACT_OF:
        yield _FACT_OF[path]


def _changed_entries(
    old: Mapping[str, Source], new: Mapping[str, Source], before: str, after: str
) -> Iterator[str]:
    """Documents whose entries differ, and those that a moment between two builds made public."""
    yield from old.keys() - new.keys()
    low, high = min(before, after), max(before, after)
    for path, source in new.items():
        then, entry = old.get(path), source.entry
        differs = then is not source and (then is None or then.entry != entry)
        if differs or (entry and entry.is_open and low < entry.published <= high):
            yield path


def _seen(entry: Entry | None, now: str) -> Entry | None:
    return entry if entry and entry.is_open and entry.published <= now else None


def _facts_of_parts(first: Entry | None, second: Entry | None) -> Iterator[Fact]:
    known = first or second
    if known is None:
        return
    for part in (RECORD, BODY, PLACES):
        if getattr(first, part, None) != getattr(second, part, None):
            yield f"{part} {known.id}"


def _facts_of_lists(scope: str, first: Entry | None, second: Entry | None) -> Iterator[Fact]:
    """A list changes when a document enters it, leaves it, or moves in it."""
    if first is None and second is None:
        return
    known = first or second
    old, new = set(first.keys if first else ()), set(second.keys if second else ())
    if known and (first is None or second is None):
        yield scope + has_fact(known.id)
    moved = first and second and first.published != second.published
    for key in old | new if moved else old ^ new:
        yield scope + key
    for key in old ^ new:
        yield scope + values_fact(key.partition(" ")[0])
