"""Read everything and run every check; used by `make check` and before every build."""

from __future__ import annotations

import argparse
import pickle
import runpy
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plugins.features import FEATURES
from plugins.folders import CONF, THEME, Folders
from plugins.library import Library, changed_facts, check_document, check_whole
from plugins.library.facts import UNREAD
from plugins.memory import Derivations, State, code_digest, load
from plugins.problems import Problem, Severity, in_order, report
from plugins.progress import Over, Progress, plainly
from plugins.reading.entries import digest
from plugins.reading.names import SHOWN
from plugins.reading.store import ChangedMeanwhileError, Store
from plugins.reading.tree import Known, Tree, problems_of_leaks, read_tree
from plugins.records import Disclosure
from plugins.settings import BEIJING, County, Settings, parse_build_date
from plugins.tracing import Fact
from plugins.views import digest_of


@dataclass(frozen=True)
class Checked:
    """A content folder that was read and checked: what is public, and what was found."""

    tree: Tree
    everything: Library
    public: Library
    problems: tuple[Problem, ...]
    derivations: Derivations

    @property
    def errors(self) -> list[Problem]:
        """Those problems that stop publishing."""
        return [p for p in self.problems if p.severity is Severity.ERROR]


def check_content(  # noqa: PLR0913  # all that a build knows before it begins
    content: Path,
    settings: Settings,
    store: Store | None = None,
    last: State | None = None,
    *,
    over: Over = plainly,
    touched: Collection[str] | None = None,
) -> Checked:
    """Read and check a content folder; raises FileNotFoundError if there is none.

    What did not change since `last` is neither read nor checked again, with the same outcome.
    `touched` is that of `read_tree`.
    """
    last = last or State()
    tree = read_tree(content, store, Known(last.sources, last.looked), over, touched)
    everything = Library(
        tree.documents,
        tree.vocabularies,
        tree.calendar,
        tree.files,
        tree.unread,
        data_of=tree.data,
        sums=tree.sums,
        office=tree.office,
    )
    public = everything.public(settings)
    changed: set[Fact] = set()
    if last.derivations:
        changed = changed_facts(last.sources, tree.sources, last.now, settings.now)
    if tree.unread:  # a state is kept only when all was read
        changed.add(UNREAD)
    derivations = Derivations(last.derivations, changed, settings.now)
    problems = [*tree.problems, *problems_of_leaks(tree, lambda path: _is_open(path, everything))]
    problems += _checked(everything, public, settings, derivations, over)
    return Checked(tree, everything, public, tuple(in_order(problems)), derivations)


def _checked(
    everything: Library,
    public: Library,
    settings: Settings,
    derivations: Derivations,
    over: Over,
) -> Iterator[Problem]:
    """What all rules find; each document is asked by itself."""

    def judged(found: Iterable[Problem]) -> bytes:
        problems = tuple(_lenient(found, everything))
        return pickle.dumps(problems) if problems else b""

    results = [
        derivations.derive(
            f"check {document.id}",
            lambda asked=document: judged(check_document(asked, everything, settings)),  # type: ignore[misc]
        )
        for document in over("检查", everything, len(everything))
    ]
    results.append(derivations.derive("check", lambda: judged(check_whole(everything, settings))))
    if not everything.unread:  # what is made of all files can only be judged when all were read
        results += [
            derivations.derive(
                f"check {feature.__name__}",
                lambda asked=feature: judged(asked.check(public, settings)),  # type: ignore[misc]
            )
            for feature in FEATURES
        ]
    for result in filter(None, results):
        yield from pickle.loads(result)  # noqa: S301  # our own state, its digest is right


def _lenient(problems: Iterable[Problem], library: Library) -> Iterator[Problem]:
    """What is wrong in a draft is listed, but does not hold up everybody else's work."""
    for problem in problems:
        document = library.get(problem.path.removeprefix(f"{SHOWN}/").removesuffix(".md"))
        is_draft = document is not None and document.record.draft
        yield problem.as_reminder() if is_draft else problem


def _is_open(path: str, library: Library) -> bool:
    """Whether a file may come onto the site.

    依申请公开 and 不予公开 papers, and the files that only they use, never do.
    """
    document = library.get(path.removesuffix(".md"))
    users = [document] if document else library.look_up("uses", path)
    open_users = [u for u in users if u.record.disclosure is Disclosure.OPEN]
    return bool(open_users) or not users


def asked_of(settings: Settings) -> bytes:
    """What all results depend on besides the content: the county's settings and our code."""
    return digest(digest_of((settings.county, settings.site_url)) + code_digest())


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
    now = parse_build_date(wanted) if wanted else clock()
    return Settings(county=county, now=now, site_url=str(declared.get("SITEURL") or "").rstrip("/"))


def clock() -> datetime:
    """The one place that reads the clock: where no build date was set, or it may lie ahead."""
    return datetime.now(BEIJING).replace(tzinfo=None, second=0, microsecond=0)


def command(options: argparse.Namespace) -> int:
    """`make check`: print every problem; exit code 1 if any stops publishing."""
    looked = looked_at(options)
    if looked is None:
        return 1
    checked, settings = looked
    if checked.problems:
        print(report(checked.problems), file=sys.stderr)
    print(told(checked, settings))
    return 1 if checked.errors else 0


def looked_at(options: argparse.Namespace, conf: Path = CONF) -> tuple[Checked, Settings] | None:
    """Check the content that the options name; None, once it was said why, if that cannot be."""
    folders = Folders(options.content, options.output, THEME, options.cache)
    if not folders.content.is_dir() or not conf.is_file():
        missing = conf if folders.content.is_dir() else folders.content
        _say(f"找不到 {missing}\n    改法：在项目文件夹里运行，或用 --content 指明内容文件夹")
        return None
    try:
        settings = settings_from(conf, options.build_date or "")
    except ValueError:
        wrong = options.build_date or "设置里的 BUILD_DATE"
        _say(f"“{wrong}”不是日期\n    改法：写成 2021-07-15")
        return None
    try:
        return _check(folders, settings), settings
    except OSError as fault:
        _say(unusable(fault))
    except ChangedMeanwhileError as changed:
        _say(f"{SHOWN}/{changed} 在检查过程中被改动\n    改法：保存好以后再检查一次")
    return None


def _say(words: str) -> None:
    print(words, file=sys.stderr)


INTERRUPTED = 130
"""Exit code of a program that was ended by Ctrl-C, as shells have it."""


def unusable(fault: OSError) -> str:
    """What to say of a file or folder that cannot be read or written."""
    where = f"“{fault.filename}”" if fault.filename else "有个文件"
    return (
        f"{where}不能读写：{fault.strerror or fault}\n"
        "    改法：看看磁盘满没满，文件夹能不能写、是不是被同名的文件占了，再试一次"
    )


def _check(folders: Folders, settings: Settings) -> Checked:
    """Check with all that the last build of this output folder has left."""
    last = load(folders.state).for_those_who(asked_of(settings))
    store = Store(folders.readings)
    progress = Progress(is_terminal=sys.stdout.isatty())
    with closing(store), store.looked_into():
        return check_content(folders.content, settings, store, last, over=progress.over)


def told(checked: Checked, settings: Settings) -> str:
    """One line on what was read, for the end of a check and of a build."""
    total, public = len(checked.everything), len(checked.public)
    kept = f"，另有 {total - public} 个现在不公开" if total > public else ""
    verdict = "检查没有通过" if checked.errors else "检查通过"
    return f"{verdict}：按 {settings.now:%Y-%m-%d %H:%M} 计，公开文件 {public} 个{kept}。"
