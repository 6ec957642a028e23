"""What belongs to a document: interpretations, successors, plans above and below, others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plugins.documents.follow_ups import in_chains
from plugins.library import Library
from plugins.presenting import cards, related, topics_of
from plugins.reading import Document
from plugins.records import (
    Interpretation,
    Package,
    Plan,
    Policy,
    Publication,
    Question,
    Record,
)
from plugins.settings import Settings
from plugins.views import Group


def groups(document: Document[Record], library: Library, settings: Settings) -> Iterator[Group]:
    """Titled runs of cards; a run without cards does not exist."""
    for title, anchor, found in _found(document, library):
        unique = {d.id: d for d in found if d.id != document.id}
        if unique:
            yield Group(title, anchor, cards(unique.values(), library, settings))


def _found(
    document: Document[Record], library: Library
) -> Iterator[tuple[str, str, Iterable[Document[Record]]]]:
    record = document.record
    if isinstance(record, Interpretation):
        yield "解读的文件", "interprets", library.find(record.interprets, Record)
    readings = in_chains(library.interpretations_of(document), library)
    yield "政策解读", "interpretations", readings
    yield "政策问答", "questions", library.pointing_at(document.id, "basis", Question)
    if isinstance(record, Policy):
        yield "修改本文件的文件", "amended-by", library.amenders_of(document)  # type: ignore[arg-type]
        yield "废止本文件的文件", "repealed-by", library.repealers_of(document)  # type: ignore[arg-type]
        yield "本文件修改的文件", "amends", library.find(record.amends, Policy)
        yield "本文件废止的文件", "repeals", library.find(record.repeals, Policy)
    if isinstance(record, Plan):
        yield "上位规划", "parent", library.find(filter(None, [record.parent]), Plan)
        yield "上一期规划", "replaces", library.find(filter(None, [record.replaces]), Plan)
        yield "下一期规划", "replaced-by", library.pointing_at(document.id, "replaces", Plan)
    if isinstance(record, Interpretation):
        siblings = [
            other
            for target in library.find(record.interprets, Record)
            for other in library.interpretations_of(target)
        ]
        yield "同一文件的其他解读", "siblings", siblings
    if isinstance(record, Publication):
        yield "相关文件", "related", related(document, library)  # type: ignore[arg-type]
        yield "所在政策包", "packages", library.pointing_at(document.id, "documents", Package)
        yield "所属专题", "topics", topics_of(record, library)
