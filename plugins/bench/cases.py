"""The rows of the table: what happens before a build that is measured, and who builds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from plugins.bench import edits
from plugins.bench.contents import Contents
from plugins.bench.generators import (
    GONGKAI,
    HUGO,
    PELICAN,
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
    """The generators set up for one content folder; `turn` numbers the edits."""

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

    @property
    def generators(self) -> dict[str, Generator]:
        """Those that take part, by name."""
        found = (self.hugo, self.gongkai, self.pelican)
        return {generator.name: generator for generator in found if generator}


@dataclass(frozen=True)
class Case:
    """One row: what happens before the build, which is not measured, and who builds."""

    key: str
    label: str
    prepare: Callable[[Yard], None]
    builder: str = GONGKAI


def _forget(builder: str) -> Callable[[Yard], None]:
    return lambda yard: yard.generators[builder].forget()


def _nothing(_: Yard) -> None:
    """The content and everything else stays as the last build found it."""


def _after(edit: Edit, builder: str = GONGKAI) -> Callable[[Yard], None]:
    def prepare(yard: Yard) -> None:
        edit(yard.generators[builder].contents, yard.next_turn())

    return prepare


def _template(yard: Yard) -> None:
    edits.edit_template(yard.gongkai.template, yard.next_turn())


def _clone(yard: Yard) -> None:
    """Everything that is versioned comes new from a clone; output and cache from a store."""
    ours = yard.gongkai
    _renew(ours.folder, fresh_copy)
    _renew(ours.contents.folder, fresh_copy)
    for kept in (ours.output, ours.cache):
        if kept.exists():
            _renew(kept, same_copy)


def _renew(folder: Path, copy: Callable[[Path, Path], None]) -> None:
    """Put a copy in the place of a folder."""
    old = folder.with_name(f"{folder.name}.old")
    folder.rename(old)
    copy(old, folder)
    rmtree(old)


BASE = Case("hugo", "Hugo 完整生成", _forget(HUGO), HUGO)
"""What every other row is divided by."""
CASES = (
    Case("cold", "从零生成", _forget(GONGKAI)),
    Case("unchanged", "什么都没改", _nothing),
    Case("body", "改一篇旧文件的正文", _after(edits.old_body)),
    Case("title", "改一篇旧文件的标题", _after(edits.old_title)),
    Case("newest", "改最新一篇的正文", _after(edits.newest_body)),
    Case("new", "新发一篇", _after(edits.new_document)),
    Case("many", f"改 {edits.MANY} 篇的正文", _after(edits.many_bodies)),
    Case("template", "改文件页的模板", _template),
    Case("clone", "新克隆，缓存取回", _clone),
    Case("pelican", "原样的 Pelican，从零生成", _forget(PELICAN), PELICAN),
    Case("pelican-body", "原样的 Pelican，改一篇正文", _after(edits.old_body, PELICAN), PELICAN),
)
LIVE = "live"
"""Key of the rows that measure saving to browser."""
KEYS = (BASE.key, *(case.key for case in CASES), LIVE)
