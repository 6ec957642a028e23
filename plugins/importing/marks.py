"""What the marks and boxes of a standard catalog say: √ ■ ☑ t R, □ 口 ☐, alone or before a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_YES = "√✓✔☑■●◆▲★þüÖ"
_NO = "□☐▢◻○◯"
_YES_WORDS = frozenset({*_YES, "t", "T", "R", "P", "v", "V", "是", "有"})
"""Letters stand for ticks in the fonts Wingdings and Wingdings 2; only the letter is left."""
_NO_WORDS = frozenset({*_NO, "", "口", "否", "无", "-", "—", "——", "–", "/", "×", "✗", "x", "X"})
_CHINESE = r"\u4e00-\u9fff"
_AT_START = re.compile(
    rf"(?:(?<=^)|(?<=[\s、；;，,]))(?:(?P<no>口)|(?P<yes>[tTRPvV]))\s*(?=[{_CHINESE}\d])"
)
_TOKEN = re.compile(rf"([{_YES}{_NO}])([^{_YES}{_NO}]*)")
_TRIM = " \n、；;，,。:：_＿"
_ALIASES = {"纸质载体": "纸质媒体", "政府门户网站": "政府网站"}


class Boxes(NamedTuple):
    """The chosen names of a cell, in their order; `odd` are those that had no box before them."""

    chosen: tuple[str, ...]
    odd: tuple[str, ...]


def is_chosen(text: str) -> bool | None:
    """What a cell of a pair of columns says; None if it is no mark."""
    plain = text.strip()
    if plain in _YES_WORDS:
        return True
    return False if plain in _NO_WORDS else None


def without_mark(text: str) -> tuple[bool, str]:
    """A mark with words behind it: whether there is a mark, and the words."""
    plain = text.strip()
    marked = bool(plain) and plain[0] in _YES
    return marked, plain[1:].strip() if marked else plain


def read_boxes(text: str, known: Iterable[str]) -> Boxes:
    """公开渠道和载体: the names behind filled boxes; where there are no boxes, all names.

    `known` are the usual names, whose other spellings are brought to theirs.
    """
    names = {_bare(name): name for name in known}
    marked = _AT_START.sub(lambda m: "□" if m["no"] else "■", text)
    for name in sorted(names.values(), key=len, reverse=True):
        if len(name) > len("其他"):  # 口 right before a known name is a box, elsewhere a word's end
            marked = marked.replace(f"口{name}", f"□{name}")
    first = _TOKEN.search(marked)
    if first is None:
        return Boxes(tuple(dict.fromkeys(_named(n, names) for n in _listed(marked))), ())
    odd = [_named(name, names) for name in _listed(marked[: first.start()])]
    chosen = list(odd)
    for box, words in _TOKEN.findall(marked):
        found = list(_parts(words, names))
        behind = found[1:]
        if box in _YES:
            chosen += found[:1]
        chosen += behind
        odd += behind
    return Boxes(tuple(dict.fromkeys(chosen)), tuple(dict.fromkeys(odd)))


def _listed(text: str) -> list[str]:
    return [name for part in re.split(r"[\n、；;，,]", text) if (name := part.strip(_TRIM))]


def _parts(words: str, names: dict[str, str]) -> Iterator[str]:
    """The name behind a box; blanks part names only if each part is a known one."""
    parts = [part for part in re.split(r"[\s、；;，,]+", words) if part.strip(_TRIM)]
    if len(parts) > 1 and all(_bare(part) in names for part in parts):
        yield from (names[_bare(part)] for part in parts)
    elif name := re.sub(r"\s+", "", words).strip(_TRIM):
        yield _named(name, names)


def _named(name: str, names: dict[str, str]) -> str:
    return names.get(_bare(_ALIASES.get(name, name)), name)


def _bare(name: str) -> str:
    return re.sub(r"[\s/／、（）()·]+", "", name)
