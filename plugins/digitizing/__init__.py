"""`make import-gazette`: a 历史公报 as PDF, with a list of its articles → an issue of the content.

The PDF is copied as it is; the text that it holds is cut by article and becomes the body of the
issue's file, for people to proofread; a lock beside it says what was taken (`library.frozen`).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plugins.checking import settings_from, unusable
from plugins.digitizing.cutting import cut, first_sheet
from plugins.digitizing.lists import Listing, read_list
from plugins.digitizing.pages import Pages, lines_of
from plugins.digitizing.paragraphs import as_markdown, full_width, paragraphs
from plugins.folders import CONF, write_whole
from plugins.library import LOCK, PDF, frozen_as_printed, lock_text
from plugins.problems import Problem, Severity, StoppedError
from plugins.reading import Document
from plugins.reading.attachments import PageText, UnreadableAttachment, pages_of
from plugins.reading.data import read_allowances
from plugins.reading.document import read_document
from plugins.reading.leaks import leaks_in_file
from plugins.reading.names import ALLOWANCES, SHOWN, VOCABULARY_FOLDER
from plugins.records import Issue, ListedArticle
from plugins.starting import vocabularies_in

if TYPE_CHECKING:
    import argparse

_ISSUE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_PLACES = 8
_HOUR = "09:00"


class CannotDigitizeError(StoppedError):
    """Nothing was written; the text says why, and how to mend it."""


class Asked(NamedTuple):
    """What is typed of an issue."""

    pdf: Path
    articles: Path
    """CSV file: what stands in the issue."""
    issue: str
    """2018-01; 2018-05-06 of a 合刊."""
    total: int
    published: str
    name: str
    """刊名; empty: that of the newest issue that is here."""
    begins: int
    """The page of the PDF on which the first article begins; 0: where the titles are found."""
    is_scanned: bool


class _Names(NamedTuple):
    """What the issue is called."""

    series: str
    year: int
    issue: str
    total: int

    @property
    def title(self) -> str:
        """某县政报2018年第1期（总第9期）."""
        return f"{self.series}{self.year}年第{self.issue}期（总第{self.total}期）"

    @property
    def heads(self) -> tuple[str, ...]:
        """How it may be called at the edge of a page."""
        short = f"{self.year}年第{self.issue}期"
        return self.series, short, f"{self.series}{short}", self.title, f"{short}{self.series}"


class _Text(NamedTuple):
    """What was read from the pages."""

    pages: Pages
    begins: int
    bodies: tuple[tuple[str, ...], ...]
    """Paragraphs of each article."""
    findings: tuple[str, ...]
    is_scanned: bool


def command(options: argparse.Namespace) -> int:
    """Import one issue and say what came of it: the target `import-gazette`."""
    asked = Asked(
        options.file,
        options.list,
        options.issue,
        options.total,
        options.published,
        options.name,
        options.begins,
        options.scanned,
    )
    try:
        print(run(asked, options.content))
    except CannotDigitizeError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except OSError as fault:
        print(unusable(fault), file=sys.stderr)
        return 1
    return 0


def run(asked: Asked, content: Path) -> str:
    """Import one issue; what to tell the person who asked for it.

    Raises:
        CannotDigitizeError: nothing was written.
    """
    target = _target(asked, content)
    data = _data(asked.pdf)
    listing = _listing(asked.articles)
    pages = _pages(asked, data, content)
    names = _names(asked, content)
    text = _text(pages, listing.articles, asked, names)
    file = _file(_values(asked, text, listing.articles, names), listing, text)
    issue = _read(f"{Issue.folder}/{asked.issue}", file, content, listing)
    lock = lock_text(frozen_as_printed(issue, data, len(pages)), issue.id)
    _write_all({PDF: data, ".md": file.encode(), LOCK: lock.encode()}, target)
    return "\n".join(_told(target, listing, text))


def _target(asked: Asked, content: Path) -> Path:
    """Where the issue's files will lie, without an ending."""
    if not (content / VOCABULARY_FOLDER).is_dir():
        raise CannotDigitizeError(f"找不到内容文件夹 {content}", "在项目文件夹里运行")
    if not _ISSUE.fullmatch(asked.issue):
        raise CannotDigitizeError(f"“{asked.issue}”不是期号", "写成 2018-01；合刊写成 2018-05-06")
    target = content / Issue.folder / asked.issue
    for ending in (".md", PDF, LOCK):
        if target.with_suffix(ending).exists():
            raise CannotDigitizeError(
                f"{target.with_suffix(ending).as_posix()} 已经存在，没有改动它",
                "核对期号；确实要重新导入的，先把这一期原有的 md、pdf、lock 移走",
            )
    for file in (asked.pdf, asked.articles):
        if file.resolve().is_relative_to(content.resolve()):
            raise CannotDigitizeError(
                f"{file.name} 放在内容文件夹里，会被当作要发布的文件", "移到别的文件夹再导入"
            )
    return target


