"""Lines of a printed text → its paragraphs, and these as Markdown that says just what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from plugins.digitizing.pages import Line

_BEGINS = re.compile(
    r"[一二三四五六七八九十百]+、|（[一二三四五六七八九十百]+）|第[一二三四五六七八九十百零〇]+[章节条]|"
    r"\d{1,2}[.．、](?!\d)|（\d{1,2}）|附件[：:\d]?|抄送"
)
_ENDS = "。！？：；”）》:;.!?"
_DATE = re.compile(
    r"(?:[12]\d{3}|[一二三四五六七八九〇○零]{4})年"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_SHORT = 5
"""A line that is so much shorter than a full one, in halves of a character, ends its paragraph."""
_SIGNER = 50
"""Who signs takes no more than so much, in halves of a character."""
_LATIN = re.compile(r"[A-Za-z0-9,.;:)]$")
_MARKED = re.compile(r"[\\`*_{}\[\]#]|^[-+]|(?<=^\d)\.|(?<=^\d\d)\.|!(?=\[)")
_UNMARKED = re.compile(r"[&<>|~=]")
"""Signs that no backslash takes the meaning from. Reading resolves a reference once by itself."""


def paragraphs(lines: Sequence[Line], full: int) -> list[str]:
    """Paragraphs of an article; `full` is the width of a full line.

    A signature and its day are one paragraph of two lines.
    """
    found: list[str] = []
    before: Line | None = None
    for line, following in zip_longest(lines, lines[1:]):
        signs = following is not None and _is_day(following.text) and line.width <= _SIGNER
        if before is None or signs or _is_day(line.text) or _parts(before, line, full):
            found.append(line.text)
        else:
            blank = " " if _LATIN.search(before.text) and line.text[:1].isascii() else ""
            found[-1] += blank + line.text
        before = line
    return list(_signed(found))


def full_width(lines: Iterable[Line]) -> int:
    """The width of a full line: that which nine of ten lines do not exceed."""
    widths = sorted(line.width for line in lines)
    return widths[len(widths) * 9 // 10] if widths else 0


def _parts(before: Line, line: Line, full: int) -> bool:
    """Whether a paragraph ends before a line."""
    if before.width < full - _SHORT or line.is_indented:
        return True
    return before.text[-1] in _ENDS and _BEGINS.match(line.text) is not None


def _signed(found: list[str]) -> Iterator[str]:
    waiting = ""
    for text in found:
        is_signer = len(waiting) * 2 <= _SIGNER and waiting[-1:] not in _ENDS
        if _is_day(text) and waiting and is_signer:
            yield f"{waiting}\n{text.replace(' ', '')}"
            waiting = ""
            continue
        if waiting:
            yield waiting
        waiting = text
    if waiting:
        yield waiting


def _is_day(text: str) -> bool:
    return _DATE.fullmatch(text.replace(" ", "")) is not None


def as_markdown(text: str) -> str:
    """Words as Markdown that means nothing but these words."""
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    whole = _MARKED.sub(lambda found: f"\\{found[0]}", line)
    return _UNMARKED.sub(lambda found: f"&amp;#{ord(found[0])};", whole)
