"""Two versions of one text, whole, in pieces that say what differs."""

from __future__ import annotations

from difflib import SequenceMatcher

from plugins.views import Piece

_ALIKE = 0.4
"""Below this ratio two texts are shown as wholly different: scattered marks help nobody."""
_LONG = 4000
"""Longer texts are not compared sign by sign."""
_SHORT = 2
"""An equal run of fewer signs between two differences is taken into them."""


def pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts whole, in pieces that say what differs."""
    if len(before) + len(after) > _LONG:
        return _whole(before), _whole(after)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _whole(before), _whole(after)
    old: list[Piece] = []
    new: list[Piece] = []
    codes = matcher.get_opcodes()
    for place, (kind, start, end, other, last) in enumerate(codes):
        inside = 0 < place < len(codes) - 1
        differs = kind != "equal" or (inside and end - start < _SHORT)
        _add(old, before[start:end], differs=differs)
        _add(new, after[other:last], differs=differs)
    return tuple(old), tuple(new)


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, differs=True),) if text else ()


def _add(found: list[Piece], text: str, *, differs: bool) -> None:
    if found and found[-1].differs == differs:
        text = found.pop().text + text
    if text:
        found.append(Piece(text, differs))
