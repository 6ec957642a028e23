"""What a trial found: a short account for the screen, and everything by file for the report."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from plugins.problems import Problem, Severity
from plugins.trial.comparing import Comparison
from plugins.trial.converting import HEADING, Converted
from plugins.trial.oddities import Oddity
from plugins.trial.tree import source_of

EXAMPLES = 3
"""How many examples of each kind are shown."""
_LARGEST = 10
_CHAPTER = re.compile(r"第[零〇一二三四五六七八九十百]+([编章节])")
_KIB = 1024


@dataclass(frozen=True)
class PageSize:
    """One page as it was written, and as a server sends it."""

    path: str
    size: int
    packed: int


@dataclass(frozen=True)
class Site:
    """The site that was published."""

    pages: int
    files: int
    size: int
    sizes: tuple[PageSize, ...]
    broken: tuple[tuple[str, str], ...]
    """Page, and the address from the site's root that it links to in vain."""


@dataclass
class Trial:
    """Everything that a run learnt; stages add to it as they go."""

    corpus: str
    now: str
    others: tuple[str, ...] = ()
    texts: tuple[Converted, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    new_bodies: int = 0
    problems: tuple[Problem, ...] = ()
    documents: int = 0
    comparisons: tuple[Comparison, ...] = ()
    site: Site | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    peak: int = 0
    """The most memory that the main process used, in bytes; 0 where the system does not tell."""

    @property
    def errors(self) -> list[Problem]:
        """What would keep the site from being published."""
        return [p for p in self.problems if p.severity is Severity.ERROR]

    @property
    def lossy(self) -> list[Comparison]:
        """Texts whose page does not say all that they say."""
        return [c for c in self.comparisons if not c.is_whole]

    @property
    def passed(self) -> bool:
        """Whether every text is on the site, whole, and no error was found."""
        told = self.site is not None and len(self.comparisons) == len(self.texts)
        return told and not self.errors and not self.lossy


def screen(trial: Trial) -> Iterator[str]:
    """The short account: counts, kinds and a few examples."""
    yield from _texts(trial)
    yield from _problems(trial, EXAMPLES)
    yield from _oddities(trial.oddities)
    yield from _site(trial)
    yield from _proof(trial, EXAMPLES)
    yield from _cost(trial)


def whole(trial: Trial) -> Iterator[str]:
    """The report: the same, and every odd place and every text by file."""
    yield f"试生成报告：{trial.corpus}"
    yield ""
    yield from _texts(trial)
    yield from _site(trial)
    yield from _proof(trial, len(trial.texts))
    yield from _cost(trial)
    yield from _problems(trial, EXAMPLES)
    yield from _titled("不是文本的文件", trial.others)
    yield from _every_oddity(trial.oddities)
    if trial.site:
        yield from _titled("最大的网页", _largest(trial.site))
        yield from _titled("站内断链", _broken(trial.site))
    yield from _titled("各篇的编号", (f"{text.id}  {text.source.path}" for text in trial.texts))


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield f"## {title}（{len(found)}）"
        yield from found


def _texts(trial: Trial) -> Iterator[str]:
    total = len(trial.texts) + len(trial.others)
    names = sorted({path.rpartition("/")[2] for path in trial.others})
    shown = f"（{'、'.join(names[:EXAMPLES])}{'等' if len(names) > EXAMPLES else ''}）"
    yield f"读到文件 {total} 个：文本 {len(trial.texts)} 篇，不是文本的 {len(trial.others)} 个" + (
        shown if names else ""
    )
    folders = Counter(text.source.folder or "（不在文件夹里）" for text in trial.texts)
    parts = "，".join(f"{name} {count}" for name, count in folders.items())
    yield f"转换 {len(trial.texts)} 篇：{parts}；{_headings(trial.texts)}"
    amended = sum(bool(text.facts.amended) for text in trial.texts)
    days = sum(len(text.facts.amended) for text in trial.texts)
    in_force = sum(bool(text.facts.effective) for text in trial.texts)
    numbered = sum(bool(t.facts.number and not t.number_taken_by) for t in trial.texts)
    newer = sum(bool(text.older) for text in trial.texts)
    joint = sum(len(text.facts.issuers) > 1 for text in trial.texts)
    bodies = len({name for text in trial.texts for name in text.facts.issuers})
    yield (
        f"认出：发文机关 {bodies} 个（词表里新加 {trial.new_bodies} 个），联合发文 {joint} 篇，"
        f"文号 {numbered} 篇，施行日期 {in_force} 篇，修订 {amended} 篇 {days} 次，"
        f"有旧版本的 {newer} 篇"
    )


def _headings(texts: Iterable[Converted]) -> str:
    found: Counter[str] = Counter()
    for text in texts:
        for line in text.source.body:
            heading = HEADING.fullmatch(line.text)
            if heading and (kind := _CHAPTER.match(heading[2])):
                found[kind[1]] += 1
    return "，".join(f"{kind} {found[kind]}" for kind in "编章节")


def _problems(trial: Trial, examples: int) -> Iterator[str]:
    if not trial.seconds.get("检查和生成"):
        return
    reminders = len(trial.problems) - len(trial.errors)
    yield f"检查（按 {trial.now} 计）：错误 {len(trial.errors)} 处，提醒 {reminders} 处"
    by_id = {text.id: text for text in trial.texts}
    kinds: dict[str, list[Problem]] = defaultdict(list)
    for problem in trial.problems:
        kinds[_kind(problem)].append(problem)
    order = sorted(kinds, key=lambda kind: (not kind.startswith("错误"), -len(kinds[kind]), kind))
    for kind in order:
        found = kinds[kind]
        yield f"  {kind}：{len(found)} 处"
        for problem in found[:examples]:
            place = source_of(problem, by_id)
            yield f"    例：{problem.message}"
            yield f"        {problem.path}:{problem.mark.line}" + (f"，即 {place}" if place else "")


def _kind(problem: Problem) -> str:
    """A message without what differs from place to place."""
    words = re.sub(r"“[^”]*”", "“…”", problem.message)
    words = re.sub(r"policies/[\w/.-]+", "…", words)
    words = re.sub(r"\d[\d-]*", "N", words)
    subject = f"{problem.subject}：" if problem.subject else ""
    return f"{problem.severity.value}：{subject}{words}"


def _oddities(oddities: Sequence[Oddity]) -> Iterator[str]:
    kinds = Counter(oddity.kind for oddity in oddities)
    yield f"文本里的怪处：{len(kinds)} 种，{len(oddities)} 处，逐处列在报告里"
    for kind, count in kinds.most_common():
        found = [oddity for oddity in oddities if oddity.kind == kind]
        files = len({oddity.path for oddity in found})
        yield f"  {kind}：{count} 处，{files} 篇。例：{found[0].detail}"


def _every_oddity(oddities: Sequence[Oddity]) -> Iterator[str]:
    kinds = Counter(oddity.kind for oddity in oddities)
    for kind, _ in kinds.most_common():
        yield from _titled(
            kind,
            (
                f"{o.path}{f':{o.line}' if o.line else ''}  {o.detail}"
                for o in oddities
                if o.kind == kind
            ),
        )


def _site(trial: Trial) -> Iterator[str]:
    if not trial.site:
        return
    site = trial.site
    yield (
        f"网站：公开文件 {trial.documents} 个，网页 {site.pages} 个，文件 {site.files} 个，"
        f"共 {site.size / _KIB**2:.1f} MB；站内断链 {len(site.broken)} 处"
    )
    yield from (f"    断链：{line}" for line in list(_broken(site))[:EXAMPLES])
    packed = sorted(size.packed for size in site.sizes)
    if packed:
        largest = max(site.sizes, key=lambda size: size.packed)
        yield (
            f"网页大小（压缩后）：中位数 {_kib(packed[len(packed) // 2])}，"
            f"95% 不超过 {_kib(packed[int(len(packed) * 0.95)])}，"
            f"最大 {_kib(largest.packed)}（{largest.path}）"
        )


def _broken(site: Site) -> Iterator[str]:
    """Each address that leads nowhere, with the number of pages that link to it."""
    pages: dict[str, list[str]] = defaultdict(list)
    for page, address in site.broken:
        pages[address].append(page)
    for address, found in sorted(pages.items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"{address}：{len(found)} 个网页上有，例如 {found[0]}"


def _largest(site: Site) -> Iterator[str]:
    for page in sorted(site.sizes, key=lambda size: -size.packed)[:_LARGEST]:
        yield f"{_kib(page.size)}，压缩后 {_kib(page.packed)}  {page.path}"


def _kib(size: int) -> str:
    return f"{size / _KIB:.1f} KB"


def _proof(trial: Trial, examples: int) -> Iterator[str]:
    if not trial.site:
        return
    found = trial.comparisons
    han = sum(c.han for c in found)
    lost = sum(sum(c.lost.values()) for c in found)
    added = sum(sum(c.added.values()) for c in found)
    signs = sum(not c.signs_in_order for c in found)
    yield (
        f"核对：原文汉字 {han} 个，网页上缺 {lost} 个，多 {added} 个；"
        f"汉字顺序不同 {sum(not c.in_order for c in found)} 篇，"
        f"标点、数字、字母不同 {signs} 篇"
    )
    articles = sum(c.articles for c in found)
    marked = sum(c.marked_articles for c in found)
    yield f"核对：原文 {articles} 条，网页上认出 {marked} 条"
    for c in [c for c in found if not c.is_whole or not c.signs_in_order][:examples]:
        yield (
            f"    {c.text.source.path}：缺 {_few(c.lost)}，多 {_few(c.added)}"
            f"{'' if c.in_order else '，汉字顺序不同'}"
            f"{'' if c.signs_in_order else '，标点、数字、字母不同'}"
        )


def _few(characters: dict[str, int]) -> str:
    shown = "".join(sorted(characters)[:10])
    return f"{sum(characters.values())} 个{f'（{shown}）' if shown else ''}"


def _cost(trial: Trial) -> Iterator[str]:
    stages = "，".join(f"{name} {seconds:.1f} 秒" for name, seconds in trial.seconds.items())
    peak = f"；主进程内存最多 {trial.peak / _KIB**2:.0f} MB" if trial.peak else ""
    yield f"用时：{stages}{peak}"