def _data(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise CannotDigitizeError(f"找不到或打不开文件 {file}", "核对文件的位置和名称") from None


def _listing(file: Path) -> Listing:
    listing = read_list(file, _data(file))
    if listing.problems:
        raise CannotDigitizeError("\n".join(map(str, listing.problems)))
    if not listing.articles:
        raise CannotDigitizeError(f"{file} 里没有文件", "每件文件一行：栏目、标题、起页、止页等")
    return listing


def _pages(asked: Asked, data: bytes, content: Path) -> list[PageText]:
    """The pages' text, once it is sure that the file may be published."""
    path = f"{Issue.folder}/{asked.issue}{PDF}"
    allow_list = content / ALLOWANCES
    known = allow_list.read_bytes() if allow_list.is_file() else None
    allowances, _ = read_allowances(ALLOWANCES, known)
    leaks = [leak for leak in leaks_in_file(path, data) if not leak.allowed_by(allowances)]
    if leaks:
        shown = f"{SHOWN}/{ALLOWANCES}"
        told = dict.fromkeys(str(leak.problem(str(asked.pdf), shown)) for leak in leaks)
        raise CannotDigitizeError("\n".join(told))
    try:
        return pages_of(data)
    except UnreadableAttachment as unreadable:
        raise CannotDigitizeError(f"{asked.pdf}：{unreadable.reason}") from None


def _text(
    pages: list[PageText], listed: tuple[ListedArticle, ...], asked: Asked, names: _Names
) -> _Text:
    lines = lines_of(pages, names.heads)
    begins = asked.begins or first_sheet(lines.lines, listed) or 0
    if not begins:
        raise CannotDigitizeError(
            "从 PDF 的文字里看不出第一件文件从第几页开始",
            "数一数（封面算第1页），加上 --begins 页数（make 写成 BEGINS=页数）",
        )
    last = begins + listed[-1].last - listed[0].first
    if last > len(pages):
        raise CannotDigitizeError(
            f"按清单，最后一件到 PDF 的第{last}页，但是 PDF 只有{len(pages)}页",
            "核对清单里的起页、止页，和 --begins（第一件从 PDF 的第几页开始）",
        )
    found = cut(lines.lines, listed, begins)
    inner = range(begins - 1, last)
    full = full_width(line for page in inner for line in lines.lines[page])
    bodies = tuple(tuple(paragraphs(article, full)) for article in found.articles)
    is_scanned = asked.is_scanned or any(
        pages[page].is_hidden or not pages[page].text.strip() for page in inner
    )
    silent = [page + 1 for page in inner if not pages[page].text.strip()]
    findings = [*found.findings, *_silent(silent)]
    return _Text(lines, begins, bodies, tuple(findings), is_scanned)


def _silent(pages: list[int]) -> Iterator[str]:
    if pages:
        named = "、".join(map(str, pages[:_PLACES]))
        more = "等" if len(pages) > _PLACES else ""
        yield (
            f"PDF 有{len(pages)}页没有文字（第{named}{more}页），照样可以看 PDF；"
            "要能查到文字，先用识别软件做成双层 PDF，或者自己录入"
        )


def _names(asked: Asked, content: Path) -> _Names:
    found = _ISSUE.fullmatch(asked.issue)
    year, *numbers = found.groups(default="") if found else ("",)
    issue = "-".join(str(int(number)) for number in numbers if number)
    return _Names(asked.name or _series(content), int(year), issue, asked.total)


def _values(
    asked: Asked, text: _Text, listed: tuple[ListedArticle, ...], names: _Names
) -> Mapping[str, object]:
    """The front matter, but for the list."""
    count = f"等{len(listed)}件文件" if len(listed) > 1 else ""
    values: dict[str, object] = {
        "title": names.title,
        "year": names.year,
        "issue": names.issue,
        "total": names.total,
        "published": f"{asked.published} {_HOUR}",
        "summary": f"刊登《{listed[0].title}》{count}。",
        "begins": text.begins,
    }
    return values | ({"scanned": True} if text.is_scanned else {})


def _series(content: Path) -> str:
    """刊名: that of the newest issue that is here, or else what it usually is."""
    vocabularies = vocabularies_in(content)
    for path in sorted((content / Issue.folder).glob("*.md"), reverse=True):
        document_id = f"{Issue.folder}/{path.stem}"
        reading = read_document(document_id, str(path), path.read_bytes(), vocabularies)
        if reading.document and isinstance(reading.document.record, Issue):
            return reading.document.record.series
    return f"{settings_from(CONF).county.authority}公报"


def _file(values: Mapping[str, object], listing: Listing, text: _Text) -> str:
    """The whole file: front matter and texts."""
    lines = [
        "---",
        *(f"{key}: {_scalar(value)}" for key, value in values.items()),
        "contents: []",
        "listed:",
    ]
    for article in listing.articles:
        said = article.model_dump(exclude_none=True)
        pairs = [f"{key}: {_scalar(value)}" for key, value in said.items()]
        lines += [f"  - {pairs[0]}", *(f"    {pair}" for pair in pairs[1:])]
    lines += ["---", ""]
    for place, (article, body) in enumerate(zip(listing.articles, text.bodies, strict=True), 1):
        if body:
            lines += [f"## {as_markdown(article.title)} {{#a{place}}}", ""]
            for paragraph in body:
                lines += [as_markdown(paragraph), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _scalar(value: object) -> str:
    """A value as YAML: words in quotes, as JSON has them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else json.dumps(str(value), ensure_ascii=False)


def _read(document_id: str, text: str, content: Path, listing: Listing) -> Document[Issue]:
    """The file as reading finds it, before it is written."""
    shown = f"{SHOWN}/{document_id}.md"
    reading = read_document(document_id, shown, text.encode(), vocabularies_in(content))
    document = reading.document
    faults = []
    if document is not None:
        faults = [listing.problem(fault) for fault in document.record.faults()]
    here = [fault for fault in faults if fault and fault.severity is Severity.ERROR]
    errors = here or [one for one in reading.problems if one.severity is Severity.ERROR]
    if errors or document is None:
        raise CannotDigitizeError("\n".join(map(str, _once(errors))))
    return document  # type: ignore[return-value]  # it lies in the folder of issues


def _once(problems: Iterable[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))


def _write_all(files: Mapping[str, bytes], target: Path) -> None:
    """Write all files, or none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    try:
        for ending, data in files.items():
            file = target.with_suffix(ending)
            written.append(file)
            write_whole(file, data)
    except OSError:
        for file in written:
            with suppress(OSError):
                file.unlink()
        raise


def _told(target: Path, listing: Listing, text: _Text) -> Iterator[str]:
    silent = sum(not body for body in text.bodies)
    files = "、".join(target.with_suffix(ending).as_posix() for ending in (".md", PDF, LOCK))
    yield f"已写 {files}。"
    kind = "扫描件，文字由识别得来" if text.is_scanned else "文字取自 PDF"
    yield (
        f"{len(listing.articles)}件文件，第一件从 PDF 的第{text.begins}页开始；"
        f"{len(listing.articles) - silent}件有文字（{kind}）。"
    )
    if text.pages.heads:
        heads = "、".join(text.pages.heads[:_PLACES])
        yield f"页眉页脚没有导入：{heads}"
    look = [*listing.repaired, *text.findings]
    if look:
        yield f"要人看的 {len(look)} 处："
        yield from (f"  {one}" for one in look)
    yield (
        f"请对照 PDF 校对 {target.with_suffix('.md').as_posix()}；改过以后删去 lock，"
        f"运行 make freeze ISSUE={target.name}。然后运行 make check。"
    )
