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
from collections import Counter
from functools import lru_cache
from itertools import chain
from operator import add, itemgetter
from unicodedata import is_normalized, normalize

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""々 and 〇, CJK Unified Ideographs with extensions A to H, and compatibility forms."""
LETTERS = "a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u04ff"
"""What Latin-1 Supplement, Latin Extended-A and -B, Greek and Cyrillic have in lower case."""
IGNORED = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
"""What nobody sees: soft hyphen, zero-width characters, directions, variation selectors."""
_UNSEEN = re.compile(f"[{IGNORED}]")
_HAN_RUN = re.compile(f"[{HAN}]+")
_WORD = re.compile(rf"[0-9]+(?:\.[0-9]+)*|[{LETTERS}]+")
_RUN = re.compile(rf"[{HAN}]+|[0-9]+(?:\.[0-9]+)*|[{LETTERS}]+")
_NARROW = tuple(zip("，；：（）！？％\u3000", ",;:()!?% ", strict=True))
_FIRST_HAN = "\u2fff"
_BETWEEN = "\n"
_FIRST, _LAST = itemgetter(0), itemgetter(-1)
_NUMBER = re.compile(
    rf"(?P<code>[{HAN}]{{2,15}}(?:19|20)[0-9]{{2}}|[{HAN}]{{1,20}}令)0*(?P<no>[1-9][0-9]{{0,4}})"
)
_DRESS = re.compile(r"[\s\[\]()【】〔〕〈〉<>{}《》第年号]")


@lru_cache(maxsize=4)  # one text is asked several things, one after the other
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


def tokens(text: str) -> list[str]:
    """Every token of a text, in its order, as often as it occurs."""
    found: list[str] = []
    for run in _RUN.findall(plain(text)):
        if is_han(run) and len(run) > 1:
            found += map(add, run, run[1:])
        else:
            found.append(run)
    return found


def counted(text: str) -> Counter[str]:
    """How often each token of a text occurs: `Counter(tokens(text))`, several times as fast."""
    whole = plain(text)
    runs = _han_runs(whole)
    joined = _BETWEEN.join(runs)
    counts = Counter(map(add, joined, joined[1:]))
    for pair in [pair for pair in counts if _BETWEEN in pair]:
        counts.pop(pair)
    counts.update(run for run in runs if len(run) == 1)
    counts.update(_WORD.findall(whole))
    return counts


def distinct(text: str) -> set[str]:
    """Every token of a text once, and those that `edges` gives."""
    return {*counted(text), *edges(text)}


def edges(text: str) -> list[str]:
    """First and last characters of runs of Han: with them `第1` is found in 根据第11条."""
    runs = _han_runs(plain(text))
    return list(dict.fromkeys(chain(map(_FIRST, runs), map(_LAST, runs))))


@lru_cache(maxsize=4)
def _han_runs(whole: str) -> list[str]:
    return _HAN_RUN.findall(whole)


def number_key(number: str) -> str:
    """A 发文字号 or the number of an order as one word: 尧政办发202115, 国务院令711. May be empty.

    〔2021〕, [2021], （2021）, full-width digits, blanks, 第, 号 and leading zeros do not tell two
    numbers apart.
    """
    found = _NUMBER.fullmatch(_DRESS.sub("", plain(number)))
    return f"{found['code']}{found['no']}" if found else ""


def characters(text: str) -> list[str]:
    """Each Han character of a text: one alone can be looked for in titles."""
    return [character for run in _HAN_RUN.findall(plain(text)) for character in run]
