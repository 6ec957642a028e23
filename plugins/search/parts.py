"""Long texts in parts, so that an excerpt needs the few that can hold what was asked for.

`README.md` beside this file says how the browser knows which. Parts are cut between paragraphs, and
no run of characters crosses one: what stands in a text stands in one of its parts.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from functools import lru_cache
from itertools import groupby

from plugins.search.tokens import Term, distinct

LONG = 24_000
"""Characters of the longest text that is in one piece: its JSON has some 17 KB zipped."""
PART = 6_000
"""Characters that a part should have: 5 KB packed."""
MOST = 30
"""So many parts have a bit each in a number that scripts can hold."""
ENDING = ".bin"
"""Packed they take a quarter of the room; no server packs what ends so again, and each knows it."""
_ENCODING = "utf-16-le"
"""In it Chinese packs better than in UTF-8."""
_BEST = 9


@lru_cache(maxsize=1)  # one part after the other is asked for
def parts_of(text: str) -> tuple[str, ...]:
    """The parts of a long text; none of a short one. A long paragraph is in one part all the same.

    A paragraph belongs where it begins, so that there are never more than `MOST`.
    """
    if len(text) <= LONG:
        return ()
    size = max(PART, -(-len(text) // MOST))
    placed: list[tuple[int, str]] = []
    start = 0
    for paragraph in text.split("\n"):
        placed.append((start // size, paragraph))
        start += len(paragraph) + 1
    return tuple(
        "\n".join(paragraph for _, paragraph in part)
        for _, part in groupby(placed, lambda pair: pair[0])
    )


def packed(part: str) -> bytes:
    """The file of a part: what `DecompressionStream("deflate")` opens, RFC 1950."""
    return zlib.compress(part.encode(_ENCODING), _BEST)


def places_in(text: str) -> dict[Term, int]:
    """Of a long text: token → a bit for each part that it stands in, the first lowest."""
    places: defaultdict[Term, int] = defaultdict(int)
    for place, part in enumerate(parts_of(text)):
        for token in distinct(part):
            places[token] |= 1 << place
    return places
