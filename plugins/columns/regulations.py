"""现行有效的法规规章: those of higher levels in force, with where their text comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from plugins.columns.tree import ROOT, documents_of, url_of
from plugins.library import Library, State, Validity, columns_of, state_of
from plugins.library.columns import REGULATIONS
from plugins.outputs import Output, Page, Report, Shown
from plugins.presenting import column_head, described, official_facts, validity_tag
from plugins.reading import Document
from plugins.records import HIGHER_RULES, Category, Policy
from plugins.settings import Settings
from plugins.views import Fact, Link, Tag

NO_OWN = "县（市、区）人民政府没有规章制定权，本区不制定规章；这里列出上级现行有效的法规和规章。"
_TEMPLATE = "columns/regulations.html"
_ABOVE = Link("政府信息公开", ROOT)
_OVER = "已废止、失效的法规规章"
_IN_FORCE = frozenset({Validity.IN_FORCE, Validity.AMENDED})
_PENDING = frozenset({Validity.PENDING})
_ENDED = frozenset({Validity.REPEALED, Validity.EXPIRED})


@dataclass(frozen=True)
class Text:
    """One text in the list; `source` is a web address outside of the site, or empty."""

    title: str
    url: str
    tag: Tag
    facts: tuple[Fact, ...]
    source: str


@dataclass(frozen=True)
class TextGroup:
    """A titled run of texts."""

    title: str
    anchor: str
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class RegulationsView:
    """The column of what is in force, or that of what no longer is; `other` leads to the other."""

    title: str
    intro: str
    note: str
    law: str
    groups: tuple[TextGroup, ...]
    other: Link | None


def pages(library: Library) -> Iterator[Output]:
    """The column itself, and, apart from it, what is no longer in force."""
    url = url_of(columns_of(library)[REGULATIONS], library)
    yield Page(f"{url}index.html", _TEMPLATE, _current)
    yield Page(f"{url}ended/index.html", _TEMPLATE, _ended)


def report(library: Library, settings: Settings) -> Iterator[Report]:
    """Every text with what is known of its official one; those in force without a source first."""
    rows = sorted(_report_row(d, state_of(d, library, settings)) for d in _texts(library))
    yield Report(
        "regulations",
        "法规规章官方文本核对情况",
        "现行有效的法规规章都要写明官方文本的来源、版本日期和摘要，并存一份官方文本核对正文"
        "（区2021年工作要点五（二）1）。",
        ("待办", "名称", "有效性", "官方文本来源", "版本日期", "摘要", "存档", "文件"),
        tuple(row[1:] for row in rows),
        sum(bool(row[1]) for row in rows),
    )


def _report_row(document: Document[Policy], state: State) -> tuple[str, ...]:
    record = document.record
    wanted = {
        "来源": record.official_source,
        "版本日期": record.official_version,
        "摘要": record.official_digest,
        "存档": record.official_copy,
    }
    lacking = [name for name, value in wanted.items() if not value]
    ended = state.validity in _ENDED
    todo = f"补：{'、'.join(lacking)}" if lacking and not ended else ""
    return (
        "0" if todo else "1",
        todo,
        record.title,
        state.validity.value,
        record.official_source or "",
        record.official_version.isoformat() if record.official_version else "",
        record.official_digest or "",
        record.official_copy or "",
        document.path,
    )


def _texts(library: Library) -> list[Document[Policy]]:
    column = columns_of(library)[REGULATIONS]
    found = cast("list[Document[Policy]]", documents_of(column, library))
    return [document for document in found if document.kind is Policy]


def _current(library: Library, settings: Settings) -> Shown:
    column = columns_of(library)[REGULATIONS]
    url = url_of(column, library)
    ended = len(_with(_ENDED, library, settings))
    other = Link(f"{_OVER}（{ended}件）", f"{url}ended/") if ended else None
    current = _with(_IN_FORCE, library, settings)
    groups = (
        *(
            _group(category.value, category.name.lower(), _of(category, current))
            for category in Category
            if category in HIGHER_RULES
        ),
        _group("已公布、尚未施行", "pending", _with(_PENDING, library, settings)),
    )
    view = RegulationsView(
        column.name,
        column.description,
        NO_OWN,
        column.law,
        tuple(group for group in groups if group.texts or group.anchor != "pending"),
        other,
    )
    head = column_head(settings, described(column, url), crumbs=(_ABOVE,))
    return head, {"regulations": view}


def _ended(library: Library, settings: Settings) -> Shown:
    column = columns_of(library)[REGULATIONS]
    url = url_of(column, library)
    up = Link(column.name, url)
    group = _group("已废止、失效", "ended", _with(_ENDED, library, settings))
    intro = "这些法规规章已经废止或失效，只供查考，不能作为办事依据。"
    view = RegulationsView(_OVER, intro, "", column.law, (group,), up)
    head = column_head(
        settings, described(column, url), title=_OVER, url=f"{url}ended/", crumbs=(_ABOVE, up)
    )
    return head, {"regulations": view}


Found = tuple[Document[Policy], State]


def in_force(library: Library, settings: Settings) -> list[Document[Policy]]:
    """The texts that are in force, newest first."""
    return [document for document, _ in _with(_IN_FORCE, library, settings)]


def _of(category: Category, found: list[Found]) -> list[Found]:
    return [pair for pair in found if pair[0].record.category is category]


def _with(wanted: frozenset[Validity], library: Library, settings: Settings) -> list[Found]:
    found = ((document, state_of(document, library, settings)) for document in _texts(library))
    return [(document, state) for document, state in found if state.validity in wanted]


def _group(title: str, anchor: str, found: list[Found]) -> TextGroup:
    return TextGroup(title, anchor, tuple(_text(document, state) for document, state in found))


def _text(document: Document[Policy], state: State) -> Text:
    record = document.record
    facts = (
        Fact("制定机关", record.issuer),
        Fact("类别", record.category.value),
        *((Fact("文号", record.number, wide=True),) if record.number else ()),
        *official_facts(record),
    )
    return Text(
        record.title,
        document.url,
        validity_tag(state),
        facts,
        record.official_address or "",
    )
