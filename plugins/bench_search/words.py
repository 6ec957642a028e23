"""What is most likely a word of a text, found without any dictionary.

A dictionary would favour the engine that cuts with the same one. A run of characters that comes
again and again, with other characters before it and after it each time, is a word or a term
(accessor variety: Feng, Chen, Deng and Zheng, Computational Linguistics 30/1, 2004).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

HAN_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_LENGTHS = (2, 3, 4)
_LEAST = 2
"""A word stands at least so many times in its text, between so many different neighbours."""
_JOINTS = frozenset("的了和与及或者在对为以其所被把由并不得是有应可将该各等第条款项章节")
"""Characters that join words, and those that number paragraphs: rarely part of a term."""
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万")


@dataclass
class _Sight:
    """How often a run of characters was seen, and between which neighbours."""

    count: int = 0
    before: set[str] = field(default_factory=set)
    after: set[str] = field(default_factory=set)


def key_words(body: str, others: Sequence[str]) -> list[str]:
    """The words of a text that are rarest in `others`, the best first; no two share two characters.

    `others` are some texts of the same corpus.
    """
    chosen: list[str] = []
    pairs: set[str] = set()
    for word in sorted(candidates(body), key=lambda word: (-_weight(word, body, others), word)):
        own = {word[place : place + 2] for place in range(len(word) - 1)}
        if not own & pairs:
            chosen.append(word)
            pairs |= own
    return chosen


def candidates(body: str) -> Collection[str]:
    """Runs of two to four characters that are most likely words."""
    sights: defaultdict[str, _Sight] = defaultdict(_Sight)
    for place, run in enumerate(HAN_RUN.findall(body)):
        for word, before, after in _pieces(run):
            sight = sights[word]
            sight.count += 1
            # The ends of two runs are as different as two characters.
            sight.before.add(before or f"^{place}")
            sight.after.add(after or f"{place}$")
    return [word for word, sight in sights.items() if _is_likely(word, sight)]


def _pieces(run: str) -> Iterator[tuple[str, str, str]]:
    """Every short piece of a run with the characters before and after it."""
    for length in _LENGTHS:
        for start in range(len(run) - length + 1):
            end = start + length
            yield run[start:end], run[start - 1 : start] if start else "", run[end : end + 1]


def _is_likely(word: str, sight: _Sight) -> bool:
    variety = min(sight.count, len(sight.before), len(sight.after))
    return variety >= _LEAST and not (set(word) & (_JOINTS | _NUMERALS))


def _weight(word: str, body: str, others: Sequence[str]) -> float:
    """Frequent here and rare elsewhere (tf-idf); of two alike the longer."""
    elsewhere = sum(word in other for other in others)
    rarity = math.log((1 + len(others)) / (1 + elsewhere))
    return math.log1p(body.count(word)) * rarity * len(word)
