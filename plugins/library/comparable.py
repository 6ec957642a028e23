"""Which two policy papers are compared clause by clause (新旧政策差异)."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import cast

from plugins.library.library import Library
from plugins.reading import Document
from plugins.records import Policy

_QUOTED = re.compile(r"《([^《》]+)》")
_ABOUT = re.compile(r"关于(?:印发|公布|发布|批转|转发)?(.+?)(?:的[^的]{2,4})?$")
_CHANGES_ONLY = re.compile(r"修改|修正|废止|清理|失效")
"""A 决定 that changes another text, or a clean-up of many: its words are no new text of theirs."""
_AREA = re.compile(r"^(?:[\u4e00-\u9fff]{2,6}?[省市州县区旗])+")
_ANY_PAPER = re.compile(
    r"（[^（）]*）|\d{4}年度?|实施|管理|暂行|试行|办法|规定|细则|规则|制度|方案|意见|措施|要点|工作|若干"
)
"""What stands in the title of any paper, and tells nothing of its subject."""
_SAME = 0.6


def older_texts(document: Document[Policy], library: Library) -> list[Document[Policy]]:
    """The papers whose text this one's is compared with.

    If the editor names some (`compares`), those and no others. Else those that it repeals or
    amends, if they are older, their titles speak of the same subject, and this one is not merely a
    修改、废止 paper: a notice that cleans up fifty papers is the new text of none of them, and what
    was amended may stand here as it reads since.
    """
    record = document.record
    if record.compares:
        return library.find(record.compares, Policy)
    named = dict.fromkeys((*record.repeals, *record.amends))
    if not named or _CHANGES_ONLY.search(record.title):
        return []
    return [
        older
        for older in library.find(named, Policy)
        if older.record.signed <= record.signed
        and is_same_subject(record.title, older.record.title)
    ]


def newer_texts(document: Document[Policy], library: Library) -> list[Document[Policy]]:
    """The papers that are compared with this one, newest first."""
    keys = ((key, document.id) for key in ("compares", "repeals", "amends"))
    papers = cast("list[Document[Policy]]", library.gathered(keys))
    return [paper for paper in papers if document in older_texts(paper, library)]


def is_same_subject(title: str, other: str) -> bool:
    """Whether two titles speak of one thing, 试行 or not, of whatever year and kind of paper."""
    one, two = _subject(title), _subject(other)
    if not one or not two:
        return False
    return one in two or two in one or SequenceMatcher(None, one, two).ratio() >= _SAME


def _subject(title: str) -> str:
    """户外广告设施设置 of 尧都区人民政府关于印发尧都区户外广告设施设置管理办法的通知."""
    quoted, about = _QUOTED.search(title), _ABOUT.search(title)
    named = quoted[1] if quoted else about[1] if about else title
    return _ANY_PAPER.sub("", _AREA.sub("", named))
