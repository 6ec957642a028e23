"""Slips of official style that editors make often (GB/T 9704-2012; 提醒, never in the way)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Slip(NamedTuple):
    """A slip: its offset in the text, what is wrong, what to write."""

    offset: int
    message: str
    remedy: str


_NUMBER = re.compile(
    r"(?<=[\u4e00-\u9fa5])([\u4e00-\u9fa5])[\[［【(（]\s*((?:19|20)[0-9]{2})\s*[\]］】)）]"
    r"\s*第?0*([1-9][0-9]{0,3})\s*号"
)
_PADDED = re.compile(r"((?:19|20)[0-9]{2})年0?([0-9]{1,2})月(?:0?([0-9]{1,2})日)?")
_ANNEX = re.compile(r"附件(\d*):")
_HEADINGS = (
    (re.compile(r"^#{2,5} *（[一二三四五六七八九十]+）、"), "（一）后面不加顿号", "删去“、”"),
    (re.compile(r"^#{2,5} *\d+、"), "第三层序号用“1.”", "把“1、”改成“1.”"),
    (
        re.compile(r"^#{2,5} *\([一二三四五六七八九十\d]+\)"),
        "序号的括号用全角",
        "把“( )”改成“（ ）”",
    ),
    (re.compile(r"^#{2,5} *[一二三四五六七八九十]+[,，.．]"), "第一层序号后用顿号", "写成“一、”"),
)
_TITLE_MARKS = re.compile(r"[，。；：！？,;!?]")


def slips(text: str) -> Iterator[Slip]:
    """Every slip in a body, in order of kind and place."""
    for found in _NUMBER.finditer(text):
        last, year, serial = found.groups()
        start = found.start() + len(last)
        written = found[0].removeprefix(last)
        yield Slip(start, f"发文字号“{written}”的写法不对", f"写成 〔{year}〕{serial}号")
    for found in _PADDED.finditer(text):
        month, day = found[2], found[3]
        right = f"{found[1]}年{int(month)}月" + (f"{int(day)}日" if day else "")
        if right != found[0]:
            yield Slip(found.start(), f"日期“{found[0]}”的月、日前不加0", f"写成 {right}")
    for found in _ANNEX.finditer(text):
        yield Slip(found.start(), "“附件”后用了英文冒号", f"写成 附件{found[1]}：")
    yield from _heading_slips(text)


def _heading_slips(text: str) -> Iterator[Slip]:
    offset = 0
    for line in text.split("\n"):
        if line.startswith("##"):
            for form, message, remedy in _HEADINGS:
                if form.match(line):
                    yield Slip(offset, message, remedy)
        offset += len(line) + 1


def title_slip(title: str) -> str:
    """What is wrong with a title's punctuation (only 《》, brackets and 、 may stand in it)."""
    bare = re.sub(r"《[^《》]*》|“[^“”]*”|（[^（）]*）", "", title)
    found = _TITLE_MARKS.search(bare)
    return f"标题里有标点“{found[0]}”" if found else ""
