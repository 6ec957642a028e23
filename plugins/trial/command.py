"""`make trial`: convert a corpus, publish it as the site is published, and count it through."""

from __future__ import annotations

import argparse
import contextlib
import gzip
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress, TaskID

from plugins.building import Builder, Built
from plugins.checking import Checked, settings_from
from plugins.folders import CONF, THEME, Folders
from plugins.progress import Progress as BuildProgress
from plugins.publishing import ForeignOutputError, Published
from plugins.settings import END_OF_DAY, Settings
from plugins.trial import report
from plugins.trial.comparing import broken_links, compare
from plugins.trial.converting import Converted, convert
from plugins.trial.oddities import oddities
from plugins.trial.sources import find_texts, read_source
from plugins.trial.tree import write_tree

T = TypeVar("T")

SITE = Path(".cache/trial/site")
"""Where a trial's site stands if no other folder is asked for."""
REPORT = "trial-report.txt"
_COUNTY = Path("content")
_OWN_SITE = Path("output")


def command(options: argparse.Namespace) -> int:
    """Run a trial; exit code 0 if every text is on the site, whole."""
    corpus = Path(options.corpus)
    site = _site_folder(options.output)
    if not CONF.is_file():
        return _refuse(f"这里没有 {CONF}", "在项目文件夹里运行")
    if not corpus.is_dir():
        return _refuse(f"找不到文件夹 {corpus}", "写成 --corpus 法规文本所在的文件夹")
    texts, others = find_texts(corpus)
    if not texts:
        return _refuse(f"{corpus} 里没有法规文本（.md 文件）", "核对 --corpus 后面的文件夹")
    try:
        trial = _run(corpus, texts, others, site)
    except ForeignOutputError:
        return _refuse(
            f"{site} 里有不是本程序生成的文件，没有改动它", "用 --output 换一个空的文件夹"
        )
    file = site.parent / REPORT
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(report.whole(trial)) + "\n", encoding="utf-8")
    print("\n".join(report.screen(trial)))
    if trial.site:
        print(f"网站：{site}")
    print(f"报告：{file}")
    print("试生成通过。" if trial.passed else "试生成没有通过：有错误，或有文字没有到网页上。")
    return 0 if trial.passed else 1


def _refuse(message: str, remedy: str) -> int:
    print(f"{message}\n    改法：{remedy}", file=sys.stderr)
    return 1


def _site_folder(chosen: Path | None) -> Path:
    """The folder asked for. A trial never takes the place of the county's own site."""
    return SITE if chosen is None or Path(chosen) == _OWN_SITE else Path(chosen)


@dataclass
class _Stages:
    """Times every stage; shows bars on a terminal, plain lines elsewhere."""

    seconds: dict[str, float] = field(default_factory=dict)
    console: Console = field(default_factory=Console)

    @contextlib.contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[_Bar]:
        """One stage; the bar moves on by `_Bar.over`."""
        started = time.perf_counter()
        shown = self.console.is_terminal
        with Progress(console=self.console, disable=not shown, transient=True) as progress:
            yield _Bar(progress, progress.add_task(name, total=total))
        self.seconds[name] = time.perf_counter() - started
        print(f"{name}：{self.seconds[name]:.1f} 秒", flush=True)


@dataclass
class _Bar:
    """The bar of one stage."""

    progress: Progress
    task: TaskID

    def over(self, items: Iterable[T]) -> Iterator[T]:
        """The items, one step of the bar for each."""
        for item in items:
            yield item
            self.progress.advance(self.task)


def _run(corpus: Path, texts: list[str], others: list[str], site: Path) -> report.Trial:
    stages = _Stages()
    with tempfile.TemporaryDirectory(prefix="gongkai-trial-") as folder:
        content = Path(folder) / "content"
        with stages.stage("读取和转换", len(texts)) as bar:
            found = convert([read_source(corpus, path) for path in bar.over(texts)])
            settings = _settings(found)
            trial = report.Trial(str(corpus), f"{settings.now:%Y-%m-%d %H:%M}")
            trial.others, trial.texts, trial.seconds = tuple(others), tuple(found), stages.seconds
            trial.new_bodies = write_tree(_COUNTY, found, content)
        with stages.stage("找怪处"):
            trial.oddities = tuple(oddities(found))
        folders = Folders(content, site, THEME, Path(folder) / "cache")
        with stages.stage("检查和生成"):
            built = _built(folders, settings, stages)
        trial.problems, trial.documents = built.checked.problems, len(built.checked.public)
        if built.published:
            _compare(trial, built.checked, built.published, site, stages)
    trial.peak = _peak()
    return trial


def _settings(texts: Iterable[Converted]) -> Settings:
    """The county's settings for the day of the newest text; without a PDF of each text."""
    newest = max(text.facts.published for text in texts)
    declared = settings_from(CONF, newest.isoformat())
    county = replace(declared.county, document_pdfs=())
    return replace(declared, county=county, now=datetime.combine(newest, END_OF_DAY))


def _built(folders: Folders, settings: Settings, stages: _Stages) -> Built:
    builder = Builder(folders)
    try:
        return builder.build(settings, BuildProgress(is_terminal=stages.console.is_terminal))
    finally:
        builder.close()


def _compare(
    trial: report.Trial, checked: Checked, done: Published, site: Path, stages: _Stages
) -> None:
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    with stages.stage("核对", len(trial.texts)) as bar:
        trial.comparisons = tuple(
            compare(text, _body(checked, text), site) for text in bar.over(trial.texts)
        )
        trial.site = report.Site(
            pages=done.pages,
            files=len(paths),
            size=sum((site / path).stat().st_size for path in paths),
            sizes=tuple(_sizes(site, paths)),
            broken=tuple(broken_links(site)),
        )


def _body(checked: Checked, text: Converted) -> str:
    document = checked.public.get(text.id)
    return document.body.html if document else ""


def _sizes(site: Path, paths: Iterable[str]) -> Iterator[report.PageSize]:
    for path in sorted(paths):
        if path.endswith(".html"):
            data = (site / path).read_bytes()
            yield report.PageSize(path, len(data), len(gzip.compress(data, 6, mtime=0)))


def _peak() -> int:
    """The most memory that this process has had, in bytes; 0 on systems that do not tell."""
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(most if sys.platform == "darwin" else most * 1024)
