"""Measurements → Markdown tables; ratios are to Hugo's full build of the same content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from plugins.bench.cases import BASE, CASES
from plugins.bench.generators import HUGO
from plugins.bench.live import Live
from plugins.bench.measuring import Cost, middle

_MEGABYTE = 1_000_000
_EMPTY = "—"
_HEAD = Path(__file__).with_name("head.md")


@dataclass(frozen=True)
class Size:
    """What a generator wrote."""

    files: int
    bytes: int
    document: int
    """Median bytes of a document's page."""


@dataclass
class Sheet:
    """All that was measured with one content folder."""

    label: str
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    sizes: dict[str, Size] = field(default_factory=dict)
    live: dict[str, Live] = field(default_factory=dict)


@dataclass(frozen=True)
class Surroundings:
    """Day, versions and machine."""

    day: str
    versions: Mapping[str, str]
    machine: str

    def told(self) -> str:
        """All of it in one line."""
        versions = "，".join(f"{name} {version}" for name, version in self.versions.items())
        return f"{self.day}；{versions}；{self.machine}。"


def size_of(output: Path, ids: Sequence[str]) -> Size:
    """Count what stands in an output folder."""
    files = [path.stat().st_size for path in output.rglob("*") if path.is_file()]
    pages = (output / document_id / "index.html" for document_id in ids)
    return Size(len(files), sum(files), int(median(page.stat().st_size for page in pages)))


def document(sheets: Sequence[Sheet], around: Surroundings) -> str:
    """The whole of `docs/bench.md`."""
    return "\n".join([_HEAD.read_text(encoding="utf-8"), *tables(sheets, around), ""])


def tables(sheets: Sequence[Sheet], around: Surroundings) -> Iterator[str]:
    """Surroundings, and three tables for each size."""
    yield around.told()
    for sheet in sheets:
        yield from ("", f"## {sheet.label}", "")
        yield from _costs(sheet)
        if sheet.live:
            yield from ("", *_live(sheet.live))
        yield from ("", *_sizes(sheet.sizes))


def _costs(sheet: Sheet) -> Iterator[str]:
    base = middle(sheet.costs[BASE.key])
    yield "| | CPU | 用时 | 内存 | CPU 秒 | 用时 秒 | 内存 MB | 次数 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for case in (BASE, *CASES):
        if found := sheet.costs.get(case.key):
            yield _cost_row(case.label, middle(found), base, len(found))


def _cost_row(label: str, cost: Cost, base: Cost, count: int) -> str:
    shares = (cost.cpu / base.cpu, cost.wall / base.wall, cost.memory / base.memory)
    cells = [ratio(share) for share in shares]
    cells += [f"{cost.cpu:.2f}", f"{cost.wall:.2f}", f"{cost.memory / _MEGABYTE:.0f}", str(count)]
    return f"| {label} | {' | '.join(cells)} |"


def ratio(share: float) -> str:
    """As many figures as mean something: 12, 1.4, 0.40, 0.033."""
    share = round(share, 6)
    digits = next((n for n, least in enumerate((10, 1, 0.1)) if share >= least), 3)
    return f"{share:.{digits}f}"


def _live(live: Mapping[str, Live]) -> Iterator[str]:
    yield "| 保存到浏览器 | 毫秒 | 与 Hugo 之比 | 每次保存的 CPU 秒 |"
    yield "| --- | ---: | ---: | ---: |"
    base = live.get(HUGO)
    for name, found in live.items():
        share = ratio(found.wall / base.wall) if base else _EMPTY
        yield f"| {name} | {found.wall * 1000:.0f} | {share} | {found.cpu:.2f} |"


def _sizes(sizes: Mapping[str, Size]) -> Iterator[str]:
    yield "| 生成的网站 | 文件 | 共 MB | 文件页的中位数 KB |"
    yield "| --- | ---: | ---: | ---: |"
    for name, size in sizes.items():
        total, page = size.bytes / _MEGABYTE, size.document / 1000
        yield f"| {name} | {size.files} | {total:.1f} | {page:.1f} |"
