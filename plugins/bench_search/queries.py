"""Known-item queries, derived from the documents with a fixed seed: each has its known answer."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from plugins.bench_search.texts import Text
from plugins.bench_search.words import HAN_RUN, key_words

SEED = "检索评测"
FEW = 5
"""A query with more right answers than this asks for no known document, and is not asked."""
_TRIES = 12
"""So many pieces of one text are tried before another text is taken."""
_OTHERS = 200
"""Rarity of words is counted in so many documents."""
_PART = (6, 10)
_PHRASE = (8, 24)
_SEAMS = re.compile("关于|中华人民共和国|若干|[的和与及或]")
"""Where a title is cut, as people cut it who remember a part."""
_SHORTEST_PART = 5
_WORDS = (2, 4)
_BEST = 6
"""Key words are drawn from so many of the best."""
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_FORMS: tuple[Callable[[str], str], ...] = (
    lambda number: number,
    lambda number: number.translate(str.maketrans("〔〕", "[]")),
    lambda number: number.translate(str.maketrans("〔〕", "（）")),
    lambda number: number.translate(str.maketrans("〔〕", "【】")),
    lambda number: number.translate(_FULL_WIDTH),
    lambda number: number.translate(str.maketrans("〔〕", "  ")).removesuffix("号"),
    lambda number: number.translate(str.maketrans("", "", "〔〕")).removesuffix("号"),
)
"""How people type a 发文字号: as printed, with other brackets, full width, spaced, run together."""


@dataclass(frozen=True)
class Query:
    """What is typed, and the ids of the documents that it was taken from."""

    kind: str
    words: str
    wanted: frozenset[str]


@dataclass(frozen=True)
class Corpus:
    """What queries are derived from; `others` are a few bodies, to count how rare a word is."""

    texts: Sequence[Text]
    others: Sequence[str]


Deriving = Callable[[Text, Corpus, random.Random], Iterator[tuple[str, frozenset[str]]]]
"""The tries to make a query of a text: what is typed, and who holds it."""


def derive(texts: Sequence[Text], count: int) -> list[Query]:
    """At most `count` queries of each kind; the same texts give the same queries."""
    sample = _chance("others").sample(texts, min(_OTHERS, len(texts)))
    corpus = Corpus(texts, [text.title + "\n" + text.body for text in sample])
    return [query for kind in KINDS for query in islice(_of_kind(kind, corpus), count)]


def _chance(purpose: str) -> random.Random:
    return random.Random(f"{SEED} {purpose}")  # noqa: S311  # no secret


def _of_kind(kind: str, corpus: Corpus) -> Iterator[Query]:
    """Queries of different documents, and no two alike."""
    chance = _chance(kind)
    asked: set[str] = set()
    for text in chance.sample(corpus.texts, len(corpus.texts)):
        tries = islice(KINDS[kind][2](text, corpus, chance), _TRIES)
        fit = ((words, wanted) for words, wanted in tries if 0 < len(wanted) <= FEW)
        words, wanted = next(fit, ("", frozenset()))
        if words and words not in asked:
            asked.add(words)
            yield Query(kind, words, wanted)


def _titles(text: Text, corpus: Corpus, _: random.Random) -> Iterator[tuple[str, frozenset[str]]]:
    yield (
        text.title,
        frozenset(other.id for other in corpus.texts if other.title == text.title),
    )


def _parts(
    text: Text, corpus: Corpus, chance: random.Random
) -> Iterator[tuple[str, frozenset[str]]]:
    """What stands between the seams of a title; any piece of it where there are no seams."""
    for piece in chain(_between_seams(text.title, chance), _pieces(text.title, _PART, chance)):
        yield piece, frozenset(other.id for other in corpus.texts if piece in other.title)


def _between_seams(title: str, chance: random.Random) -> list[str]:
    runs = [run for between in _SEAMS.split(title) for run in HAN_RUN.findall(between)]
    parts = [run for run in runs if _SHORTEST_PART <= len(run) < len(title)]
    return chance.sample(parts, len(parts))


def _pieces(words: str, span: tuple[int, int], chance: random.Random) -> Iterator[str]:
    """Pieces of runs of Chinese characters, without end if there is any."""
    least, most = span
    runs = [run for run in HAN_RUN.findall(words) if len(run) >= least]
    while runs:
        run = chance.choice(runs)
        length = chance.randint(least, min(most, len(run)))
        start = chance.randint(0, len(run) - length)
        yield run[start : start + length]


def _phrases(
    text: Text, corpus: Corpus, chance: random.Random
) -> Iterator[tuple[str, frozenset[str]]]:
    """Whole clauses, from sign to sign."""
    least, most = _PHRASE
    clauses = [run for run in HAN_RUN.findall(text.body) if least <= len(run) <= most]
    for clause in chance.sample(clauses, len(clauses)):
        yield clause, _holding(corpus, (clause,))


def _keyword_sets(
    text: Text, corpus: Corpus, chance: random.Random
) -> Iterator[tuple[list[str], frozenset[str]]]:
    """Sets of two to four of the best words; the more words, the fewer hold them all."""
    best = key_words(text.title + "\n" + text.body, corpus.others)[:_BEST]
    for count in range(_WORDS[0], min(_WORDS[1], len(best)) + 1):
        chosen = chance.sample(best, count)
        yield chosen, _holding(corpus, chosen)


def _spaced(
    text: Text, corpus: Corpus, chance: random.Random
) -> Iterator[tuple[str, frozenset[str]]]:
    for words, wanted in _keyword_sets(text, corpus, chance):
        yield " ".join(words), wanted


def _joined(
    text: Text, corpus: Corpus, chance: random.Random
) -> Iterator[tuple[str, frozenset[str]]]:
    for words, wanted in _keyword_sets(text, corpus, chance):
        yield "".join(words), wanted


def _holding(corpus: Corpus, words: Sequence[str]) -> frozenset[str]:
    """The documents that hold all of these words."""
    return frozenset(
        text.id
        for text in corpus.texts
        if all(word in text.body or word in text.title for word in words)
    )


def _numbers(
    text: Text, corpus: Corpus, chance: random.Random
) -> Iterator[tuple[str, frozenset[str]]]:
    if text.number:
        wanted = frozenset(other.id for other in corpus.texts if other.number == text.number)
        yield chance.choice(_FORMS)(text.number), wanted


KINDS: dict[str, tuple[str, str, Deriving]] = {
    "title": ("全标题", "full titles", _titles),
    "part": ("标题中的一段", "parts of titles", _parts),
    "phrase": ("正文原句", "exact phrases", _phrases),
    "keywords": ("关键词", "key words", _spaced),
    "joined": ("关键词连写", "key words joined", _joined),
    "number": ("发文字号", "document numbers", _numbers),
}
"""Every kind of query: its name in Chinese and English, and how it is derived."""
