"""`make gc`: assets and trees that nobody can still be shown.

A release may be seen for as long as it is served, and then for as long as a page may be kept
elsewhere. When each release was served last is told by the server itself: by the time of its papers
in an object store, by that of its tree on a file origin.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta


def still_seen(
    served: Mapping[int, datetime], keep: int, now: datetime, longest: timedelta
) -> frozenset[int]:
    """The releases that must stay whole: the last `keep`, and those whose pages may be kept still.

    Args:
        served: when each release was brought up last.
        keep: how many stay in any case, the one that is served among them.
        now: the moment that is asked for.
        longest: how long a page may be kept by a browser or an edge.
    """
    order = sorted(served, key=lambda number: served[number], reverse=True)
    until = dict(zip(order[1:], (served[number] for number in order), strict=False))
    return frozenset(
        number
        for place, number in enumerate(order)
        if place < max(keep, 1) or until[number] + longest > now
    )
