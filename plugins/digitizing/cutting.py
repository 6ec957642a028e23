"""The lines of all pages → those of each article, cut where its title stands.

Nothing is passed over in silence: lines that belong to no article are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from plugins.digitizing.pages import Line, key
from plugins.records import ListedArticle

_MOST_LINES = 6
"""A title takes no more lines than so many."""
_ALIKE = 0.85
"""Recognition errs: so much of a title must be right."""
_SHOWN = 30

Lines = Sequence[Sequence[Line]]


class Place(NamedTuple):
    """Where a line stands: its page and its place on it, both from 0."""

    page: int
    line: int


@dataclass(frozen=True)
class Cut:
    """The lines of each article, and what a person should look at."""

    articles: tuple[tuple[Line, ...], ...]
    findings: tuple[str, ...]


class _Start(NamedTuple):
    """Of an article: where its title begins, where its text does, whether a title was found."""

    title: Place
    text: Place
    is_found: bool


def first_sheet(pages: Lines, listed: Sequence[ListedArticle]) -> int | None:
    """On which page of the PDF, from 1, the first article begins: where most titles fit.

    The page of contents has the titles too, but not each on a page of its own. None if less than
    half of the titles are found.
    """
    first = listed[0].first
    hits = [
        sum(
            _title_on(pages[page], one.title, 0) is not None
            for one in listed
            if (page := begin + one.first - first) < len(pages)
        )
        for begin in range(len(pages))
    ]
    best = max(hits, default=0)
    if best * 2 < len(listed):
        return None
    return len(hits) - hits[::-1].index(best)


def cut(pages: Lines, listed: Sequence[ListedArticle], begins: int) -> Cut:
    """The lines of each article; `begins` is the page of the PDF, from 1, of the first."""
    findings: list[str] = []
    starts = list(_starts(pages, listed, begins - 1 - listed[0].first, findings))
    articles = []
    for place, start in enumerate(starts):
        following = starts[place + 1].title if place + 1 < len(starts) else None
        column = listed[place + 1].column if following else ""
        end = begins - 1 - listed[0].first + listed[place].last
        articles.append(tuple(_between(pages, start.text, following, end, column)))
    return Cut(tuple(articles), tuple(findings))


def _starts(
    pages: Lines, listed: Sequence[ListedArticle], before: int, findings: list[str]
) -> Iterator[_Start]:
    last: Place | None = None
    for place, one in enumerate(listed):
        page = before + one.first
        lines = pages[page] if 0 <= page < len(pages) else ()
        is_shared = place > 0 and listed[place - 1].last == one.first
        after = last.line if last and last.page == page else 0
        found = _title_on(lines, one.title, after)
        if found:
            start = _Start(Place(page, found[0]), Place(page, found[1]), is_found=True)
            if not is_shared:
                findings += _above(lines[: found[0]], one)
        elif is_shared and lines:
            findings.append(
                f"第{one.first}页上找不到标题“{one.title}”，这一页的文字都归前一件，请自己分开"
            )
            start = _Start(Place(page + 1, 0), Place(page + 1, 0), is_found=False)
        else:
            if lines:
                findings.append(f"第{one.first}页上找不到标题“{one.title}”，从页首取起")
            start = _Start(Place(page, 0), Place(page, 0), is_found=False)
        last = start.text
        yield start


def _above(lines: Sequence[Line], one: ListedArticle) -> Iterator[str]:
    """What stands above the title on the first page of an article and is not its column's name."""
    odd = "".join(line.text for line in lines if key(line.text) != key(one.column))
    if odd:
        shown = odd if len(odd) <= _SHOWN else f"{odd[:_SHOWN]}……"
        yield f"第{one.first}页标题“{one.title}”上面的文字没有导入：{shown}"


def _title_on(lines: Sequence[Line], title: str, after: int) -> tuple[int, int] | None:
    """Where on a page a title begins, and where it has ended."""
    wanted = key(title)
    best, where = _ALIKE, None
    keys = [key(line.text) for line in lines]
    for begin in range(after, len(lines)):
        joined = ""
        for end in range(begin, min(begin + _MOST_LINES, len(lines))):
            joined += keys[end]
            if joined == wanted:
                return begin, end + 1
            if len(joined) > len(wanted) * 1.5:
                break
            if len(joined) > len(wanted) * _ALIKE / 2:
                alike = SequenceMatcher(None, joined, wanted, autojunk=False)
                if alike.quick_ratio() > best and (ratio := alike.ratio()) > best:
                    best, where = ratio, (begin, end + 1)
    return where


def _between(
    pages: Lines, begin: Place, following: Place | None, end: int, column: str
) -> Iterator[Line]:
    """Lines from a place to the next title, or to the end of page `end`, counted from 0."""
    for page in range(max(begin.page, 0), min(end + 1, len(pages))):
        lines = pages[page]
        start = begin.line if page == begin.page else 0
        stop = len(lines)
        if following and following.page == page:
            stop = following.line
            if stop > start and key(lines[stop - 1].text) == key(column):
                stop -= 1
        yield from lines[start:stop]
