"""Read everything and run every check; used by `make check` and before every build."""

from __future__ import annotations

import argparse
import runpy
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plugins import library as rules
from plugins.features import FEATURES
from plugins.library import Library
from plugins.problems import ContentError, Problem, Severity, in_order, report
from plugins.reading.tree import problems_of_leaks, read_tree
from plugins.records import Disclosure
from plugins.settings import BEIJING, County, Settings, parse_build_date


@dataclass(frozen=True)
class Checked:
    """A content folder that was read and checked: what is public, and what was found."""

    everything: Library
    public: Library
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> list[Problem]:
        """Those problems that stop publishing."""
        return [p for p in self.problems if p.severity is Severity.ERROR]

    def must_be_sound(self) -> Library:
        """The public library. Raises ContentError, with all problems, if any is an error."""
        if self.errors:
            raise ContentError(self.problems)
        return self.public


def check_content(content: Path, settings: Settings) -> Checked:
    """Read and check a content folder; raises FileNotFoundError if there is none."""
    tree = read_tree(content)
    everything = Library(tree.documents, tree.vocabularies, tree.calendar, tree.files, tree.unread)
    public = everything.public(settings.now)
    withheld = _withheld(everything)
    problems = [*tree.problems, *problems_of_leaks(tree, lambda path: path not in withheld)]
    drafts = {d.path for d in everything if d.record.draft}
    problems += _lenient(rules.check(everything, settings), drafts)
    if not tree.unread:  # what is made of all files can only be judged when all were read
        for feature in FEATURES:
            problems += feature.check(public, settings)
    return Checked(everything, public, tuple(in_order(problems)))


def _lenient(problems: Iterator[Problem], drafts: set[str]) -> Iterator[Problem]:
    """What is wrong in a draft is listed, but does not hold up everybody else's work."""
    for problem in problems:
        yield problem.as_reminder() if problem.path in drafts else problem


def _withheld(library: Library) -> set[str]:
    """依申请公开 and 不予公开 papers, and the files that only they use: never on the site."""
    kept: set[str] = set()
    shown: set[str] = set()
    for document in library:
        if document.record.disclosure is Disclosure.OPEN:
            shown |= document.files
        else:
            kept |= document.files | {f"{document.id}.md"}
    return kept - shown


def settings_from(conf: Path, build_date: str = "") -> Settings:
    """The settings that a Pelican settings file declares, read without Pelican.

    `build_date` goes before the file's BUILD_DATE; where neither is given, it is now. Raises
    ValueError for a date that is none.
    """
    declared = runpy.run_path(str(conf))
    return make_settings(declared, build_date)


def make_settings(declared: Mapping[str, object], build_date: str = "") -> Settings:
    """Settings out of the names of a Pelican settings file: COUNTY, SITEURL, BUILD_DATE."""
    county = declared.get("COUNTY")
    if not isinstance(county, County):
        raise TypeError("pelicanconf.py 里没有 COUNTY = County(...)")
    wanted = build_date or str(declared.get("BUILD_DATE") or "")
    now = parse_build_date(wanted) if wanted else _now()
    return Settings(county=county, now=now, site_url=str(declared.get("SITEURL") or "").rstrip("/"))


def _now() -> datetime:
    """The one place that reads the clock: only where no build date was set."""
    return datetime.now(BEIJING).replace(tzinfo=None, second=0, microsecond=0)


def command(options: argparse.Namespace) -> int:
    """`make check`: print every problem; exit code 1 if any stops publishing."""
    try:
        settings = settings_from(Path("pelicanconf.py"), options.build_date or "")
        checked = check_content(Path(options.content or "content"), settings)
    except FileNotFoundError as missing:
        print(
            f"找不到文件夹 {missing.args[0]}\n    改法：在项目文件夹里运行，或用 --content 指明",
            file=sys.stderr,
        )
        return 1
    except ValueError:
        print(
            f"“{options.build_date}”不是日期\n    改法：写成 --build-date 2021-07-15",
            file=sys.stderr,
        )
        return 1
    if checked.problems:
        print(report(checked.problems), file=sys.stderr)
    print(told(checked, settings))
    return 1 if checked.errors else 0


def told(checked: Checked, settings: Settings) -> str:
    """One line on what was read, for the end of a check and the start of a build."""
    total, public = len(checked.everything), len(checked.public)
    kept = f"，另有 {total - public} 个现在不公开" if total > public else ""
    verdict = "检查没有通过" if checked.errors else "检查通过"
    return f"{verdict}：按 {settings.now:%Y-%m-%d %H:%M} 计，公开文件 {public} 个{kept}。"
