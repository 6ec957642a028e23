r"""The token rule: what of a text can be looked for. The browser follows it too (`search.js`).

A text is brought to NFKC and to lower case. Then Han characters that stand together are cut into
overlapping pairs (one that stands alone is a token itself); digits, with a dot between them, and
letters of the Latin, Greek and Cyrillic scripts are one token for each run; all else separates.
There is no dictionary: what stands in a text, be it a name nobody foresaw, is found by its pairs.

Ranges are written out, since `\w` means one thing in Python and another in JavaScript.
`tests/search/tokens.json` holds examples that both must agree on.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections import Counter, deque
from operator import add
from typing import cast
from unicodedata import is_normalized, normalize

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""々 and 〇, CJK Unified Ideographs with extensions A to H, and compatibility forms."""
LETTERS = "a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u04ff"
"""What Latin-1 Supplement, Latin Extended-A and -B, Greek and Cyrillic have in lower case."""
IGNORED = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
"""What nobody sees: soft hyphen, zero-width characters, directions, variation selectors."""
_UNSEEN = re.compile(f"[{IGNORED}]")
_HAN_RUN = re.compile(f"[{HAN}]+")
_WORD = re.compile(rf"[0-9{LETTERS}](?:(?<=[0-9])[0-9]*(?:\.[0-9]+)*|(?<=[{LETTERS}])[{LETTERS}]*)")
"""What `_RUN` says of words, but begun with one set of characters: found six times as fast."""
_RUN = re.compile(rf"[{HAN}]+|[0-9]+(?:\.[0-9]+)*|[{LETTERS}]+")
_NARROW = tuple(zip("，；：（）！？％\u3000", ",;:()!?% ", strict=True))
_FIRST_HAN = "\u2fff"
_BETWEEN = "\0"
_PAIR = 2
_HALF = 16
_LOWER = 0xFFFF
Term = int | str
"""A token as it is counted. Of one or two Han characters of the Basic Multilingual Plane, which
nearly all are, a number: the first, and the second times 2^16. Any other is itself."""
_NUMBER = re.compile(
    rf"(?P<code>[{HAN}]{{2,15}}(?:19|20)[0-9]{{2}}|[{HAN}]{{1,20}}令)0*(?P<no>[1-9][0-9]{{0,4}})"
)
_DRESS = re.compile(r"[\s\[\]()【】〔〕〈〉<>{}《》第年号]")


def plain(text: str) -> str:
    """A text as it is compared: full and half width, upper and lower case are the same.

    Full-width signs are most of what NFKC changes in Chinese, and each has one sign of its own:
    replaced beforehand, they leave nothing to do, which is seen nine times as fast as it is done.
    """
    seen = _UNSEEN.sub("", text)
    for wide, narrow in _NARROW:
        seen = seen.replace(wide, narrow)
    return (seen if is_normalized("NFKC", seen) else normalize("NFKC", seen)).lower()


def is_han(token: str) -> bool:
    """Whether a token is of Han characters."""
    return token > _FIRST_HAN


def is_pair(token: str) -> bool:
    """Whether a token is of two Han characters, or of one."""
    return is_han(token) and len(token) <= _PAIR


def tokens(text: str) -> list[str]:
    """Every token of a text, in its order, as often as it occurs."""
    found: list[str] = []
    for run in _RUN.findall(plain(text)):
        if is_han(run) and len(run) > 1:
            found += map(add, run, run[1:])
        else:
            found.append(run)
    return found


def term_of(token: str) -> Term:
    """A token as it is counted."""
    if not is_pair(token) or max(token) > "\uffff":
        return token
    return ord(token[0]) | (ord(token[1]) << _HALF if token[1:] else 0)


def token_of(term: Term) -> str:
    """The token that is counted so."""
    if isinstance(term, str):
        return term
    second = term >> _HALF
    return chr(term & _LOWER) + (chr(second) if second else "")


def counted(text: str) -> Counter[Term]:
    """How often each token of a text occurs: as `tokens` finds them, many times as fast."""
    return surveyed(text)[0]


def surveyed(text: str) -> tuple[Counter[Term], list[Term]]:
    """How often each token occurs; and the first and last characters of runs of Han.

    With these `第1` is found in 根据第11条.
    """
    whole = plain(text)
    runs = _HAN_RUN.findall(whole)
    joined = _BETWEEN.join(("", *runs, ""))
    data = joined.encode("utf-16-le")
    if len(data) == len(joined) * 2:
        counts, edges = _pairs(data)
    else:  # there are characters of other planes
        pairs = map(add, joined, joined[1:])
        counts = Counter(term_of(pair) for pair in pairs if _BETWEEN not in pair)
        edges = [term_of(sign) for run in runs for sign in (run[0], run[-1])]
    counts.update([term_of(run) for run in runs if len(run) == 1])
    counts.update(_WORD.findall(whole))
    return counts, edges


def _pairs(data: bytes) -> tuple[Counter[Term], list[Term]]:
    """The same of UTF-16, for pairs of characters: each two units that stand together are a number.

    What has a separator for one half is no pair, but a first or last character of a run.
    """
    counts: Counter[int] = Counter()
    for start in (0, 2):
        pairs = array("I", data[start : start + (len(data) - start) // 4 * 4])
        if sys.byteorder == "big":
            pairs.byteswap()
        counts.update(pairs)
    outside = [pair for pair in counts if pair <= _LOWER or not pair & _LOWER]
    deque(map(counts.pop, outside), maxlen=0)
    signs = dict.fromkeys([pair & _LOWER or pair >> _HALF for pair in outside])
    return cast("Counter[Term]", counts), list(filter(None, signs))


def distinct(text: str) -> set[Term]:
    """Every token of a text once, and the first and last characters of its runs of Han."""
    counts, edges = surveyed(text)
    return {*counts, *edges}


def number_key(number: str) -> str:
    """A 发文字号 or the number of an order as one word: 尧政办发202115, 国务院令711. May be empty.

    〔2021〕, [2021], （2021）, full-width digits, blanks, 第, 号 and leading zeros do not tell two
    numbers apart.
    """
    found = _NUMBER.fullmatch(_DRESS.sub("", plain(number)))
    return f"{found['code']}{found['no']}" if found else ""


def characters(text: str) -> list[Term]:
    """Each Han character of a text: one alone can be looked for in titles."""
    return [term_of(character) for run in _HAN_RUN.findall(plain(text)) for character in run]
