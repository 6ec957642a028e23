"""A sheet of a standard catalog → the rows of its CSV file, and all that was not understood.

Nothing of the sheet is lost: every text is in a row, or is one of the findings with its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from plugins.importing.heads import (
    AUDIENCE,
    BASIS,
    BODY,
    CHANNELS,
    CONTENT,
    FIRST,
    LEVEL,
    LIMIT,
    MANNER,
    NUMBER,
    SECOND,
    Column,
    Head,
    is_head_again,
)
from plugins.importing.marks import is_chosen, read_boxes, without_mark
from plugins.importing.sheets import Sheet
from plugins.records.catalog import COLUMNS, LEVELS, ROW_ID, named_group, values_of

ALL = "全社会"
_PAIRS = (AUDIENCE, MANNER, LEVEL)
_ONE_OF = (AUDIENCE, MANNER)
_FILLED = (BASIS, LIMIT, BODY, CHANNELS)
"""Columns whose empty cells in a CSV file come from cells that were merged."""
_WORDS = {
    AUDIENCE: frozenset({"全社会", "特定群体", "特定群众"}),
    MANNER: frozenset({"主动", "依申请公开", "依申请"}),
    LEVEL: frozenset(LEVELS),
}
_NOTE = re.compile(
    r"(备?注|说明|填表说明|填报说明|联系人|附件?|共)\s*[:：0-9１-９一二三]|备注|填表"
)
_COUNTED = re.compile(r"^\s*(?:\d+\s*[.、．)）]|[（(]\d+[)）])\s*")
_RUNNING = re.compile(r"[\d.、()（）-]+")
_SAME = re.compile(r"[（(]?(?:同上|〃)[）)]?")
"""What stands for the text of the cell above."""
_WIDE = 3
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Finding:
    """Something that a person must look at. Row and column count from 1; 0 is the whole sheet."""

    sheet: str
    row: int
    column: int
    label: str
    text: str
    message: str

    @property
    def place(self) -> str:
        """`C12`, as spreadsheets name cells."""
        letters, left = "", self.column
        while left:
            left, last = divmod(left - 1, len(LETTERS))
            letters = LETTERS[last] + letters
        return f"{letters}{self.row or ''}"


@dataclass(frozen=True)
class Imported:
    """What came of one sheet. The counts add up to its rows: none is passed over in silence."""

    sheet: str
    rows: tuple[dict[str, str], ...]
    lines: tuple[int, ...]
    """The row of the sheet, from 1, that each row comes from."""
    findings: tuple[Finding, ...]
    above: int
    heads: int
    notes: int
    empty: int


def import_sheet(sheet: Sheet, head: Head, channels: Iterable[str]) -> Imported:
    """The rows of one sheet. `channels` are the usual names of 公开渠道和载体."""
    reader = _Reader(sheet, head, tuple(channels))
    reader.read()
    return Imported(
        sheet.name,
        tuple(reader.rows),
        tuple(reader.lines),
        tuple(reader.findings),
        head.top,
        reader.heads,
        reader.notes,
        reader.empty,
    )


class _Reader:
    """The reading of one sheet, row by row: a row may take something from the one above it."""

    def __init__(self, sheet: Sheet, head: Head, channels: tuple[str, ...]) -> None:
        self.sheet, self.head, self.channels = sheet, head, channels
        self.rows: list[dict[str, str]] = []
        self.lines: list[int] = []
        self.findings: list[Finding] = []
        self.heads, self.notes, self.empty = head.bottom - head.top, 0, 0
        self.above: dict[str, str] = {}
        self.row = 0

    def read(self) -> None:
        """Every row of the sheet, also those above and below the table."""
        self._tell_all(
            range(self.head.top), "表头上面的文字，没有导入；批准机关、版本等请填进目录的文件头"
        )
        self._tell_labels()
        for row in range(self.head.bottom, len(self.sheet.rows)):
            self.row = row
            own = self._own()
            if not own:
                self.empty += 1
            elif is_head_again(self.sheet, self.row):
                self.heads += 1
            elif self._is_note(own):
                self.notes += 1
                self._tell_all([self.row], "只有一格有字，不是事项，没有导入")
            else:
                self._read_row()

    def _own(self) -> list[int]:
        """Columns with a text of this row's own."""
        return [place for place, text in enumerate(self.sheet.rows[self.row]) if text]

    def _is_note(self, own: list[int]) -> bool:
        place = own[0]
        text = self.sheet.rows[self.row][place]
        if len(own) > 1:
            return bool(_NOTE.match(text)) and not self._has(own, {CONTENT, FIRST})
        wide = self.sheet.width_of(self.row, place) >= _WIDE
        numbered = self.head.columns[place].field == NUMBER
        return wide or numbered or bool(_NOTE.match(text)) or not self._has(own, {CONTENT, SECOND})

    def _has(self, own: list[int], fields: set[str]) -> bool:
        return any(self.head.columns[place].field in fields for place in own)

    def _read_row(self) -> None:
        found = dict.fromkeys(COLUMNS, "")
        pairs: dict[str, list[str]] = {name: [] for name in _PAIRS}
        for column in self.head.columns:
            text = self.sheet.cell(self.row, column.place)
            if column.field in pairs:
                pairs[column.field] += self._pair(column, text or self._beside(column))
            elif column.field and column.field != NUMBER:
                found[column.field] = self._same(column, text) or self._plain(column, text)
            elif self._is_odd(column):
                self._tell(column, text, "这一列没有看懂，没有导入")
        found |= {name: "、".join(dict.fromkeys(words)) for name, words in pairs.items()}
        self._fill(found)
        self._judge(found)
        self.above = found
        self.rows.append(found)
        self.lines.append(self.row + 1)

    def _is_odd(self, column: Column) -> bool:
        """Whether a cell of no known field says something; running numbers say nothing."""
        text = self.sheet.rows[self.row][column.place]
        counts = column.field == NUMBER and _RUNNING.fullmatch(text)
        return bool(text) and not counts

    def _plain(self, column: Column, text: str) -> str:
        reading = _READ.get(column.field)
        if column.field == CHANNELS:
            boxes = read_boxes(text, self.channels)
            for name in boxes.odd:
                self._tell(column, text, f"“{name}”前面没有 ■ 或 □，当作已选")
            for name in boxes.chosen:
                if name not in self.channels:
                    self._tell(
                        column, text, f"“{name}”不是常用的渠道名称，原样保留；要用的加进词表"
                    )
            return "、".join(boxes.chosen)
        return reading(text) if reading else text

    def _same(self, column: Column, text: str) -> str:
        """The content of the cell above, if this one only says 同上: each item stands alone."""
        if not _SAME.fullmatch(text) or not (above := self.above.get(column.field, "")):
            return ""
        self._tell(column, text, f"取上一行的内容：{above}")
        return above

    def _beside(self, column: Column) -> str:
        """The mark of a cell to the left that this one is merged with: it counts for both."""
        text = self.sheet.spread(self.row, column.place)
        if text and column.word:
            self._tell(column, text, "与左边的格合并，当作两列都一样")
        return text

    def _pair(self, column: Column, text: str) -> list[str]:
        """The words that a cell chooses; what is no mark stands as it is, and is told."""
        if not column.word:  # one column, in which the words themselves stand
            words = [w for part in values_of(text) if (w := without_mark(part)[1])]
            odd = [w for w in words if w not in _WORDS[column.field]]
        else:
            chosen = is_chosen(text)
            if chosen is not None:
                return column.word.split("、") if chosen else []
            marked, rest = without_mark(text)
            if column.field == AUDIENCE and column.word != ALL:
                return [_whom(column.word, rest)]
            words = [f"{column.word}{rest}"] if marked else values_of(text)
            odd = [w for w in words if w not in _WORDS[column.field]]
        if odd:
            self._tell(column, text, f"不是 √，也不是空白，照原文写成“{'、'.join(odd)}”")
        return words

    def _fill(self, found: dict[str, str]) -> None:
        """Cells that were merged, where the file does not say so."""
        if not self.above or found[FIRST]:
            return
        names = [FIRST] if found[SECOND] else [FIRST, SECOND]
        if not self.sheet.knows_merged:
            names += [name for name in _FILLED if not found[name]]
        taken = [name for name in names if self.above[name] and not found[name]]
        for name in taken:
            found[name] = self.above[name]
        if taken:
            self._tell(None, "", f"{'、'.join(taken)}是空的，当作与上一行合并，取上一行的内容")

    def _judge(self, found: dict[str, str]) -> None:
        for name in (FIRST, CONTENT, BASIS, LIMIT, BODY, CHANNELS, *_PAIRS):
            if not found[name]:
                self._tell(None, "", f"{name}是空的")
        for name in _ONE_OF:
            if len(values_of(found[name])) > 1:
                self._tell(None, found[name], f"{name}选了不止一个")

    def _tell(self, column: Column | None, text: str, message: str) -> None:
        place = column.place + 1 if column else 0
        label = column.label if column else ""
        self.findings.append(Finding(self.sheet.name, self.row + 1, place, label, text, message))

    def _tell_all(self, rows: Iterable[int], message: str) -> None:
        for row in rows:
            for place, text in enumerate(self.sheet.rows[row]):
                if text:
                    self.findings.append(
                        Finding(self.sheet.name, row + 1, place + 1, "", text, message)
                    )

    def _tell_labels(self) -> None:
        for column in self.head.columns:
            if not column.field and column.label:
                self.findings.append(
                    Finding(
                        self.sheet.name,
                        self.head.top + 1,
                        column.place + 1,
                        column.label,
                        column.label,
                        "没有看懂这一列的名称，这一列没有导入，内容见下",
                    )
                )


def _whom(word: str, text: str) -> str:
    """特定群体（请写明）: whom a cell names, with its mark or instead of it."""
    plain = re.sub(r"\s+", "", text).replace("(", "（").replace(")", "）")
    if plain in _WORDS[AUDIENCE] or named_group(plain)[1]:
        return plain
    return f"{word}{plain}" if plain.startswith("（") else f"{word}（{plain}）"


def _joined(text: str) -> str:
    """A text that was broken into lines to fit its cell."""
    return text.replace("\n", "")


def _listed(text: str) -> str:
    """Values on lines of their own, or with ； between them; numbers before them fall away."""
    parts = re.split(r"\n|(?<=》)\s*(?=《)", text)
    found = [value for part in parts for value in values_of(_COUNTED.sub("", part))]
    return "、".join(dict.fromkeys(found))


_READ: dict[str, Callable[[str], str]] = {
    ROW_ID: _joined,
    FIRST: _joined,
    SECOND: lambda text: "" if is_chosen(text) is False else _joined(text),
    LIMIT: _joined,
    BASIS: _listed,
    BODY: _listed,
    "关联事项": _listed,
}
