"""The head of a catalog: which column holds what, in any order and under any usual name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from plugins.importing.sheets import Sheet
from plugins.records.catalog import ROW_ID

FIRST, SECOND, CONTENT, BASIS, LIMIT, BODY = (
    "一级事项",
    "二级事项",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
)
CHANNELS, AUDIENCE, MANNER, LEVEL = "公开渠道和载体", "公开对象", "公开方式", "公开层级"
NUMBER = "序号"
_ROWS_SEARCHED = 40
_LEAST = 4
"""A row with so many names of columns begins a head."""
_DEEPEST = 3
_FEW = 2

_NAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        r"序号?|项次|序次": (NUMBER, ""),
        r"(事项)?编号": (ROW_ID, ""),
        r"一级(公开)?(事项|目录|分类)?": (FIRST, ""),
        r"二级(公开)?(事项|目录|分类)?": (SECOND, ""),
        r"公开(内容|要素).*|内容\(?要素\)?": (CONTENT, ""),
        r"(公开|法律|政策)?依据": (BASIS, ""),
        r"公开(时限|时间|期限)": (LIMIT, ""),
        r"(公开|责任)(主体|单位|部门)": (BODY, ""),
        r"(公开)?(渠道|载体).*": (CHANNELS, ""),
        r"(面?向)?(全社会|社会公众).*": (AUDIENCE, "全社会"),
        r"特定群众.*": (AUDIENCE, "特定群众"),
        r"特定(群体|人群|对象).*": (AUDIENCE, "特定群体"),
        r"主动(公开)?": (MANNER, "主动"),
        r"依申请(公开)?": (MANNER, "依申请公开"),
        r"(县|区|县区|区县|县\(市、?区\)|县市区)级?": (LEVEL, "县级"),
        r"(乡、?村|镇、?村|乡镇、?村|乡\(镇\)、?村)级?": (LEVEL, "乡级、村级"),
        r"(乡|镇|乡镇|乡\(镇\)|街道|乡镇街道|乡\(镇、?街道\)|乡镇\(街道\))级?": (LEVEL, "乡级"),
        r"村(居|\(社区\))?级?": (LEVEL, "村级"),
        r"不适用(说明|原因|理由)?": ("不适用说明", ""),
        r"关联(事项|权责事项)?": ("关联事项", ""),
        r"公开事项(名称)?": (FIRST, ""),
        r"公开对象": (AUDIENCE, ""),
        r"公开方式": (MANNER, ""),
        r"公开层级": (LEVEL, ""),
    }
)


@dataclass(frozen=True)
class Column:
    """A column of the sheet: the field that it holds and, of a pair, the word that a mark chooses.

    `field` is empty where the name was not understood.
    """

    place: int
    label: str
    field: str
    word: str = ""


@dataclass(frozen=True)
class Head:
    """The head of a sheet: its rows (the last is outside) and columns."""

    top: int
    bottom: int
    columns: tuple[Column, ...]

    @property
    def fields(self) -> frozenset[str]:
        """Every field that some column holds."""
        return frozenset(column.field for column in self.columns)


def meaning(label: str) -> tuple[str, str]:
    """The field and word that a head's text stands for; two empty texts if it is not known."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", label))
    for pattern, (field, word) in _NAMES.items():
        if re.fullmatch(pattern, plain):
            return field, word
    return "", ""


def find_head(sheet: Sheet) -> Head | None:
    """The head of a catalog; None if the sheet has none."""
    for top in range(min(len(sheet.rows), _ROWS_SEARCHED)):
        if _names_in(sheet, top) >= _LEAST:
            bottom = top + 1
            while bottom < min(top + _DEEPEST, len(sheet.rows)) and _goes_on(sheet, bottom):
                bottom += 1
            head = Head(top, bottom, tuple(_columns(sheet, top, bottom)))
            return head if {FIRST, CONTENT} <= head.fields else None
    return None


def is_head_again(sheet: Sheet, row: int) -> bool:
    """Whether a row repeats the head, as sheets do at the top of a printed page."""
    own = _own(sheet, row)
    return len(own) >= _LEAST - 1 and _known(own) == len(own)


def _own(sheet: Sheet, row: int) -> list[str]:
    return [text for text in sheet.rows[row] if text]


def _names_in(sheet: Sheet, row: int) -> int:
    """How many different fields a row names."""
    return len({field for text in _own(sheet, row) if (field := meaning(text)[0])})


def _known(texts: list[str]) -> int:
    return sum(meaning(text) != ("", "") for text in texts)


def _goes_on(sheet: Sheet, row: int) -> bool:
    """Whether a row is one more of the head: most of its own texts are names of columns."""
    own = _own(sheet, row)
    return _known(own) >= _FEW and 2 * _known(own) >= len(own)


def _columns(sheet: Sheet, top: int, bottom: int) -> list[Column]:
    found: list[Column] = []
    for place in range(len(sheet.rows[top])):
        labels = [sheet.spread(row, place) for row in range(top, bottom)]
        labels = [label for label in dict.fromkeys(labels) if label]
        known = [(label, *meaning(label)) for label in labels if meaning(label) != ("", "")]
        label, field, word = known[-1] if known else ("／".join(labels), "", "")
        if field and any((c.field, c.word) == (field, word) for c in found):
            field = ""  # the second column of one name: kept in the report
        found.append(Column(place, label, field, word))
    return found
