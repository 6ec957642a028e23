"""Two texts side by side: which clause became which, and the words that changed.

Aligning has three steps. Clauses with the same words are anchors (difflib over whole clauses).
Between anchors, like clauses are paired in order: the chain of pairs with the greatest likeness,
found through an index of letter pairs, so that a law of 700 articles takes a fraction of a second.
What is left over and very like is a clause that moved. Words inside a pair are compared by difflib.

difflib is Python's own and will be kept as long as Python is. Its time grows with the square of the
length, which is why it is never given a whole text letter by letter.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nsmallest
from itertools import chain, pairwise
from typing import Literal, NamedTuple

from plugins.comparisons.clauses import Clause

Change = Literal["same", "renumbered", "changed", "moved", "added", "removed"]
How = Literal["keep", "delete", "insert"]

_LIKE, _VERY_LIKE = 0.4, 0.6
"""Share of letter pairs in common (Dice) from which a clause is the other, or has moved."""
_SAME_LABEL = 0.1
_RARE = 16
"""A letter pair in more clauses than this tells nothing of which clause became which."""
_CANDIDATES = 6
_LONG_ENOUGH_TO_MOVE = 8
_SHORT = 1
"""Letters kept between two changes that are too few to be read on their own."""
_MANY = 1000
"""Words from which on difflib may pass over the commonest ones: coarser, still exact."""
_TOKEN = re.compile(
    r"第?[〇零一二三四五六七八九十百千万亿]+[编章节条款项]?|[0-9]+(?:[.,][0-9]+)*%?|[A-Za-z]+|.",
    re.DOTALL,
)


class Piece(NamedTuple):
    """Words that stay, go or come."""

    how: How
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One clause of either text or of both. `old` and `new` count from 0; -1 is none.

    `pieces` are of the words behind the numbers; the numbers stand for themselves.
    """

    change: Change
    heading: bool
    old: int
    new: int
    old_label: str
    new_label: str
    pieces: tuple[Piece, ...]


def align(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Row, ...]:
    """Every clause of both texts in one run of rows: the new text's order, gone ones in place."""
    in_order = _anchors(old, new)
    likely = sorted(_likenesses(old, new, in_order))
    in_order |= _alike_between(likely, in_order)
    moved = _moved(old, likely, in_order)
    return tuple(_rows(old, new, in_order, moved))


def _anchors(old: Sequence[Clause], new: Sequence[Clause]) -> dict[int, int]:
    """New → old, for clauses with the same words in the same order."""
    matcher = SequenceMatcher(
        None, [(c.kind, c.text) for c in old], [(c.kind, c.text) for c in new], autojunk=False
    )
    return {
        block.b + step: block.a + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }


def _likenesses(
    old: Sequence[Clause], new: Sequence[Clause], anchors: dict[int, int]
) -> Iterator[tuple[int, int, float]]:
    """(new, old, likeness) of the few likeliest partners of each clause that is no anchor."""
    fixed = set(anchors.values())
    sets = {place: _letter_pairs(c.text) for place, c in enumerate(old) if place not in fixed}
    index: dict[str, list[int]] = defaultdict(list)
    for place, pairs in sets.items():
        for pair in pairs:
            index[pair].append(place)
    rare = {pair: places for pair, places in index.items() if len(places) <= _RARE}
    for place, clause in enumerate(new):
        if place in anchors:
            continue
        own = _letter_pairs(clause.text)
        shared = Counter(chain.from_iterable(rare[pair] for pair in own & rare.keys()))
        for _, other in nsmallest(_CANDIDATES, ((-count, o) for o, count in shared.items())):
            if old[other].kind == clause.kind:
                likeness = 2 * len(own & sets[other]) / (len(own) + len(sets[other]))
                same_label = clause.label and clause.label == old[other].label
                yield place, other, likeness + (_SAME_LABEL if same_label else 0)


def _alike_between(likely: list[tuple[int, int, float]], anchors: dict[int, int]) -> dict[int, int]:
    """New → old, for like clauses that stand between the same two anchors."""
    fixed_new, fixed_old = sorted(anchors), sorted(anchors.values())
    gaps: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
    for place, other, likeness in likely:
        gap = bisect_left(fixed_new, place)
        if likeness >= _LIKE and gap == bisect_left(fixed_old, other):
            gaps[gap].append((place, other, likeness))
    return {place: other for pairs in gaps.values() for place, other in _best_chain(pairs)}


def _letter_pairs(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(text))) or frozenset((text,))


def _best_chain(pairs: list[tuple[int, int, float]]) -> Iterator[tuple[int, int]]:
    """The pairs of greatest likeness together in which both places only grow.

    Heaviest increasing sequence over a Fenwick tree of the old places: k pairs in k·log k.
    """
    places = sorted({other for _, other, _ in pairs})
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(places) + 1)
    before: list[int] = []
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    for number, (_, other, likeness) in enumerate(ordered):
        rank = bisect_left(places, other)
        weight, last = _greatest(best, rank)
        before.append(last)
        _raise(best, rank + 1, (weight + likeness, number))
    _, at = _greatest(best, len(places))
    while at >= 0:
        place, other, _ = ordered[at]
        yield place, other
        at = before[at]


