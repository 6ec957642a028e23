"""解读脉络: an interpretation with its 延伸解读 and 补充解读, and the questions behind them."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.library import Library
from plugins.reading import Document
from plugins.records import Interpretation, Record
from plugins.views import Banner, Link, Step

FIRST = "首次解读"


def chain_of(
    document: Document[Interpretation], library: Library
) -> list[Document[Interpretation]]:
    """The first interpretation and all that follow it, directly or not, the oldest first.

    Follow-ups that lead in a circle, which the check tells, are each shown once.
    """
    first, seen = document, {document.id}
    while first.record.follows:
        before = library.find((first.record.follows,), Interpretation)
        if not before or before[0].id in seen:
            break
        first = before[0]
        seen.add(first.id)
    found = {first.id: first}
    waiting = [first]
    while waiting:
        for after in library.pointing_at(waiting.pop().id, "follows", Interpretation):
            if after.id not in found:
                found[after.id] = after
                waiting.append(after)
    return sorted(found.values(), key=lambda d: (d.record.published, d.id))


def chain_steps(document: Document[Interpretation], library: Library) -> Iterator[Step]:
    """The chain as a line of days; this document itself is not linked. Empty if it stands alone."""
    members = chain_of(document, library)
    if len(members) > 1:
        for member in members:
            label, day = stage_of(member.record), member.record.published.date()
            if member.id == document.id:
                yield Step(f"{label}（本页）", day)
            else:
                yield Step(label, day, Link(member.record.title, member.url))


def stage_of(record: Interpretation) -> str:
    """首次解读, 延伸解读 or 补充解读."""
    return record.stage.value if record.stage else FIRST


def in_chains(
    found: list[Document[Interpretation]], library: Library
) -> list[Document[Interpretation]]:
    """Interpretations of a document, chain by chain: those that begin one newest first."""
    ids = {each.id for each in found}
    ordered: dict[str, Document[Interpretation]] = {}
    for each in found:
        if each.record.follows not in ids:
            ordered |= {m.id: m for m in chain_of(each, library) if m.id in ids}
    return list((ordered | {each.id: each for each in found}).values())


def prompt(record: Interpretation, library: Library) -> Banner | None:
    """What brought a follow-up about, and where to begin reading."""
    if not record.follows:
        return None
    first = library.find((record.follows,), Interpretation)
    causes = library.find(record.prompted_by, Record)
    links = tuple(Link(each.record.title, each.url) for each in (*causes, *first))
    asked = f"群众关切：{record.reaction}" if record.reaction else "为回应群众关切作出。"
    return Banner("brand", stage_of(record), asked, links)
