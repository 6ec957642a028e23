"""A long issue of the gazette out of plain legal texts, and the sheet that is set of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from plugins.checking import check_content, settings_from
from plugins.folders import CONF
from plugins.gazette.printing import printed
from plugins.library import Library, articles_of
from plugins.outputs import Inputs
from plugins.presenting import site_view
from plugins.publishing import standalone
from plugins.publishing.environment import render
from plugins.publishing.printing import Press
from plugins.reading import Document
from plugins.records import Issue, Record
from plugins.settings import END_OF_DAY, Settings
from plugins.trial.converting import HAN, Converted, convert
from plugins.trial.sources import Source, find_texts, read_source
from plugins.trial.tree import write_tree
from plugins.typesetting import Attachment, Sheet
from plugins.views import Attached

ISSUE = "2025-01"
HAN_OF_PAGE = 800
"""Characters that a page of legal text holds."""
_FIRST_DAY = date(2025, 1, 1)


class Made(NamedTuple):
    """An issue, ready to be set."""

    sheet: Sheet
    texts: list[Document[Record]]


def taken(corpus: Path, pages: int) -> list[Converted]:
    """Texts of a folder that fill about so many pages: each that still fits, in their order."""
    wanted = pages * HAN_OF_PAGE
    sources: list[Source] = []
    for name in find_texts(corpus)[0]:
        source = read_source(corpus, name)
        words = len(HAN.findall(source.words))
        if words <= wanted:
            sources.append(source)
            wanted -= words
        if wanted < HAN_OF_PAGE:
            break
    return convert(sources)


def write_issue(county: Path, texts: Sequence[Converted], content: Path) -> Settings:
    """Write a county whose one issue prints these texts; the settings of its day."""
    write_tree(county, texts, content)
    newest = max(text.facts.published for text in texts)
    day = max(newest, _FIRST_DAY) + timedelta(days=1)
    (content / Issue.folder).mkdir()
    (content / Issue.folder / f"{ISSUE}.md").write_text(_record(texts, day), encoding="utf-8")
    return replace(settings_from(CONF, day.isoformat()), now=datetime.combine(day, END_OF_DAY))


def _record(texts: Sequence[Converted], day: date) -> str:
    """The issue's file; none of the texts is the county's own."""
    rows = (f"      - document: {text.id}\n        reason: 检验排版" for text in texts)
    return "\n".join(
        [
            "---",
            f"title: 尧都区人民政府公报{day.year}年第1期（总第1期）",
            f'year: {day.year}\nissue: "1"\ntotal: 1',
            f"published: {day} 09:00",
            "summary: 为检验排版汇集的法规文本。",
            "contents:\n  - column: 区人民政府文件\n    documents:",
            *rows,
            "---",
            "",
            "本期为检验排版而编。",
            "",
        ]
    )


def made(content: Path, settings: Settings, theme: Path, folder: Path) -> Made:
    """The sheet of the issue in a content folder."""
    library = check_content(content, settings).public
    (issue,) = library.of(Issue)
    head, inputs = printed(library, settings, issue)
    html = render(
        standalone(theme / "templates", settings.base_path),
        "gazette/print.html",
        site_view(library, settings),
        head,
        inputs,
    )
    style = Press(theme / "print", folder).style
    sheet = Sheet(html, style, settings.absolute(head.url), {}, tuple(_attached(inputs)))
    return Made(sheet, _texts(issue, library))


def _attached(inputs: Inputs) -> list[Attachment]:
    found: tuple[Attached, ...] = inputs.get("attachments", ())  # type: ignore[assignment]
    return [Attachment(*one) for one in found]


def _texts(issue: Document[Issue], library: Library) -> list[Document[Record]]:
    return [article.document for article in articles_of(issue, library)]
