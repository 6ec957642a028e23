"""Refuses what would take much of the site away, before anything is touched."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.delivery.problems import DeliveryError
from plugins.problems import some

_FEW = 20
_SHARE = 10


def refuse(gone: Sequence[str], there: int, allowed: int | None, *, ours: bool) -> None:
    """Refuse if more would vanish than is allowed.

    Args:
        gone: what would vanish.
        there: how many files are public now.
        allowed: how many may vanish; if nothing is said a tenth of them, or twenty.
        ours: whether the place holds a release of ours at all.

    Raises:
        DeliveryError: too much would vanish, or what lies there is not ours.
    """
    limit = max(_FEW, there // _SHARE) if allowed is None else allowed
    if not ours and allowed is None:
        limit = 0
    if len(gone) <= limit:
        return
    why = f"最多许 {limit} 个" if ours else "那里没有发布过，可能是别的网站"
    raise DeliveryError(
        f"这样会撤下 {len(gone)} 个已公开的文件（{why}），什么也没有改：{some(gone)}",
        f"核对目标和版本；确要撤下，加 REMOVALS={len(gone)}（--removals）",
    )