def _greatest(tree: list[tuple[float, int]], upto: int) -> tuple[float, int]:
    found = tree[0]
    while upto > 0:
        found = max(found, tree[upto])
        upto -= upto & -upto
    return found


def _raise(tree: list[tuple[float, int]], at: int, value: tuple[float, int]) -> None:
    while at < len(tree):
        tree[at] = max(tree[at], value)
        at += at & -at


def _moved(
    old: Sequence[Clause], likely: list[tuple[int, int, float]], in_order: dict[int, int]
) -> dict[int, int]:
    """New → old, for clauses that stand elsewhere now; the likeliest pairs first."""
    taken = set(in_order.values())
    moved: dict[int, int] = {}
    for place, other, likeness in sorted(likely, key=lambda pair: (-pair[2], pair)):
        free = place not in in_order and place not in moved and other not in taken
        long_enough = len(old[other].text) >= _LONG_ENOUGH_TO_MOVE
        if free and long_enough and likeness >= _VERY_LIKE:
            moved[place] = other
            taken.add(other)
    return moved


def _rows(
    old: Sequence[Clause], new: Sequence[Clause], in_order: dict[int, int], moved: dict[int, int]
) -> Iterator[Row]:
    elsewhere = set(moved.values())
    at = 0
    for place, clause in enumerate(new):
        other = in_order.get(place, -1)
        if other >= 0:
            yield from _gone(old, range(at, other), elsewhere)
            at = other + 1
            yield _pair(old, new, other, place, moved=False)
        elif place in moved:
            yield _pair(old, new, moved[place], place, moved=True)
        else:
            pieces = (Piece("insert", clause.text),)
            yield Row("added", clause.kind == "heading", -1, place, "", clause.label, pieces)
    yield from _gone(old, range(at, len(old)), elsewhere)


def _gone(old: Sequence[Clause], places: range, elsewhere: set[int]) -> Iterator[Row]:
    for place in places:
        if place not in elsewhere:
            clause = old[place]
            pieces = (Piece("delete", clause.text),)
            yield Row("removed", clause.kind == "heading", place, -1, clause.label, "", pieces)


def _pair(old: Sequence[Clause], new: Sequence[Clause], at: int, place: int, *, moved: bool) -> Row:
    before, after = old[at], new[place]
    same_words = before.text == after.text
    change: Change = "same" if before.label == after.label else "renumbered"
    if moved:
        change = "moved"
    elif not same_words:
        change = "changed"
    pieces = (Piece("keep", after.text),) if same_words else words(before.text, after.text)
    heading = after.kind == "heading"
    return Row(change, heading, at, place, before.label, after.label, pieces)


def words(old: str, new: str) -> tuple[Piece, ...]:
    """The words of a clause that stay, go and come; numbers are never cut in two.

    Kept and deleted pieces together are the old text, kept and inserted ones the new.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    head, tail = before[:start], before[len(before) - end :]
    inner, outer = before[start : len(before) - end], after[start : len(after) - end]
    middle = SequenceMatcher(None, inner, outer, autojunk=len(outer) > _MANY)
    steps = [("".join(head),) * 2]
    for how, a, b, c, d in middle.get_opcodes():
        gone = "".join(before[start + a : start + b])
        come = "".join(after[start + c : start + d])
        short = how == "equal" and len(gone) <= _SHORT
        if short or how != "equal":
            steps[-1:] = _joined(steps[-1], (gone, come))
        else:
            steps.append((gone, gone))
    if tail:
        steps.append(("".join(tail),) * 2)
    return tuple(_pieces(steps))


def _joined(last: tuple[str, str], step: tuple[str, str]) -> list[tuple[str, str]]:
    """A change goes on with the change before it; after kept words it begins anew."""
    if last[0] == last[1]:
        return [last, step] if last[0] else [step]
    return [(last[0] + step[0], last[1] + step[1])]


def _pieces(steps: list[tuple[str, str]]) -> Iterator[Piece]:
    for gone, come in steps:
        if gone == come:
            if gone:
                yield Piece("keep", gone)
            continue
        if gone:
            yield Piece("delete", gone)
        if come:
            yield Piece("insert", come)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens two runs begin with alike."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def old_text(row: Row) -> str:
    """The words of the old clause, as the row shows them."""
    return "".join(piece.text for piece in row.pieces if piece.how != "insert")


def new_text(row: Row) -> str:
    """The words of the new clause, as the row shows them."""
    return "".join(piece.text for piece in row.pieces if piece.how != "delete")
