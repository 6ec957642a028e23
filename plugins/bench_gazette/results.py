"""What was measured → a Markdown table; ratios are those of the rivals to ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plugins.bench.generators import GONGKAI
from plugins.bench.measuring import Cost
from plugins.bench.results import Surroundings
from plugins.bench_gazette.looking import Looks

CHROMIUM, TYPST = "Chromium", "Typst"
NAMES = (GONGKAI, CHROMIUM, TYPST)
_HEAD = Path(__file__).with_name("head.md")
_MEGABYTE, _KILOBYTE = 1_000_000, 1000


@dataclass(frozen=True)
class Outcome:
    """One engine's work on one issue."""

    cost: Cost
    looks: Looks
    is_same: bool
    """Whether a second run gave the same bytes."""


@dataclass(frozen=True)
class Sheet:
    """All that was measured with one issue; `start` is what our process costs before it sets."""

    texts: int
    start: Cost
    outcomes: Mapping[str, Outcome]


def document(sheets: Sequence[Sheet], around: Surroundings) -> str:
    """The whole of `docs/bench-gazette.md`."""
    return "\n".join([_HEAD.read_text(encoding="utf-8"), *tables(sheets, around), ""])


def tables(sheets: Sequence[Sheet], around: Surroundings) -> Iterator[str]:
    """Surroundings, and two tables for each issue."""
    yield around.told()
    for sheet in sheets:
        ours = sheet.outcomes[GONGKAI].looks.pages
        yield f"\n## {sheet.texts} 件文件，{ours} 页\n"
        yield from _measures(sheet)
        yield from ("", *_properties(sheet))


def _measures(sheet: Sheet) -> Iterator[str]:
    yield f"| | {' | '.join(NAMES)} | Chromium/{GONGKAI} | Typst/{GONGKAI} |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    found = [sheet.outcomes[name] for name in NAMES]
    rows: tuple[tuple[str, str, Callable[[Outcome], float]], ...] = (
        ("页数 / pages", "{:.0f}", lambda one: one.looks.pages),
        ("CPU，秒 / CPU, s", "{:.2f}", lambda one: one.cost.cpu),
        (
            "每页 CPU，毫秒 / CPU per page, ms",
            "{:.0f}",
            lambda one: 1000 * one.cost.cpu / one.looks.pages,
        ),
        ("内存峰值，MB / peak memory, MB", "{:.0f}", lambda one: one.cost.memory / _MEGABYTE),
        ("文件，MB / size, MB", "{:.2f}", lambda one: one.looks.size / _MEGABYTE),
        (
            "每页，KB / per page, KB",
            "{:.1f}",
            lambda one: one.looks.size / one.looks.pages / _KILOBYTE,
        ),
    )
    for label, shape, value in rows:
        ours, *others = map(value, found)
        cells = [shape.format(number) for number in (ours, *others)]
        ratios = [f"{number / ours:.2f}" if ours else "—" for number in others]
        yield f"| {label} | {' | '.join([*cells, *ratios])} |"
    looks = sheet.outcomes[GONGKAI].looks
    cost = sheet.outcomes[GONGKAI].cost
    per_page = 1000 * (cost.cpu - sheet.start.cpu) / looks.pages
    yield ""
    yield (
        f"{GONGKAI} 的进程没有开始排版时已用 CPU {sheet.start.cpu:.2f} 秒、"
        f"内存 {sheet.start.memory / _MEGABYTE:.0f} MB；此外每页 {per_page:.0f} 毫秒。"
    )


def _properties(sheet: Sheet) -> Iterator[str]:
    yield f"| | {' | '.join(NAMES)} |"
    yield "| --- | --- | --- | --- |"
    found = [sheet.outcomes[name] for name in NAMES]
    rows: tuple[tuple[str, Callable[[Outcome], str]], ...] = (
        ("声明合乎 / claims", lambda one: one.looks.claims or "—"),
        ("结构标签 / tags", lambda one: _said(is_so=one.looks.is_tagged)),
        ("书签 / bookmarks", lambda one: _said(is_so=one.looks.has_bookmarks)),
        ("页签 / page labels", lambda one: _said(is_so=one.looks.has_labels)),
        ("字体全部嵌入 / fonts embedded", lambda one: _said(is_so=one.looks.are_embedded)),
        ("全部是 TrueType / all TrueType", lambda one: _said(is_so=one.looks.are_truetype)),
        ("再做一次，字节相同 / same bytes again", lambda one: _said(is_so=one.is_same)),
    )
    for label, value in rows:
        yield f"| {label} | {' | '.join(map(value, found))} |"


def _said(*, is_so: bool) -> str:
    return "是" if is_so else "否"
