"""New bytes → what the store keeps of them. Loaded only when there are some: it brings in much."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from plugins.privacy import Allowance
from plugins.problems import Problem
from plugins.reading.data import read_allowances, read_calendar, read_vocabularies
from plugins.reading.document import read_document
from plugins.reading.entries import entry_of, pickled
from plugins.reading.leaks import leaks_in_file, leaks_in_text
from plugins.reading.names import ALLOWANCES, SHOWN, VOCABULARY_FOLDER, WORKDAYS
from plugins.reading.office import read_office
from plugins.reading.store import Kept, seen_bytes
from plugins.records import Vocabularies
from plugins.records.fields import WORD
from plugins.records.office import Office
from plugins.tracing import traced
from plugins.workdays import Calendar

Data = tuple[Vocabularies, Calendar, tuple[Allowance, ...], tuple[Problem, ...], Office]
"""Vocabularies, calendar, allow-list, what is wrong in all of them, the office's lists."""


def read_data(content: Path, digests: Mapping[str, bytes]) -> Data:
    """All data files, path → digest of the bytes that were seen."""
    bytes_of = {path: seen_bytes(content, path, seen) for path, seen in digests.items()}
    in_folder = {path.rpartition("/")[2]: data for path, data in bytes_of.items()}
    vocabularies, said = read_vocabularies(in_folder, f"{SHOWN}/{VOCABULARY_FOLDER}")
    allowances, more = read_allowances(f"{SHOWN}/{ALLOWANCES}", bytes_of.get(ALLOWANCES))
    calendar, last = read_calendar(f"{SHOWN}/{WORKDAYS}", bytes_of.get(WORKDAYS))
    office, rest = read_office(bytes_of)
    return vocabularies, calendar, allowances, (*said, *more, *last, *rest), office


def read_file(
    content: Path, vocabularies: Vocabularies, path: str, seen: bytes, *, is_document: bool
) -> Kept:
    """Everything that one file says; a document's parts are pickled for the store."""
    data = seen_bytes(content, path, seen)
    if not is_document:
        leaks = tuple(leaks_in_file(path, data))
        return Kept(None, (), leaks, (), sum=sha256(data).digest())
    with traced() as trace:
        reading = read_document(path.removesuffix(".md"), f"{SHOWN}/{path}", data, vocabularies)
    words = tuple(sorted(fact for fact in trace.facts if fact.startswith(f"{WORD} ")))
    leaks = tuple(leaks_in_text(path, data))
    if reading.document is None:
        return Kept(None, reading.problems, leaks, words)
    parts = pickled(reading.document)
    return Kept(entry_of(reading.document, parts), reading.problems, leaks, words, parts)
