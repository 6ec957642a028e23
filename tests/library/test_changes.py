"""Whatever a library answers otherwise than before is among the facts that have changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.library import Library, changed_facts
from plugins.library.facts import ANYTHING, CALENDAR, FILES
from plugins.reading.document import Document, Read
from plugins.reading.entries import Entry
from plugins.reading.sheet import Body
from plugins.reading.tree import Source
from plugins.records import Page, Vocabularies
from plugins.settings import NOW
from plugins.tracing import traced
from plugins.workdays import Calendar
from tests import county

Sources = dict[str, Source]

IDS = ("pages/a", "pages/b", "policies/c")
INDEXES = ("of", "year", "repeals")
VALUES = ("", "one", "two words")
FILES_THERE = ("pages/form.csv", "policies/map.pdf")
MOMENTS = tuple(datetime(2021, 7, day, 9, 30) for day in (1, 2, 3))
PUBLISHED = tuple(
    f"{moment:%Y-%m-%d} {clock}" for moment in MOMENTS for clock in ("09:29", "09:30", "09:31")
)
STAT = (0, 5, 0, 0)
RECORD = Page.model_validate({"title": "指南", "published": "2021-01-04"})
READ = Read(RECORD, Body("", "", (), frozenset(), ()), {})

digests = st.sampled_from((b"1", b"2"))


@st.composite
def entries(draw: st.DrawFn, document_id: str) -> Entry:
    """Any entry of a document."""
    keys = draw(st.sets(st.tuples(st.sampled_from(INDEXES), st.sampled_from(VALUES)), max_size=4))
    return Entry(
        document_id,
        draw(st.sampled_from(PUBLISHED)),
        draw(st.booleans()),
        ("all ", *(" ".join(key) for key in sorted(keys))),
        draw(digests),
        draw(digests),
        draw(digests),
    )


@st.composite
def contents(draw: st.DrawFn) -> Sources:
    """Any small content folder."""
    sources: Sources = {}
    for document_id in IDS:
        if draw(st.booleans()):
            entry = draw(entries(document_id))
            sources[f"{document_id}.md"] = Source(STAT, repr(entry).encode(), entry)
    for path in FILES_THERE:
        if draw(st.booleans()):
            sources[path] = Source(STAT, draw(digests))
    return sources


@st.composite
def edited(draw: st.DrawFn) -> tuple[Sources, Sources]:
    """Any content folder, and the same with some of its files other, new or gone."""
    old, other = draw(contents()), draw(contents())
    same = draw(st.sets(st.sampled_from((*(f"{i}.md" for i in IDS), *FILES_THERE))))
    new = {path: source for path, source in other.items() if path not in same}
    return old, new | {path: source for path, source in old.items() if path in same}


def library_of(sources: Sources) -> Library:
    documents = tuple((s.entry, Document(s.entry.id, READ)) for s in sources.values() if s.entry)
    files = {path: source.stat[1] for path, source in sources.items() if not source.entry}
    return Library(documents, Vocabularies({}), Calendar({}, {}), files)


def questions() -> Iterator[Callable[[Library, Sources], object]]:
    """Everything that a library can be asked, and what is read of its documents."""
    for index in ("all", *INDEXES):
        yield lambda asked, _, i=index: dict(asked.values(i))  # type: ignore[misc]
        for value in VALUES:
            yield lambda asked, _, i=index, v=value: [d.id for d in asked.look_up(i, v)]  # type: ignore[misc]
    yield lambda asked, _: len(asked)
    yield lambda asked, _: sorted(asked.files)
    yield lambda asked, _: [d.id for d in asked.gathered((i, v) for i in INDEXES for v in VALUES)]
    for document_id in IDS:
        yield lambda asked, _, i=document_id: i in asked  # type: ignore[misc]
        yield lambda asked, _, i=document_id: getattr(asked.get(i), "id", "")  # type: ignore[misc]
        for part in ("record", "body", "places"):
            yield lambda asked, known, i=document_id, p=part: _read(asked, known, i, p)  # type: ignore[misc]
    for path in FILES_THERE:
        yield lambda asked, _, p=path: asked.has_file(p)  # type: ignore[misc]
        yield lambda asked, known, p=path: asked.has_file(p) and known[p].digest  # type: ignore[misc]


def _read(library: Library, sources: Sources, document_id: str, part: str) -> object:
    """What a part says, told by its digest; None without a document, for that is told by `get`."""
    document = library._by_id.get(document_id)
    if document is None:
        return None
    getattr(document, part)
    return getattr(sources[f"{document_id}.md"].entry, part)


@given(edited(), st.sampled_from(MOMENTS), st.sampled_from(MOMENTS))
@settings(max_examples=400)
def test_every_answer_that_differs_was_given_on_a_fact_that_has_changed(
    both: tuple[Sources, Sources], then: datetime, now: datetime
) -> None:
    old, new = both
    changed = changed_facts(old, new, then, now)
    before, after = library_of(old), library_of(new)
    seen_before, seen_after = (
        before.public(county.settings(then)),
        after.public(county.settings(now)),
    )

    for first, second in ((before, after), (seen_before, seen_after)):
        for question in questions():
            with traced() as trace:
                answer = question(first, old)
            other = question(second, new)
            if other != answer and not (answer is None or other is None):
                assert trace.facts & changed, (trace.facts, changed)


@given(contents(), st.sampled_from(MOMENTS))
def test_nothing_has_changed_where_nothing_changed(same: Sources, now: datetime) -> None:
    again = {path: source._replace(stat=(9, 9, 9, 9)) for path, source in same.items()}

    assert changed_facts(same, again, now, now) == set()


@given(contents(), st.sampled_from(MOMENTS), st.sampled_from(MOMENTS))
def test_time_alone_changes_only_what_is_public(
    same: Sources, then: datetime, now: datetime
) -> None:
    changed = changed_facts(same, same, then, now)

    public = {fact for fact in changed if fact.startswith("public ")}
    assert changed - public == ({NOW} if then != now else set()) | ({ANYTHING} if public else set())


@pytest.mark.parametrize(
    ("path", "fact"),
    [
        ("vocabularies/kinds.yaml", "words kinds"),
        ("workdays.yaml", CALENDAR),
        ("pages/form.csv", "file pages/form.csv"),
    ],
)
def test_a_data_file_is_a_fact_of_its_own(path: str, fact: str) -> None:
    old, new = {path: Source(STAT, b"1")}, {path: Source(STAT, b"2")}

    assert fact in changed_facts(old, new, MOMENTS[0], MOMENTS[0])
    assert FILES not in changed_facts(old, new, MOMENTS[0], MOMENTS[0])
    assert {fact, FILES} <= changed_facts(old, {}, MOMENTS[0], MOMENTS[0])
    assert {fact, FILES} <= changed_facts({}, new, MOMENTS[0], MOMENTS[0])
