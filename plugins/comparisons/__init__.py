"""新旧政策差异: two texts clause by clause, made from the papers themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plugins.comparisons.aligning import Change, Piece, Row, align
from plugins.comparisons.clauses import Text, text_of
from plugins.library import Library, older_texts
from plugins.outputs import Output, Page, Shown
from plugins.presenting import (
    COLUMN_OF,
    cards,
    column_head,
    comparison_url,
    numbered_title,
)
from plugins.problems import Problem, Severity
from plugins.reading import Document
from plugins.records import Policy
from plugins.settings import Settings
from plugins.views import Group, Link, Tag, Tone

TITLE = "新旧政策差异"
_TAGS: dict[Change, tuple[str, Tone]] = {
    "same": ("未改", "plain"),
    "renumbered": ("序号调整", "plain"),
    "changed": ("修改", "warn"),
    "moved": ("移动", "brand"),
    "added": ("新增", "good"),
    "removed": ("删去", "stop"),
}
_CHANGED: tuple[Change, ...] = ("added", "removed", "changed", "moved")
_UNCHANGED: tuple[Change, ...] = ("renumbered", "same")
_FEW_IN_COMMON = 4
"""A new text that keeps less than one clause in so many was written anew."""


@dataclass(frozen=True)
class ChangedClause:
    """A clause that is not what it was; `old` or `new` is empty where there is none."""

    title: str
    tag: Tag
    old_label: str
    old: tuple[Piece, ...]
    new_label: str
    new: tuple[Piece, ...]


@dataclass(frozen=True)
class SameClause:
    """A clause whose words are what they were; `note` tells of another number."""

    label: str
    text: str
    note: str


@dataclass(frozen=True)
class Part:
    """A run of the comparison: a heading, clauses that did not change, or one that did."""

    heading: str = ""
    same_title: str = ""
    same: tuple[SameClause, ...] = ()
    changed: ChangedClause | None = None


@dataclass(frozen=True)
class ComparisonView:
    """A comparison's page."""

    title: str
    old_title: str
    new_title: str
    summary: str
    caution: str
    papers: Group
    parts: tuple[Part, ...]


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """A page for each two papers of which one is the new text of the other."""
    for new, old in _pairs(library):
        path = f"{comparison_url(new, old)}index.html"
        yield Page(path, "comparisons/comparison.html", _page, (new, old))


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """What is compared is older, and both have a text."""
    for new, old in _pairs(library):
        if new.record.signed < old.record.signed:
            yield new.problem(
                "compares",
                f"逐条对照的 {old.id} 成文在后（{old.record.signed}）",
                "核对是否写反：compares 写在新文件里，填旧文件的编号",
            )
        for paper in (new, old):
            if not text_of(paper.body).clauses:
                yield paper.problem(
                    "title",
                    f"正文是空的，与 {old.id if paper is new else new.id} 的逐条对照没有内容",
                    "把文件的文字录入正文",
                    Severity.REMINDER,
                )


def _pairs(library: Library) -> Iterator[tuple[Document[Policy], Document[Policy]]]:
    for new in library.look_up("changes"):
        for old in older_texts(new, library):  # type: ignore[arg-type]  # only policies have the key
            yield new, old  # type: ignore[misc]


def _page(
    library: Library, settings: Settings, new: Document[Policy], old: Document[Policy]
) -> Shown:
    before, after = text_of(old.body), text_of(new.body)
    rows = align(before.clauses, after.clauses)
    unit = "条" if before.unit == after.unit == "条" else "段"
    column = COLUMN_OF[Policy]
    view = ComparisonView(
        title=f"{TITLE}：{new.record.title}",
        old_title=numbered_title(old.record),
        new_title=numbered_title(new.record),
        summary=summary_of(rows, unit),
        caution=_caution(rows, before, unit),
        papers=Group("对照的文件", "papers", cards((new, old), library, settings)),
        parts=tuple(_parts(rows, unit)),
    )
    head = column_head(
        settings,
        column,
        title=view.title,
        url=comparison_url(new, old),
        crumbs=(Link(column.name, column.url), Link(new.record.title, new.url)),
    )
    return head, {"comparison": view}


def summary_of(rows: Iterable[Row], unit: str) -> str:
    """新增3条，删去1条，修改5条，…: how many clauses changed in which way; headings apart."""
    rows = tuple(rows)
    counts = Counter(row.change for row in rows if not row.heading)
    headings = sum(row.heading and row.change not in _UNCHANGED for row in rows)
    told = [f"{_TAGS[key][0]}{counts[key]}{unit}" for key in _CHANGED if counts[key]]
    if headings:
        told.append(f"改动标题{headings}处")
    kept = [f"{_TAGS[key][0]}{counts[key]}{unit}" for key in _UNCHANGED if counts[key]]
    if not told:
        return f"两份文件的正文没有差异：{'，'.join(kept)}。" if kept else "两份文件都没有正文。"
    return f"{'，'.join(told)}；{'，'.join(kept) or '没有未改的内容'}。"


def _caution(rows: Iterable[Row], before: Text, unit: str) -> str:
    """A reader is told if there is little to compare."""
    kept = sum(row.old >= 0 and row.new >= 0 and not row.heading for row in rows)
    clauses = sum(clause.kind == "clause" for clause in before.clauses)
    if kept * _FEW_IN_COMMON >= clauses:
        return ""
    return f"新文件大部分是重新起草的，旧文件的{clauses}{unit}中只有{kept}{unit}能找到对应的内容。"


def _parts(rows: Iterable[Row], unit: str) -> Iterator[Part]:
    same: list[Row] = []
    for row in rows:
        if row.change in _UNCHANGED and not row.heading:
            same.append(row)
            continue
        yield from _same(same, unit)
        same = []
        if row.change in _UNCHANGED:
            yield Part(heading=row.new_label + row.pieces[0].text)
        else:
            yield Part(changed=_changed(row))
    yield from _same(same, unit)


def _same(rows: list[Row], unit: str) -> Iterator[Part]:
    if not rows:
        return
    first, last = rows[0].new_label.strip(" 　"), rows[-1].new_label.strip(" 　")
    span = f"{first}至{last}" if first != last else first
    counted = f"{len(rows)}{unit}未改"
    clauses = tuple(
        SameClause(
            row.new_label.strip(" 　"),
            row.pieces[0].text,
            f"原为{row.old_label.strip(' 　') or '不编号'}" if row.change == "renumbered" else "",
        )
        for row in rows
    )
    title = f"{span}，{counted}" if first and last else counted
    yield Part(same_title=title, same=clauses)


def _changed(row: Row) -> ChangedClause:
    name, tone = _TAGS[row.change]
    old_label, new_label = row.old_label.strip(" 　"), row.new_label.strip(" 　")
    title = new_label or old_label
    if row.old >= 0 and row.new >= 0 and old_label != new_label:
        title = f"{new_label or '不编号'}（原{old_label or '不编号'}）"
    return ChangedClause(
        title=title or ("标题" if row.heading else ""),
        tag=Tag(name, tone),
        old_label=old_label,
        old=tuple(piece for piece in row.pieces if piece.how != "insert") if row.old >= 0 else (),
        new_label=new_label,
        new=tuple(piece for piece in row.pieces if piece.how != "delete") if row.new >= 0 else (),
    )
