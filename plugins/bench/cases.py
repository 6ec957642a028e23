"""The rows of the table: what happens before a build that is measured, and who builds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from plugins.bench import edits
from plugins.bench.contents import Contents
from plugins.bench.generators import (
    Generator,
    Gongkai,
    Hugo,
    StockPelican,
    fresh_copy,
    same_copy,
)

Edit = Callable[[Contents, int], None]
STOCK_LIMIT = 10_000
"""Stock Pelican is not asked to build more documents: its lists cost the square of their length."""


@dataclass
class Yard:
    """The three generators set up for one content folder; `turn` numbers the edits."""

    label: str
    contents: Contents
    hugo: Hugo
    gongkai: Gongkai
    pelican: StockPelican | None
    turn: int = 0

    def next_turn(self) -> int:
        """A number that no edit had yet."""
        self.turn += 1
        return self.turn

    def generators(self) -> Iterator[Generator]:
        """Those that take part."""
        yield self.hugo
        yield self.gongkai
        if self.pelican:
            yield self.pelican


@dataclass(frozen=True)
class Case:
    """One row. `prepare` is not measured; it returns who is to build, or None to leave it out."""

    key: str
    label: str
    prepare: Callable[[Yard], Generator | None]


def _hugo_full(yard: Yard) -> Generator:
    yard.hugo.forget()
    return yard.hugo


def _cold(yard: Yard) -> Generator:
    yard.gongkai.forget()
    return yard.gongkai


def _unchanged(yard: Yard) -> Generator:
    return yard.gongkai


def _after(edit: Edit) -> Callable[[Yard], Generator]:
    def prepare(yard: Yard) -> Generator:
        edit(yard.contents, yard.next_turn())
        return yard.gongkai

    return prepare


def _template(yard: Yard) -> Generator:
    edits.edit_template(yard.gongkai.template, yard.next_turn())
    return yard.gongkai


def _clone(yard: Yard) -> Generator:
    """Everything that is versioned comes new from a clone; output and cache from a store."""
    ours = yard.gongkai
    _renew(ours.folder, fresh_copy)
    _renew(yard.contents.folder, fresh_copy)
    for kept in (ours.output, ours.cache):
        if kept.exists():
            _renew(kept, same_copy)
    return ours


def _renew(folder: Path, copy: Callable[[Path, Path], None]) -> None:
    """Put a copy in the place of a folder."""
    old = folder.with_name(f"{folder.name}.old")
    folder.rename(old)
    copy(old, folder)
    rmtree(old)


def _pelican_cold(yard: Yard) -> Generator | None:
    if yard.pelican:
        yard.pelican.forget()
    return yard.pelican


def _pelican_edit(yard: Yard) -> Generator | None:
    if yard.pelican:
        edits.old_body(yard.pelican.contents, yard.next_turn())
    return yard.pelican


BASE = Case("hugo", "Hugo 完整生成", _hugo_full)
"""What every other row is divided by."""
CASES = (
    Case("cold", "从零生成", _cold),
    Case("unchanged", "什么都没改", _unchanged),
    Case("body", "改一篇旧文件的正文", _after(edits.old_body)),
    Case("title", "改一篇旧文件的标题", _after(edits.old_title)),
    Case("newest", "改最新一篇的正文", _after(edits.newest_body)),
    Case("new", "新发一篇", _after(edits.new_document)),
    Case("many", f"改 {edits.MANY} 篇的正文", _after(edits.many_bodies)),
    Case("template", "改文件页的模板", _template),
    Case("clone", "新克隆，缓存取回", _clone),
    Case("pelican", "原样的 Pelican，从零生成", _pelican_cold),
    Case("pelican-body", "原样的 Pelican，改一篇正文", _pelican_edit),
)
LIVE = "live"
"""Key of the rows that measure saving to browser."""
KEYS = (*(case.key for case in CASES), LIVE)
