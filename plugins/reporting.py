"""`make report`: the inner reports of the features, printed, written as CSV and as spreadsheets.

They are never published: the folder that they are written to lies outside of the site.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from plugins.checking import looked_at, unusable
from plugins.features import REPORTS
from plugins.folders import write_whole
from plugins.library import Library
from plugins.outputs import Report, Reporter
from plugins.problems import report as told
from plugins.settings import Settings
from plugins.tables import as_csv, as_spreadsheet

SHOWN = 20
"""So many rows of a report are printed; the file has all of them."""
_WIDEST = 40
"""Columns of the screen that one cell may take."""


def reports_of(
    library: Library, settings: Settings, reporters: Iterable[Reporter] = REPORTS
) -> Iterator[Report]:
    """Every report of every feature; `library` is that of what is public."""
    for reporter in reporters:
        yield from reporter(library, settings)


def command(options: argparse.Namespace) -> int:
    """Print and write every report; 0 however much they find, 1 if there was nothing to read."""
    asked = asked_for(options)
    if asked is None:
        return 1
    library, settings = asked
    folder: Path = options.report
    made = list(reports_of(library, settings))
    print(f"按 {settings.now:%Y-%m-%d %H:%M} 计，共 {len(made)} 份报告。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in made:
            files = [folder / f"{one.name}{ending}" for ending in _WRITERS]
            for file in files:
                write_whole(file, _WRITERS[file.suffix](one))
            print(f"\n{summary(one, files)}")
    except OSError as fault:
        print(unusable(fault), file=sys.stderr)
        return 1
    return 0


def asked_for(options: argparse.Namespace) -> tuple[Library, Settings] | None:
    """What is public, and the settings, for reports; None, once it was said why there are none."""
    if inside := _published(options.report, (options.output, options.content)):
        print(
            f"报告不能写到 {inside} 里面：它不对外公开\n    改法：用 --report 指明另一个文件夹",
            file=sys.stderr,
        )
        return None
    asked = looked_at(options)
    if asked is None:
        return None
    checked, settings = asked
    if checked.errors:
        print(told(checked.errors), file=sys.stderr)
        print("内容有错误，报告会不准：先改好再出报告。", file=sys.stderr)
        return None
    return checked.public, replace(settings, period=options.period or "")


def _published(folder: Path, guarded: Iterable[Path]) -> Path | None:
    """The folder, of those that are published or read, in which another one lies."""
    whole = folder.resolve()
    inside = (g for g in guarded if whole == g.resolve() or g.resolve() in whole.parents)
    return next(inside, None)


_WRITERS: Mapping[str, Callable[[Report], bytes]] = MappingProxyType(
    {
        ".csv": lambda one: as_csv(one.header, one.rows),
        ".xlsx": lambda one: as_spreadsheet(one.title, one.header, one.rows, one.note),
    }
)
"""Ending of a file → how a report is written in it: to count on with, and to hand round."""


def summary(report: Report, files: Iterable[Path]) -> str:
    """What is printed of a report: its title, how it is counted, the rows to act on."""
    lines = [f"【{report.title}】{verdict(report)}", f"  {report.note}"]
    lines += [f"  {line}" for line in _aligned(report)]
    if (rest := report.findings - SHOWN) > 0:
        lines.append(f"  ……另有 {rest} 行")
    lines.append(f"  全文：{'、'.join(map(str, files))}")
    return "\n".join(lines)


def verdict(report: Report) -> str:
    """How many rows there are, and how many of them somebody must act on."""
    acted = f"{report.findings} 行需要处理" if report.findings else "没有需要处理的"
    return f"共 {len(report.rows)} 行，{acted}。"


def _aligned(report: Report) -> Iterator[str]:
    """Header and first findings in columns; columns that are empty in all of them are left out."""
    rows = report.rows[: min(report.findings, SHOWN)]
    if not rows:
        return
    places = [p for p in range(len(report.header)) if any(row[p] for row in rows)]
    table = [[_cut(row[p]) for p in places] for row in (report.header, *rows)]
    widths = [max(_width(row[n]) for row in table) for n in range(len(places))]
    for row in table:
        cells = (
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """Columns that a text takes on the screen: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    if _width(text) <= _WIDEST:
        return text
    while _width(text) > _WIDEST - 2:
        text = text[:-1]
    return f"{text}…"
