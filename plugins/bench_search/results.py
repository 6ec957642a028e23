"""What was found and measured → Markdown tables; ratios are ours to Pagefind's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plugins.bench.generators import GONGKAI
from plugins.bench.measuring import Cost, middle
from plugins.bench.results import Surroundings, ratio
from plugins.bench_search.asking import Session
from plugins.bench_search.engines import PAGEFIND, Footprint
from plugins.bench_search.queries import KINDS
from plugins.bench_search.scores import SHOWN, Loads, Outcome, Part, percentile, quality

BARE = "bare"
"""Key of the costs of our builds without search."""
NAMES = (GONGKAI, PAGEFIND)
_HEAD = Path(__file__).with_name("head.md")
_MEMORY = ("内存峰值，整次生成 / peak memory of a build, MB", "其中检索所增 / added by the search")
_EMPTY = "—"
_KILOBYTE, _MEGABYTE = 1000, 1_000_000
_MIDDLE, _HIGH = 0.5, 0.95

Pair = tuple[float, float]
"""Ours and Pagefind's."""


@dataclass
class Sheet:
    """All that was measured with one content folder, by engine."""

    label: str
    first: dict[str, list[Outcome]] = field(default_factory=dict)
    later: dict[str, Session] = field(default_factory=dict)
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    footprints: dict[str, Footprint] = field(default_factory=dict)
    indexing: list[float] = field(default_factory=list)
    """Processor seconds of our index alone, round by round."""
    texts: dict[str, Footprint] = field(default_factory=dict)
    """What of the footprint is texts to cut excerpts from."""


def document(sheets: Sequence[Sheet], around: Surroundings) -> str:
    """The whole of `docs/bench-search.md`."""
    return "\n".join([_HEAD.read_text(encoding="utf-8"), *tables(sheets, around), ""])


def tables(sheets: Sequence[Sheet], around: Surroundings) -> Iterator[str]:
    """Surroundings, and two tables for each size."""
    yield around.told()
    for sheet in sheets:
        yield from ("", f"## {sheet.label}", "")
        yield from _measures(sheet)
        yield from ("", *_kinds(sheet))


def _measures(sheet: Sheet) -> Iterator[str]:
    yield f"| | {GONGKAI} | {PAGEFIND} | 之比 / ratio |"
    yield "| --- | ---: | ---: | ---: |"
    yield from _found(sheet)
    yield from _loaded(sheet)
    yield from _built(sheet)


def _found(sheet: Sheet) -> Iterator[str]:
    ours, theirs = (quality(sheet.first[name]) for name in NAMES)
    yield _row(f"MRR@{SHOWN}", (ours.mrr, theirs.mrr), "{:.3f}")
    yield _row(f"找到率 / recall@{SHOWN}", (ours.recall, theirs.recall), "{:.1%}")
    yield _row(f"无结果 / no result（{ours.count}）", (ours.zero, theirs.zero), "{:.0f}")


def _loaded(sheet: Sheet) -> Iterator[str]:
    first = [[outcome.loads for outcome in sheet.first[name]] for name in NAMES]
    later = [sheet.later[name].loads for name in NAMES]
    yield from _sizes("首次检索，含摘录 / first query, 10 excerpts", first, lambda it: it.total)
    yield from _sizes("其中启动 / start-up", first, lambda it: it.of(Part.BOOT), (_MIDDLE,))
    yield from _sizes("其中索引 / index", first, lambda it: it.of(Part.INDEX))
    yield from _sizes("再次检索，含摘录 / later query, 10 excerpts", later, lambda it: it.total)
    yield from _sizes("其中索引 / index", later, lambda it: it.of(Part.INDEX))
    requests = _pair(first, lambda it: it.requests, _MIDDLE)
    yield _row("首次检索的请求数 / requests, p50", requests, "{:.0f}")
    ours, theirs = (sheet.later[name].cpu * 1000 for name in NAMES)
    yield _row("浏览器 CPU，每次 / browser CPU per query, ms", (ours, theirs), "{:.0f}")


def _sizes(
    label: str,
    loads: Sequence[Iterable[Loads]],
    size: Callable[[Loads], int],
    shares: Iterable[float] = (_MIDDLE, _HIGH),
) -> Iterator[str]:
    for share in shares:
        ours, theirs = _pair(loads, size, share)
        pair = (ours / _KILOBYTE, theirs / _KILOBYTE)
        yield _row(f"{label}, KB p{share * 100:.0f}", pair, "{:.1f}")


def _pair(loads: Sequence[Iterable[Loads]], size: Callable[[Loads], int], share: float) -> Pair:
    ours, theirs = (percentile((size(load) for load in group), share) for group in loads)
    return ours, theirs


def _built(sheet: Sheet) -> Iterator[str]:
    """Processor time is each engine's own, of the best round; our memory is that of builds."""
    whole, bare, rival = (middle(sheet.costs[name]) for name in (GONGKAI, BARE, PAGEFIND))
    cpu = (min(sheet.indexing), min(cost.cpu for cost in sheet.costs[PAGEFIND]))
    yield _row("建索引的 CPU / indexing CPU, s", cpu, "{:.2f}")
    peaks = (whole.memory, max(0, whole.memory - bare.memory))
    for label, peak in zip(_MEMORY, peaks, strict=True):
        yield _row(label, (peak / _MEGABYTE, rival.memory / _MEGABYTE), "{:.0f}")
    for label, held in (
        ("索引大小 / index on disk, MB", sheet.footprints),
        ("其中各篇的文字 / of it texts of documents, MB", sheet.texts),
    ):
        ours, theirs = (held[name].bytes / _MEGABYTE for name in NAMES)
        yield _row(label, (ours, theirs), "{:.2f}")
    ours, theirs = (sheet.footprints[name].files for name in NAMES)
    yield _row("索引文件数 / index files", (ours, theirs), "{:.0f}")


def _row(label: str, pair: Pair, form: str) -> str:
    ours, theirs = pair
    share = ratio(ours / theirs) if theirs else _EMPTY
    return f"| {label} | {form.format(ours)} | {form.format(theirs)} | {share} |"


def _kinds(sheet: Sheet) -> Iterator[str]:
    yield f"| 问法 / kind of query | 次数 | MRR {GONGKAI} | MRR {PAGEFIND} | 找到率 {GONGKAI} | 找到率 {PAGEFIND} |"  # noqa: E501  # a table row
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for kind, (chinese, english, _) in KINDS.items():
        ours, theirs = (
            quality(outcome for outcome in sheet.first[name] if outcome.query.kind == kind)
            for name in NAMES
        )
        if ours.count:
            cells = [f"{ours.mrr:.3f}", f"{theirs.mrr:.3f}"]
            cells += [f"{ours.recall:.0%}", f"{theirs.recall:.0%}"]
            yield f"| {chinese} / {english} | {ours.count} | {' | '.join(cells)} |"
