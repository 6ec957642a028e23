"""When each document really went out: the releases that there were, and which first had what.

`content/releases.csv` and `content/released.csv` are written by `make release`. A document whose
发布日期 is earlier than the day of the first release that carried it must say why (`late_reason`).
What the very first release carried was taken over from another system, and is exempt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plugins.library.library import Library
from plugins.problems import Problem, Severity
from plugins.reading import Document
from plugins.records import Record
from plugins.records.fields import label_of
from plugins.records.office import released_rows
from plugins.settings import Settings

TAKEN_OVER = 1
"""The release whose documents have been public elsewhere before."""


@dataclass(frozen=True)
class Outings:
    """The day of each release, and the release in which each address first stood."""

    days: dict[int, date]
    first: dict[str, int]
    moved: dict[str, str]

    def first_of(self, url: str) -> int | None:
        """The release that first had a document, also under an address that it had before."""
        known = [self.first[a] for a in (url, self.moved.get(url, "")) if a in self.first]
        return min(known, default=None)


def outings_of(library: Library) -> Outings:
    """All that is written down of releases."""
    return library.once("outings", lambda: _outings(library))


def _outings(library: Library) -> Outings:
    releases, released = library.releases
    days = {int(row[0]): date.fromisoformat(row[1][:10]) for _, row in released_rows(releases)}
    first = {row[0]: int(row[1]) for _, row in released_rows(released)}
    moved = {r.target: r.source for r in library.redirects if r.target}
    return Outings(days, first, moved)


def real_day(document: Document[Record], library: Library, settings: Settings) -> date | None:
    """The day on which a document went out; today's if it has not; None if that is not known."""
    known = outings_of(library)
    first = known.first_of(document.url)
    if not known.days or first == TAKEN_OVER:
        return None
    return known.days.get(first) if first else settings.now.date()


def dates_are_honest(library: Library, settings: Settings) -> Iterator[Problem]:
    """发布日期 is not before the day of the release that first had the document, without a word.

    A reminder here, so that work goes on; `make release` takes it for an error.
    """
    known = outings_of(library)
    if not known.days:
        return
    for document in library.look_up("open"):
        day = date.fromisoformat(library.published(document)[:10])
        first = known.first_of(document.url)
        if first == TAKEN_OVER or (first is None and not settings.passed(day)):
            continue
        if first is not None and day >= known.days[first]:
            continue
        if document.record.late_reason:
            continue
        when = f"{known.days[first]} 才随第 {first} 版上网" if first else "至今没有随任何一版上网"
        yield document.problem(
            "published",
            f"发布日期 {day} 早于实际上网的日期：{when}",
            "把 published 改成实际上网的日期；确实要保留的，加一行 late_reason: 为什么晚"
            f"（{label_of(type(document.record), 'late_reason')}，公开显示）",
            Severity.REMINDER,
        )
