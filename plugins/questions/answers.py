"""One answer as pages show it: what it rests on, why it may be in doubt, its text elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from plugins.library import Library, doubts_of
from plugins.presenting import TO_REVIEW, short_name, source_of, written_day
from plugins.questions.views import BasisView, QuestionView
from plugins.reading import Document
from plugins.records import Basis, Policy, Question, Record
from plugins.settings import Settings
from plugins.views import Banner, Link, Tag

_ID = re.compile(r' id="[^"]*"')
_ROOT = re.compile(r'(href|src)="(?:\.\./)+')
_BESIDE = re.compile(r'(href|src)="(?!\.\./|[a-z]+:)')
_UP = "../../../"
"""From a booklet to the site's root."""


def question_view(
    document: Document[Question], library: Library, settings: Settings
) -> QuestionView:
    """A question on its own page."""
    record = document.record
    return QuestionView(
        title=record.title,
        anchor=anchor_of(document),
        url=document.url,
        tags=tuple(_tags(document, library, settings)),
        html=document.body.html,
        bases=tuple(_bases(record, library)),
        banner=_banner(document, library, settings),
        organ=short_name(record.issuer, library),
        source=source_of(record),
        phone=phone_of(record, library),
        answered=record.answered,
        published=record.published,
    )


def in_booklet(document: Document[Question], library: Library, settings: Settings) -> QuestionView:
    """A question on a page that it shares with others, three steps under the root."""
    view = library.once(
        f"answer {document.id}", partial(question_view, document, library, settings)
    )
    values = {**view.__dict__, "html": elsewhere(view.html, document.url), "banner": None}
    return QuestionView(**values)


def elsewhere(html: str, url: str) -> str:
    """A body's HTML for a booklet: links lead where they led, ids are left to the own page."""
    bare = _ID.sub("", html)
    bare = _BESIDE.sub(rf'\1="{_UP}{url}', bare)
    return _ROOT.sub(rf'\1="{_UP}', bare)


def anchor_of(document: Document[Question]) -> str:
    """A question's place in a booklet: `q2021-001`."""
    return "q" + document.id.partition("/")[2].rpartition("/")[2]


def phone_of(record: Question, library: Library) -> str:
    """The number to ask at: the record's own, or that of the answering body."""
    organ = library.organ(record.answering_body)
    return record.phone or (organ.record.phone if organ else None) or ""


def _tags(document: Document[Question], library: Library, settings: Settings) -> Iterator[Tag]:
    record = document.record
    if doubts_of(document, library, settings):
        yield TO_REVIEW
    matters = library.vocabularies["matters"]
    yield Tag(record.matter, "brand", f"questions/matter/{matters[record.matter].key}/")
    yield from (Tag(word) for word in record.applies_to)
    if record.typical:
        yield Tag("典型问题", "good")


def _bases(record: Question, library: Library) -> Iterator[BasisView]:
    for basis in record.basis:
        if basis.law:
            yield BasisView(basis.law, "", "", basis.quote or "")
        for target in library.find(filter(None, [basis.document]), Record):
            yield BasisView(
                _label(target),
                target.url + (f"#{basis.article}" if basis.article else ""),
                _article(basis, target),
                basis.quote or "",
            )


def _label(document: Document[Record]) -> str:
    record = document.record
    title = record.title if record.title.startswith("《") else f"《{record.title}》"
    number = record.number if isinstance(record, Policy) else None
    return f"{title}（{number}）" if number else title


def _article(basis: Basis, target: Document[Record]) -> str:
    """第十四条, or the heading that stands at the place."""
    if not basis.article:
        return ""
    found = re.fullmatch(r"t(\d+)", basis.article)
    if found:
        return f"第{_numeral(int(found[1]))}条"
    texts = [heading.text for heading in target.body.headings if heading.id == basis.article]
    return texts[0] if texts else ""


def _numeral(number: int) -> str:
    """十四, 一百零三: a number below a thousand as official papers write it."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


def _banner(document: Document[Question], library: Library, settings: Settings) -> Banner | None:
    doubts = doubts_of(document, library, settings)
    if not doubts:
        return None
    reasons = "；".join(doubt.reason for doubt in doubts)
    by = {other.id: Link(_label(other), other.url) for doubt in doubts for other in doubt.by}
    answered = written_day(document.record.answered)
    text = (
        f"{reasons}。以下是{answered}的答复，复核以前仅供参考，"
        f"办事请先向{document.record.answering_body}核实。"
    )
    return Banner("warn", "本答复待复核", text, tuple(by.values()))
